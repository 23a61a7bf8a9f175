#!/usr/bin/env python3
"""Golden numbers of the examples: what a change of the code moves is seen, and committed knowingly.

  tests/golden.py EXAMPLE           runs the example and compares it with tests/golden/EXAMPLE.csv (a test)
  tests/golden.py --write [EXAMPLE…]   writes those files anew (`make golden`)

A file holds, of each table of the result folder, a few rows spread over it and each column's mean over all
rows. PERCUTA names the program, PERCUTA_ROOT the project.
"""
import csv
import json
import os
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(os.environ.get("PERCUTA_ROOT", pathlib.Path(__file__).resolve().parent.parent))
GOLDEN = ROOT / "tests/golden"
# The program is that of gcc on x86-64 as the build sets it; other mathematical libraries round otherwise.
TOLERANCE = 1e-6  # of a value, or of a thousandth of the largest in its column
TABLES = ("timeline.csv", "channels.csv", "penetration.csv", "numbing.csv")
ROWS = 6
# Where an example takes long as it is: the same on coarser cells.
COARSER = {
    "abdomen-striae": ["model.patch.cell=250 um"],
    "acne-scar": ["model.patch.cell=200 um"],
    "first-session": ["model.patch.cell=160 um"],
}


def run(example, folder):
    """Runs an example into a folder; the program says itself what went wrong."""
    command = [os.environ.get("PERCUTA", str(ROOT / "build/percuta")), "run",
               str(ROOT / "examples" / f"{example}.yaml"), "--quiet", "-o", str(folder)]
    for setting in COARSER.get(example, []):
        command += ["--set", setting]
    subprocess.run(command, check=True)


def mean(column):
    """Of a column of numbers; what they are not has none."""
    try:
        return f"{sum(map(float, column)) / len(column):.9g}"
    except ValueError:
        return ""


def digest(path):
    """Header, chosen rows and means of one table: lists of text, the first cell saying which row."""
    with open(path, newline="") as file:
        head, *rows = csv.reader(file)
    last = len(rows) - 1
    chosen = sorted({round(i * last / (ROWS - 1)) for i in range(ROWS)}) if rows else []
    lines = [[path.name, *head], ["rows", str(len(rows))]]
    lines += [[str(index + 1), *rows[index]] for index in chosen]
    if rows:
        lines.append(["mean", *(mean(column) for column in zip(*rows))])
    return lines


def digest_all(folder):
    """{table: digest} of those that the result folder has."""
    return {name: digest(folder / name) for name in TABLES if (folder / name).exists()}


def read(path):
    """{table: digest} of a golden file: blocks that begin with the table's name."""
    tables = {}
    with open(path, newline="") as file:
        for line in csv.reader(file):
            if line[0] in TABLES:
                tables[line[0]] = []
                block = tables[line[0]]
            block.append(line)
    return tables


def number(text):
    try:
        return float(text)
    except ValueError:
        return None


def differences(golden, found):
    """What differs between two digests of one table, in words."""
    if golden[:2] != found[:2]:
        return [f"columns or rows: {golden[0][1:]}, {golden[1][1]} became {found[0][1:]}, {found[1][1]}"]
    said = []
    for place, name in enumerate(golden[0][1:], 1):
        column = [(old[0], old[place], new[place]) for old, new in zip(golden[2:], found[2:])]
        largest = max((abs(number(old) or 0) for _, old, _ in column), default=0)
        for row, old, new in column:
            a, b = number(old), number(new)
            if a is None or b is None:
                same = old == new
            else:
                same = abs(a - b) <= TOLERANCE * max(abs(a), 1e-3 * largest)
            if not same:
                said.append(f"{name}, row {row}: {old} became {new}")
    return said


def check(example):
    """Prints the cases of one example, a table each; true when all are as they were."""
    with tempfile.TemporaryDirectory() as place:
        run(example, pathlib.Path(place) / "result")
        found = digest_all(pathlib.Path(place) / "result")
        summary = json.loads((pathlib.Path(place) / "result/summary.json").read_text(encoding="utf-8"))
    path = GOLDEN / f"{example}.csv"
    golden = read(path) if path.exists() else {}
    good = True
    for name in sorted({*golden, *found}):
        said = ["there is a table on one side only"]
        if name in golden and name in found:
            said = differences(golden[name], found[name])
        good &= not said
        for line in said[:20]:
            print(f"{example}, {name}: {line}")
        print(f"{'not ok' if said else 'ok'} {example}: {name} is as it was")
    warned = [w["text"] for w in summary["warnings"] if w["code"] in ("lifted_from_below_zero", "runaway")]
    print(f"{'not ok' if warned else 'ok'} {example}: it does not warn of its own numerics {warned or ''}")
    good &= not warned
    if not good:
        print("If this is meant: `make golden`, look at the difference, and commit it with the reason.")
    return good and bool(found)


def write(example):
    with tempfile.TemporaryDirectory() as place:
        run(example, pathlib.Path(place) / "result")
        found = digest_all(pathlib.Path(place) / "result")
    GOLDEN.mkdir(exist_ok=True)
    with open(GOLDEN / f"{example}.csv", "w", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(line for lines in found.values() for line in lines)


def main():
    names = sys.argv[1:]
    if names[:1] == ["--write"]:
        examples = sorted(path.stem for path in (ROOT / "examples").glob("*.yaml")
                          if not path.stem.startswith(("cohort-", "trial-")))  # studies
        for gone in GOLDEN.glob("*.csv"):
            if gone.stem not in examples:
                gone.unlink()
        for name in names[1:] or examples:
            write(name)
        return 0
    if len(names) != 1:
        sys.exit(__doc__)
    return not check(names[0])


if __name__ == "__main__":
    sys.exit(main())
