#!/usr/bin/env python3
"""tools/drift.py on made-up results: it finds what moved, by how much, and nothing else, also when the two
sides write `outcomes` in different forms."""
import importlib.util
import json
import os
import pathlib
import sys
import tempfile

spec = importlib.util.spec_from_file_location(
    "drift", pathlib.Path(os.environ["PERCUTA_ROOT"]) / "tools/drift.py")
sys.dont_write_bytecode = True
drift = importlib.util.module_from_spec(spec)
spec.loader.exec_module(drift)

FIRST = {
    "schema_version": 1, "program_version": "0.1.0", "cost": {"wall_s": 3.2},
    "sessions": [{"number": 1, "depth_um": 750.0, "verdict": "fine", "clot": {"onset_s": 370.5}}],
    "outcomes": {"pain_rel": 7.5, "pain_low_rel": 4.9, "pain_high_rel": 61.0, "pain_vas": 6, "pain_vas_low": 3,
                 "collagen_total_30_d_rel": 1.02, "healed": True, "zero": 0.0},
    "warnings": ["Blood comes to the surface."],
}
SECOND = {
    "schema_version": 2, "program_version": "0.2.0", "cost": {"wall_s": 9.9},
    "sessions": [{"number": 1, "depth_um": 750.0, "verdict": "fine", "clot": {"onset_s": 370.5}}],
    "outcomes": [{"name": "pain_rel", "value": 7.5, "low": 4.9, "high": 61.0, "unit": "1"},
                 {"name": "pain_vas", "value": 6, "low": 3, "high": None},
                 {"name": "collagen_total_rel", "time_d": 30, "value": 1.02},
                 {"name": "healed", "value": True}, {"name": "zero", "value": 0}],
    "warnings": [{"code": "blood", "text": "Blood comes to the surface.", "values": []}],
}
TIMELINE = "time_d,collagen,state\n0,1,open\n1,2,open\n5,4,shut\n"
ROWS = "stage,id,quantity,predicted,predicted_low,verdict\nskin,A-1,depth,1.5,1,within\nskin,A-2,flow,2,,outside\n"


def write(folder, summary, timeline=TIMELINE, rows=ROWS, failures=None):
    example = folder / "examples/one"
    example.mkdir(parents=True)
    (example / "summary.json").write_text(json.dumps(summary))
    (example / "timeline.csv").write_text(timeline)
    (folder / "validation.csv").write_text(rows)
    (folder / "failures.json").write_text(json.dumps(failures or {}))


def changed(**outcomes):
    """FIRST with other outcomes."""
    return {**FIRST, "outcomes": {**FIRST["outcomes"], **outcomes}}


def lines(before, after):
    """The table's rows for two folders given as arguments of write()."""
    with tempfile.TemporaryDirectory() as place:
        for name, how in (("before", before), ("after", after)):
            write(pathlib.Path(place) / name, **how)
        text = drift.compare(pathlib.Path(place) / "before", pathlib.Path(place) / "after").table()
    return [line for line in text.splitlines() if line.startswith("| ") and "| what |" not in line] or [text]


same = dict(summary=FIRST)
CASES = {
    "equal results have not moved": lambda: lines(same, same)[0].startswith("nothing moved ("),
    "another form of outcomes is no move": lambda: lines(same, dict(summary=SECOND))[0].startswith("nothing moved ("),
    "and back": lambda: lines(dict(summary=SECOND), same)[0].startswith("nothing moved ("),
    "an outcome in the other form that moved is found by its name": lambda: lines(
        same, dict(summary={**SECOND, "outcomes": [{**SECOND["outcomes"][0], "low": 9.8}, *SECOND["outcomes"][1:]]}))
        == ["| one: outcomes.pain_rel (low) | 4.9 | 9.8 | +100.00% |"],
    "changes are relative, the largest first": lambda: lines(same, dict(summary=changed(pain_rel=7.575, pain_vas=3)))
        == ["| one: outcomes.pain_vas | 6 | 3 | -50.00% |", "| one: outcomes.pain_rel | 7.5 | 7.575 | +1.00% |"],
    "a change from nothing comes first": lambda: lines(same, dict(summary=changed(pain_vas=3, zero=1e-3)))[0]
        == "| one: outcomes.zero | 0 | 0.001 | from 0 |",
    "a truth that turned is shown": lambda: lines(same, dict(summary=changed(healed=False)))
        == ["| one: outcomes.healed | True | False |  |"],
    "what went is shown": lambda: lines(same, dict(summary={**FIRST, "warnings": []}))
        == ["| one: warning: Blood comes to the surface. | True | absent |  |"],
    "noise is counted only": lambda: "(1 by less)" in lines(same, dict(summary=changed(pain_vas=6 * (1 + 1e-12))))[0],
    "a nested number is named by its way": lambda: lines(
        same, dict(summary={**FIRST, "sessions": [{**FIRST["sessions"][0], "clot": {"onset_s": 741}}]}))
        == ["| one: sessions[1].clot.onset_s | 370.5 | 741 | +100.00% |"],
    "of a column the row that moved most": lambda: lines(
        same, {**same, "timeline": TIMELINE.replace("1,2,", "1,2.4,").replace("5,4,", "5,4.2,")})
        == ["| one: timeline.csv collagen, most at time_d = 1 | 2 | 2.4 | +10.00% |"],
    "of a column of words as well": lambda: lines(same, {**same, "timeline": TIMELINE.replace("2,open", "2,shut")})
        == ["| one: timeline.csv state, most at time_d = 1 | open | shut |  |"],
    "rows are matched by time when their number changed": lambda: lines(
        same, {**same, "timeline": TIMELINE.replace("1,2,open\n", "")})
        == ["| one: timeline.csv rows | 3 | 2 | -33.33% |"],
    "a column that came": lambda: lines(same, {**same, "timeline": TIMELINE.replace(",state", ",stage")})
        == ["| one: timeline.csv column stage | False | True |  |", "| one: timeline.csv column state | True | False |  |"],
    "an evidence row that moved": lambda: lines(same, {**same, "rows": ROWS.replace("1.5,1,within", "1.8,1,outside")})
        == ["| evidence skin A-1 verdict | within | outside |  |", "| evidence skin A-1 predicted | 1.5 | 1.8 | +20.00% |"],
    "an example that fails now": lambda: lines(same, {**same, "failures": {"one": "exit code 3: no step"}})[0]
        == "| one: run | done | exit code 3: no step |  |",
}

failed = 0
for name, case in CASES.items():
    good = case()
    failed += not good
    print(f"{'ok' if good else 'not ok'} {name}")
sys.exit(failed > 0)
