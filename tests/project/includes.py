#!/usr/bin/env python3
"""The rooms of src/ know one another in one direction only: no circles, and no stage includes a later one.

A room is a folder of src/; it knows another when one of its files includes a header of it. Prints every
#include that is against the order below, and every circle of rooms.
"""
import os
import pathlib
import re
import sys

# A room may include those above it. Anything that is missing here is an error: a new room gets its line.
ORDER = """
base          helpers; knows nothing
numerics      grids and solvers; knows no stage
inference     samplers and response surfaces; knows no stage
catalogue     what data/ holds
scenario      the plain struct that all stages read
skin
device        the stages, in the order in which things happen to skin
insertion
bleeding
clot
substance
permeation
transport
healing
outcome       what is read off a course; the record of a run
result        writes records as files
course        the calendar; calls all of the above
input         reads scenarios, so that no stage reads one
validate      predictions beside published rows
report        writes a record as a page
sheet         a device's sheet, without a run
compare       results beside each other
study         many courses
cohort        studies of protocols and people: their files, their store, their page
engine        MPI, PETSc, signals, the door
library       what include/percuta/percuta.h declares, for programs of others
cli           the program
"""
# Rooms that may include less than all above them.
ONLY = {
    "catalogue": {"base"},
    "input": {"base", "catalogue", "scenario", "substance", "device", "skin", "course"},
}


def includes(root):
    """{(room, other): ["src/file:line: header", …]} for all pairs of rooms that know each other."""
    rooms = {path.name for path in root.iterdir() if path.is_dir()}
    found = {}
    for path in sorted(root.rglob("*")):
        if path.suffix not in (".c", ".h", ".def") or path.parent == root:
            continue
        room = path.relative_to(root).parts[0]
        for number, line in enumerate(path.read_text().splitlines(), 1):
            match = re.match(r'\s*#\s*include\s*"([^"/]+)/[^"]+"', line)
            if match and match[1] in rooms and match[1] != room:
                place = f"{path.relative_to(root.parent)}:{number}: {line.split(chr(34))[1]}"
                found.setdefault((room, match[1]), []).append(place)
    return rooms, found


def circles(rooms, pairs):
    """Groups of rooms that reach each other (strongly connected, more than one room)."""
    reach = {room: {b for a, b in pairs if a == room} for room in rooms}
    for middle in rooms:
        for room in rooms:
            if middle in reach[room]:
                reach[room] |= reach[middle]
    groups = {frozenset(b for b in rooms if b in reach[a] and a in reach[b]) for a in rooms if a in reach[a]}
    return sorted(sorted(group) for group in groups)


def judge(rooms, pairs, order=None):
    """What is wrong: [(sentence, pair or None)]."""
    order = order or [line.split()[0] for line in ORDER.strip().splitlines()]
    wrong = [(f"{room}/ has no place in the order of {pathlib.Path(__file__).name}", None)
             for room in sorted(rooms - set(order))]
    for room, other in sorted(pairs):
        if room not in order or other not in order:
            continue
        if order.index(other) > order.index(room):
            wrong.append((f"{room} includes {other}, which comes after it", (room, other)))
        elif room in ONLY and other not in ONLY[room]:
            wrong.append((f"{room} may not include {other}", (room, other)))
    return wrong


def main():
    root = pathlib.Path(os.environ["PERCUTA_ROOT"]) / "src"
    rooms, found = includes(root)
    wrong = judge(rooms, found)
    for sentence, pair in wrong:
        print(sentence)
        for place in found.get(pair, []):
            print(f"  {place}")
    groups = circles(rooms, found)
    for group in groups:
        print("these include each other in a circle: " + ", ".join(group))
    # The check itself must be able to fail.
    seen = judge({"base", "skin"}, {("base", "skin")}) and circles({"a", "b"}, {("a", "b"), ("b", "a")})
    print(("ok" if seen else "not ok") + " a circle and a stage that looks ahead are noticed")
    print(("not ok" if groups else "ok") + f" no rooms include each other in a circle ({len(rooms)} rooms)")
    print(("not ok" if wrong or len(found) < 20 else "ok") + f" no room includes a later one ({len(found)} pairs)")
    return bool(wrong or groups)


if __name__ == "__main__":
    sys.exit(main())
