#!/usr/bin/env python3
"""Sets the parameters that `percuta fit` found: values in data/healing/, the run in data/fit/, the page in docs/.

Usage: tools/apply_fit.py FOLDER, where FOLDER holds result.yaml and page.md as the fit wrote them.
A value that is set keeps its range, widened to hold it, and names the fit as its source.
"""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
HEAD = """# Calibration of the stage healing

Written by `make calibrate`, which runs `percuta fit data/fit/healing.yaml` and sets what comes out in
`data/healing/`. Only rows for calibration take part; [validation.md](validation.md) compares the rows kept
back. Method: [theory/calibration.md](theory/calibration.md). The run as stored:
[data/fit/healing.result.yaml](../data/fit/healing.result.yaml).

"""
NOTE = "Calibrated by `percuta fit data/fit/healing.yaml` (POUNDERS, Wild 2017); without it {prior} {unit}. "


def read_fitted(text):
    """(name, unit, prior, value) of every line under `parameters:`."""
    line = re.compile(r'- \{name: (\S+), unit: "([^"]*)", prior: (\S+), value: (\S+), low')
    return line.findall(text)


def widen(entry, value):
    """The range of the entry, made to hold the value."""
    def replace(match):
        low, high = (part.strip() for part in match.group(1).split(","))
        low = low if float(low) <= float(value) else value
        high = high if float(high) >= float(value) else value
        return f"range: [{low}, {high}]"
    return re.sub(r"range: \[([^\]]*)\]", replace, entry, count=1)


def set_entry(text, name, unit, prior, value):
    """The data file with one entry set; its source keeps what stood there before the first fit."""
    start = re.search(rf"^  {re.escape(name)}:\n", text, re.M)
    if not start:
        sys.exit(f"apply_fit: no parameter {name}")
    end = re.compile(r"^  \S", re.M).search(text, start.end())
    stop = end.start() if end else len(text)
    entry = text[start.end():stop]
    note = NOTE.format(prior=prior, unit=unit).replace(" 1. ", ". ")
    before = re.search(r'source: "(.*)"', entry).group(1)
    before = re.sub(r"^Calibrated by `percuta fit[^;]*; without it [^ ]+( \S+)?\. ?", "", before)
    entry = re.sub(r"value: .*", f"value: {value}", entry, count=1)
    entry = re.sub(r"status: .*", "status: calibrated", entry, count=1)
    entry = re.sub(r"source: .*", lambda _: f'source: "{(note + before).strip()}"', entry, count=1)
    return text[:start.end()] + widen(entry, value) + text[stop:]


def main(folder):
    result = (pathlib.Path(folder) / "result.yaml").read_text()
    for full, unit, prior, value in read_fitted(result):
        table, name = full.split(".", 1)
        path = ROOT / "data" / "healing" / f"{table}.yaml"
        path.write_text(set_entry(path.read_text(), name, unit, prior, value))
    (ROOT / "data" / "fit" / "healing.result.yaml").write_text(result)
    page = (pathlib.Path(folder) / "page.md").read_text()
    (ROOT / "docs" / "calibration.md").write_text(HEAD + page)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])
