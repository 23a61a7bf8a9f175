#!/usr/bin/env python3
"""unhide.py OBJECT: makes the hidden symbols of an ELF object file visible, in place.

The product's objects hide what they define (-fvisibility=hidden), so that the engine shows the world its
entry points only. Tests call what is inside: they are linked with a shared library of the very same
objects in which nothing is hidden, so that nothing is compiled twice (tests/CMakeLists.txt).
"""
import struct
import sys

SYMTAB, HIDDEN, DEFAULT = 2, 2, 0


def unhide(data):
    """Changes `data`, a bytearray, and returns how many symbols were hidden."""
    if data[:4] != b"\x7fELF" or data[4] != 2:
        raise ValueError("not a 64-bit ELF file")
    order = "<" if data[5] == 1 else ">"
    table, = struct.unpack_from(order + "Q", data, 0x28)  # e_shoff
    size, count = struct.unpack_from(order + "HH", data, 0x3A)  # e_shentsize, e_shnum
    if count == 0:  # too many to be said there: then in the first section's size
        count, = struct.unpack_from(order + "Q", data, table + 0x20)
    changed = 0
    for header in range(table, table + count * size, size):
        kind, = struct.unpack_from(order + "I", data, header + 4)
        if kind != SYMTAB:
            continue
        start, length = struct.unpack_from(order + "QQ", data, header + 0x18)
        for other in range(start + 5, start + length, 24):  # st_other of each symbol
            if data[other] & 3 == HIDDEN:
                data[other] = data[other] & ~3 | DEFAULT
                changed += 1
    return changed


if __name__ == "__main__":
    with open(sys.argv[1], "r+b") as file:
        contents = bytearray(file.read())
        if not unhide(contents):
            sys.exit(f"{sys.argv[1]}: hides nothing")
        file.seek(0)
        file.write(contents)
