#!/usr/bin/env python3
"""Stores what `percuta sensitivity` found: every effect in data/fit/, the page in docs/.

Usage: tools/apply_sensitivity.py FOLDER, which holds sensitivity.csv and page.md.
"""
import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
HEAD = """# What the answer hangs on

Written by `make sensitivity` from `percuta sensitivity examples/first-session.yaml`. Elementary effects on collagen in
the treated dermis twelve months after one session, in points of per cent, of walking a parameter through a tenth
of its range around its value (of the logarithm of the range where it is positive). Method:
[theory/calibration.md](theory/calibration.md). All parameters: [data/fit/sensitivity.csv](../data/fit/sensitivity.csv).

"""

if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    folder = pathlib.Path(sys.argv[1])
    (ROOT / "data/fit/sensitivity.csv").write_text((folder / "sensitivity.csv").read_text())
    (ROOT / "docs/sensitivity.md").write_text(HEAD + (folder / "page.md").read_text())
