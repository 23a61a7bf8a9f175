#!/usr/bin/env python3
"""Sets the parameters that `percuta fit` found: values in data/, the run in data/fit/, the page in docs/.

Usage: tools/apply_fit.py FOLDER [STAGE], where FOLDER holds result.yaml and page.md as the fit of the stage wrote
them; healing when none is named. A value that is set keeps its range, widened to hold it, and names the fit as its
source.
"""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
HEAD = """# Calibration of the stage {stage}

Written by `make {target}`, which runs `percuta fit data/fit/{stage}.yaml` and sets what comes out in
`data/`. Only rows for calibration take part; [validation.md](validation.md) compares the rows kept
back. Method: [theory/calibration.md](theory/calibration.md). The run as stored:
[data/fit/{stage}.result.yaml](../data/fit/{stage}.result.yaml).

"""
TARGETS = {"healing": ("calibrate", "calibration.md"), "numbing": ("calibrate-numbing", "calibration-numbing.md")}
NOTE = "Calibrated by `percuta fit data/fit/{stage}.yaml` (POUNDERS, Wild 2017); without it {prior} {unit}. "


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


def set_entry(text, stage, name, unit, prior, value):
    """The data file with one entry set; its source keeps what stood there before the first fit."""
    start = re.search(rf"^  {re.escape(name)}:\n", text, re.M)
    if not start:
        sys.exit(f"apply_fit: no parameter {name}")
    end = re.compile(r"^  \S", re.M).search(text, start.end())
    stop = end.start() if end else len(text)
    entry = text[start.end():stop]
    note = NOTE.format(stage=stage, prior=prior, unit=unit).replace(" 1. ", ". ")
    before = re.search(r'source: "(.*)"', entry).group(1)
    before = re.sub(r"^Calibrated by `percuta fit[^;]*; without it [^ ]+( \S+)?\. ?", "", before)
    entry = re.sub(r"value: .*", f"value: {value}", entry, count=1)
    entry = re.sub(r"status: .*", "status: calibrated", entry, count=1)
    entry = re.sub(r"source: .*", lambda _: f'source: "{(note + before).strip()}"', entry, count=1)
    return text[:start.end()] + widen(entry, value) + text[stop:]


def set_value(path, name, value):
    head, entry = path.read_text().split(f"  {name}:\n")
    path.write_text(f"{head}  {name}:\n" + re.sub(r"value: .*", f"value: {value:.3g}", entry, count=1))


def set_margins(result):
    """What follows from a fit of numbing: the largest published level in plasma over the fitted one, at least 1, and
    the spread of levels in tissue, which go with the permeability under the cream."""
    table = ROOT / "data" / "transport" / "numbing.yaml"
    plasma = re.compile(r'after: (\S+), published: "([^"]*)", unit: "ug/mL"').findall(result)
    set_value(table, "plasma_error", max([1, *(float(published) / float(after) for after, published in plasma)]))
    value, high = re.search(r"cream_factor.* value: (\S+), low: \S+, high: (\S+)\}", result).groups()
    set_value(table, "level_spread", float(high) / float(value))


def main(folder, stage="healing"):
    target, page_name = TARGETS[stage]
    result = (pathlib.Path(folder) / "result.yaml").read_text()
    fitted = read_fitted(result)
    for full, unit, prior, value in fitted:
        table, name = full.split(".", 1)
        path, = (p for p in (ROOT / "data").glob(f"*/{table}.yaml") if p.parent.name != "fit")
        path.write_text(set_entry(path.read_text(), stage, name, unit, prior, value))
    if stage == "numbing":
        set_margins(result)
    (ROOT / "data" / "fit" / f"{stage}.result.yaml").write_text(result)
    page = (pathlib.Path(folder) / "page.md").read_text()
    (ROOT / "docs" / page_name).write_text(HEAD.format(stage=stage, target=target) + page)


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3) or sys.argv[2:] not in ([], *([s] for s in TARGETS)):
        sys.exit(__doc__)
    main(*sys.argv[1:])
