#!/usr/bin/env python3
"""Sets calibrated parameters to the medians and 90 % ranges of data/insertion/posterior.yaml.

Usage: tools/apply_posterior.py. Parameters whose status is not `calibrated` stay as they are. Part of
`make posterior`; tests/unit/test_insertion.c checks that tables and draws agree.
"""
import pathlib
import re
import statistics

ROOT = pathlib.Path(__file__).resolve().parent.parent
TABLES = {"insertion": ROOT / "data/insertion/insertion.yaml", "skin": ROOT / "data/skin/skin.yaml"}


def main():
    lines = [line.strip(' -"\n') for line in (ROOT / "data/insertion/posterior.yaml").open()]
    names = lines[lines.index("columns:") + 1:lines.index("draws:")]
    rows = [[float(number) for number in line.split()] for line in lines[lines.index("draws:") + 1:]]
    for column, name in enumerate(names):
        values = sorted(row[column] for row in rows)
        tail = len(values) // 20
        middle, low, high = (f"{v:.3g}" for v in (statistics.median(values), values[tail], values[-1 - tail]))
        table, entry = name.split(".")
        text = TABLES[table].read_text()
        pattern = rf"(^  {entry}:\n    value: )\S+(\n    unit: \S+\n    range: )\[[^]]*\](\n    status: calibrated)"
        text = re.sub(pattern, rf"\g<1>{middle}\g<2>[{low}, {high}]\g<3>", text, flags=re.M)
        TABLES[table].write_text(text)


if __name__ == "__main__":
    main()
