#!/usr/bin/env python3
"""Stores what a study found: its table in data/fit/, its page in docs/.

Usage: tools/apply_study.py sensitivity|questions FOLDER, which holds the table and page.md.
"""
import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
HEAD = {
    "sensitivity": """# What the result depends on

Written by `make sensitivity` from `percuta sensitivity examples/first-session.yaml`. Elementary effects on collagen in
the treated dermis twelve months after one session, in percentage points, when a parameter is varied over a tenth
of its range around its value (of the logarithm of the range where it is positive). Method:
[theory/calibration.md](theory/calibration.md). All parameters: [data/fit/sensitivity.csv](../data/fit/sensitivity.csv).

""",
    "questions": """# Questions to the model

Written by `make questions` from `percuta ask`. Nothing was fitted to these questions: the parameters are those of the
[calibration](calibration.md). The number is that of the shipped
parameters; the interval goes from the 5th to the 95th percentile of [joint draws](posterior.md), and, for gains, 5 % further to either side, by which columns may differ from patches. A "yes" or a "no" is what the shipped
parameters and nine draws in ten say; else the answer is `open`. A "no" is an answer:
the model does not do what is claimed or expected. `tests/verification/test_study.c` holds the numbers of
[data/fit/questions.csv](../data/fit/questions.csv).

One session with a 1.5 mm roller on a healthy cheek of 45 years, on `column`, unless the question says otherwise.

""",
}

if __name__ == "__main__":
    if len(sys.argv) != 3 or sys.argv[1] not in HEAD:
        sys.exit(__doc__)
    name, folder = sys.argv[1], pathlib.Path(sys.argv[2])
    (ROOT / "data/fit" / f"{name}.csv").write_text((folder / f"{name}.csv").read_text())
    (ROOT / "docs" / f"{name}.md").write_text(HEAD[name] + (folder / "page.md").read_text())
