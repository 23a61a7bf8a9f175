#!/usr/bin/env python3
"""Puts the joint draws of all lists side by side: data/fit/draws/, data/fit/draws.csv, docs/posterior.md.

Usage: tools/merge_draws.py FOLDER|--check. FOLDER holds a folder for every list of CORES and OTHERS with draws.csv and
posterior.md as `percuta fit data/fit/LIST.yaml --draws N` wrote them. Lists share no parameter but those of repair, so
that draws of the others are independent of them, row by row; rows of several cores follow each other in turn.
"""
import csv
import io
import itertools
import pathlib
import shutil
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
STORE = ROOT / "data" / "fit" / "draws"
CORES = {"joint-koppenol": "koppenol"}
OTHERS = ["barrier", "closure", "numbing"]
NOT_PARAMETERS = {"error_study", "error_stage", "log_likelihood"}
TITLES = {"joint-koppenol": "Repair, with the core of Koppenol", "barrier": "The barrier", "closure": "How the barrier closes", "numbing": "Numbing and pain"}
HEAD = """# What is left of the parameters: joint draws

Written by `make draws`, which draws from what calibration rows leave of the parameters of each list in `data/fit/`;
[validation.md](validation.md) compares the rows kept back. Method: [theory/calibration.md](theory/calibration.md#joint-draws).
The draws: [data/fit/draws.csv](../data/fit/draws.csv); with their likelihoods, list by list, in `data/fit/draws/`.

All {count} draws follow the core of Koppenol: what the form of the core adds is not in them. Draws of different lists are independent of each other; those of insertion are
`data/insertion/posterior.yaml`, by their number, weighted by the rows of repair.

"""


def read(path):
    with open(path, newline="") as stream:
        return list(csv.DictReader(stream))


def of_cores(tables):
    """Rows of the cores in turn, each named; what belongs to the other core is left empty."""
    count = min(len(tables[name]) for name in CORES)
    for i in range(count):
        for name, core in CORES.items():
            step = len(tables[name]) / count
            yield {"core": core, **tables[name][int((i + 0.5) * step)]}


def side_by_side(tables):
    """The text of draws.csv."""
    rows = list(of_cores(tables))
    for i, row in enumerate(rows):
        for name in OTHERS:
            row.update(tables[name][i % len(tables[name])])
    columns = [c for c in dict.fromkeys(itertools.chain.from_iterable(rows)) if c not in NOT_PARAMETERS]
    text = io.StringIO()
    out = csv.DictWriter(text, columns, restval="", extrasaction="ignore", lineterminator="\n")
    out.writeheader()
    out.writerows(rows)
    return text.getvalue(), len(rows)


def stored():
    return {name: read(STORE / f"{name}.csv") for name in (*CORES, *OTHERS)}


def check():
    """Whether draws.csv is what the stored lists are put together to."""
    return side_by_side(stored())[0] == (ROOT / "data" / "fit" / "draws.csv").read_text()


def main(folder):
    folder = pathlib.Path(folder)
    STORE.mkdir(exist_ok=True)
    page = ""
    for name in (*CORES, *OTHERS):
        shutil.copy(folder / name / "draws.csv", STORE / f"{name}.csv")
        text = (folder / name / "posterior.md").read_text().replace("## Joint draws\n", f"## {TITLES[name]}\n", 1)
        page += text.replace("\n### ", f"\n### {TITLES[name]}: ") + "\n"
    text, count = side_by_side(stored())
    (ROOT / "data" / "fit" / "draws.csv").write_text(text)
    (ROOT / "docs" / "posterior.md").write_text(HEAD.format(count=count) + page.rstrip() + "\n")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    if sys.argv[1] == "--check":
        sys.exit(not check())
    main(sys.argv[1])
