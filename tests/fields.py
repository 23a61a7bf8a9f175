#!/usr/bin/env python3
"""fields.py FOLDER: reads fields.pvd and the files that it names, by the format's rules and with what readers there
are, and compares them with channels.csv and fields.xdmf. Prints a case a line."""
import csv
import pathlib
import re
import struct
import subprocess
import sys
import xml.etree.ElementTree as tree
import zlib

folder = pathlib.Path(sys.argv[1])
# Debian's packages belong to Debian's Python, which need not be the first in the path.
PYTHON = "/usr/bin/python3"


def case(name, good, said=""):
    print(f"{'ok' if good else 'not ok'} {folder}: {name}{'' if good else f' ({said})'}")
    return good


def arrays(path):
    """{name: numbers} of a file, by the format's rules."""
    raw = path.read_bytes()
    start = raw.index(b"_", raw.index(b"<AppendedData")) + 1
    head = tree.fromstring(raw[:start].decode() + "</AppendedData></VTKFile>")
    assert head.attrib["type"] == "UnstructuredGrid" and head.attrib["byte_order"] == "LittleEndian"
    out = {"piece": {k: int(v) for k, v in head.find(".//Piece").attrib.items()}}
    codes = {"Float32": "f", "Float64": "d", "Int64": "q", "UInt8": "B"}
    for element in head.iter("DataArray"):
        at = start + int(element.attrib["offset"])
        blocks, whole, last = struct.unpack_from("<3Q", raw, at)
        sizes = struct.unpack_from(f"<{blocks}Q", raw, at + 24)
        at += 24 + 8 * blocks
        data = b""
        for number, size in enumerate(sizes):
            block = zlib.decompress(raw[at:at + size])
            assert len(block) == (last if number == blocks - 1 and last else whole)
            data += block
            at += size
        code = codes[element.attrib["type"]]
        out[element.attrib["Name"]] = struct.unpack(f"<{len(data) // struct.calcsize(code)}{code}", data)
    return out


def volume(corner):
    """Of a box with its corners in the format's order; negative when it is inside out."""
    a, b, d, e = corner[0], corner[1], corner[3], corner[4]
    u, v, w = ([q - p for p, q in zip(a, to)] for to in (b, d, e))
    return (u[0] * (v[1] * w[2] - v[2] * w[1]) - u[1] * (v[0] * w[2] - v[2] * w[0])
            + u[2] * (v[0] * w[1] - v[1] * w[0]))


def check_file(path, last):
    found = arrays(path)
    points, cells = found["piece"]["NumberOfPoints"], found["piece"]["NumberOfCells"]
    point = [found["Points"][3 * i:3 * i + 3] for i in range(points)]
    corner = [[point[i] for i in found["connectivity"][8 * c:8 * c + 8]] for c in range(cells)]
    heights = sorted({p[2] for p in point})
    good = case("the surface is at 0, all else below it", heights[-1] == 0 and heights[0] < -1e-3, heights[-3:])
    good &= case("no cell is inside out", all(volume(c) > 0 for c in corner))
    good &= case("cells are hexahedra", set(found["types"]) == {12} and found["offsets"][-1] == 8 * cells)
    box = [max(p[i] for p in point) - min(p[i] for p in point) for i in range(3)]
    good &= case("cells fill the box", abs(sum(map(volume, corner)) - box[0] * box[1] * box[2]) < 1e-9 * box[0] * box[1] * box[2])
    collagen = found["collagen"]
    good &= case("every field has a value to a cell",
                 all(len(v) == cells for k, v in found.items() if k not in ("piece", "Points", "connectivity")))
    middle = [sum(p[2] for p in c) / 8 for c in corner]
    good &= case("there is collagen below, none at the surface",
                 collagen[middle.index(max(middle))] == 0 and max(collagen) > 0.5)
    if folder.name == "patch":
        good &= case("tissue is cut where needles went in", check_cuts(corner, collagen), "places of channels.csv")
    return good and (not last or check_readers(path, found, heights, max(collagen)))


def check_cuts(corner, collagen):
    """Collagen just under the punctures is less than elsewhere at that depth."""
    with open(folder / "channels.csv", newline="") as file:
        places = [(float(row["x_um"]) * 1e-6, float(row["y_um"]) * 1e-6) for row in csv.DictReader(file)
                  if float(row["depth_um"]) > 500]
    level = [c for c in corner if c[0][2] <= -3e-4 < c[4][2]]
    value = {tuple(c[0][:2]): collagen[corner.index(c)] for c in level}
    size = level[0][1][0] - level[0][0][0]
    hit = [v for (x, y), v in value.items() if any(0 <= a - x < size and 0 <= b - y < size for a, b in places)]
    other = [v for (x, y), v in value.items() if v not in hit]
    return hit and other and sum(hit) / len(hit) < sum(other) / len(other)


READ = """
import sys
path, reader = sys.argv[1:]
if reader == "meshio":
    import meshio
    mesh = meshio.read(path)
    points, cells = mesh.points, mesh.cells_dict["hexahedron"]
    value = mesh.cell_data["collagen"][0]
else:
    import vtk
    from vtk.util.numpy_support import vtk_to_numpy
    source = vtk.vtkXMLUnstructuredGridReader()
    source.SetFileName(path)
    source.Update()
    grid = source.GetOutput()
    points, cells = vtk_to_numpy(grid.GetPoints().GetData()), range(grid.GetNumberOfCells())
    value = vtk_to_numpy(grid.GetCellData().GetArray("collagen"))
print(len(points), len(cells), points[:, 2].min(), points[:, 2].max(), float(value.max()))
"""


def check_readers(path, found, heights, most):
    """The same in the words of other programs."""
    good = True
    for reader in ("meshio", "vtk"):
        if subprocess.run([PYTHON, "-c", f"import {reader}"], capture_output=True, check=False).returncode:
            continue
        run = subprocess.run([PYTHON, "-c", READ, str(path), reader], capture_output=True, text=True, check=False)
        told = [float(word) for word in run.stdout.split()] or [0] * 5
        expected = [found["piece"]["NumberOfPoints"], found["piece"]["NumberOfCells"], heights[0], heights[-1], most]
        good &= case(f"{reader} reads the same", all(abs(a - b) <= 1e-6 * abs(b) for a, b in zip(told, expected)),
                     f"{told}, not {expected}: {run.stderr[-300:]}")
    return good


def main():
    listed = [(float(e.attrib["timestep"]), folder / e.attrib["file"])
              for e in tree.parse(folder / "fields.pvd").iter("DataSet")]
    times = [float(t) for t in re.findall(r'<Time Value="([^"]+)"', (folder / "fields.xdmf").read_text())]
    good = case("fields.pvd has the times of fields.xdmf", times and [t for t, _ in listed] == times, listed)
    good &= case("every file is there, and no other",
                 sorted(p for _, p in listed) == sorted((folder / "fields").iterdir()))
    for number, (_, path) in enumerate(listed):
        if number in (0, len(listed) - 1):
            good &= check_file(path, number > 0)
    return not good


if __name__ == "__main__":
    sys.exit(main())
