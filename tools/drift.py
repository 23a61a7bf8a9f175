#!/usr/bin/env python3
"""What moved: outcomes, columns and evidence rows of this tree beside those of another commit.

  tools/drift.py collect PERCUTA TREE FOLDER [--quick]   runs all examples of TREE and `percuta validate`
  tools/drift.py compare BEFORE AFTER                    one Markdown table, the largest change first

`make drift REF=<commit>` does both. `collect` keeps each example's result folder in FOLDER/examples and
the evidence rows in FOLDER/validation.csv; --quick runs the examples at fidelity `column`.
"""
import concurrent.futures
import csv
import json
import math
import os
import pathlib
import re
import shutil
import subprocess
import sys

NOISE = 1e-9  # relative; smaller changes are counted, not listed
TABLES = ("timeline.csv", "channels.csv", "penetration.csv", "numbing.csv", "outcomes.csv")
# Of summary.json: what is no result, or changes with the program's text only.
NOT_COMPARED = {"schema_version", "program_version", "scenario_hash", "title", "cost"}
# What tells the entries of a list apart, and a row of validation.csv from the others.
NAMES = ("name", "id", "number", "code", "product", "compound", "time_d")
ROW_KEYS = ("stage", "id", "quantity", "species", "site", "condition", "predictor", "set")
ROW_VALUES = ("published", "band_low", "band_high", "predicted", "predicted_low", "predicted_high", "verdict")


# --- collecting -------------------------------------------------------------------------------------

def run_example(program, scenario, folder, quick):
    """Runs one example; returns what went wrong, or None."""
    shutil.rmtree(folder, ignore_errors=True)
    command = [program, "run", str(scenario), "--quiet", "-o", str(folder)]
    if quick:
        command += ["--fidelity", "column"]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode == 0:
        return None
    return f"exit code {done.returncode}: {done.stderr.strip()[:200]}"


def collect(program, tree, folder, quick):
    """Runs all examples and the validation of one tree with the program that was built from it."""
    folder, tree = pathlib.Path(folder), pathlib.Path(tree)
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "examples").mkdir(parents=True)
    os.environ["PERCUTA_DATA"] = str(tree / "data")
    failures = {}
    jobs = int(os.environ.get("JOBS", os.cpu_count()))
    with concurrent.futures.ThreadPoolExecutor(max_workers=max(1, jobs)) as pool:
        table = folder / "validation.csv"
        runs = {pool.submit(subprocess.run, [program, "validate", "--csv", str(table)],
                            capture_output=True, text=True): None}
        for scenario in sorted((tree / "examples").glob("*.yaml")):
            if scenario.stem.startswith(("cohort-", "trial-")):
                continue  # a study
            place = folder / "examples" / scenario.stem
            runs[pool.submit(run_example, program, scenario, place, quick)] = scenario.stem
        for done in concurrent.futures.as_completed(runs):
            result, name = done.result(), runs[done]
            if name is None and result.returncode != 0:
                failures["validation"] = f"exit code {result.returncode}: {result.stderr.strip()[:200]}"
            elif name is not None and result is not None:
                failures[name] = result
    (folder / "failures.json").write_text(json.dumps(failures))


# --- reading ----------------------------------------------------------------------------------------

def outcomes_of(value):
    """{name: value} of either form of `outcomes`: an object of names, whose intervals and times are part
    of them (pain_low_rel, collagen_total_30_d_rel), or a list of {name, value, low, high, …}."""
    flat = {}
    if isinstance(value, dict):
        for name, entry in value.items():
            match = re.fullmatch(r"(.+?)_(low|high)(_.+)?", name)
            name = f"{match[1]}{match[3] or ''} ({match[2]})" if match else name
            name = re.sub(r"_(\d+)_d_(\w+)", r"_\2 @ \1 d", name)
            flat[name] = entry
        return flat
    for entry in value:
        name, time = entry["name"], next((entry[key] for key in ("time_d", "day") if key in entry), None)
        if time is None:
            name = re.sub(r"_(\d+)_d_(\w+)", r"_\2 @ \1 d", name)
        else:
            name = f"{name} @ {time:g} d"
        for part, suffix in (("value", ""), ("low", " (low)"), ("high", " (high)")):
            if entry.get(part) is not None:
                flat[name + suffix] = entry[part]
    return flat


def flatten(value, path=""):
    """{path: number, text or truth} of what json.load gives; entries of lists by what names them."""
    if isinstance(value, dict):
        items = value.items()
    elif isinstance(value, list):
        items = []
        for index, entry in enumerate(value):
            names = [str(entry[key]) for key in NAMES if key in entry] if isinstance(entry, dict) else []
            items.append((f"[{' '.join(names) or index + 1}]", entry))
        if len({name for name, _ in items}) < len(items):
            items = [(f"[{index + 1}]", entry) for index, entry in enumerate(value)]
    else:
        return {path: value}
    flat = {}
    for name, entry in items:
        joint = "" if not path or name.startswith("[") else "."
        flat.update(flatten(entry, f"{path}{joint}{name}"))
    return flat


def read_summary(path):
    """{name: value} of a summary.json; of warnings the text, each as a name of its own."""
    with open(path) as file:
        summary = json.load(file)
    flat = {}
    for section, value in summary.items():
        if section == "outcomes":
            flat.update({f"outcomes.{name}": entry for name, entry in outcomes_of(value).items()})
        elif section == "warnings":
            for warning in value:
                text = warning["text"] if isinstance(warning, dict) else warning
                flat[f"warning: {text}"] = True
        elif section not in NOT_COMPARED:
            flat.update(flatten(value, section))
    return flat


def number(text):
    """What a text says as a number; None when it is none."""
    try:
        value = float(text)
    except (TypeError, ValueError):
        return None
    return None if math.isnan(value) else value


# --- comparing --------------------------------------------------------------------------------------

class Drift:
    """What was compared and what of it moved: rows of (name, before, after, relative change)."""

    def __init__(self):
        self.rows, self.compared, self.noise = [], 0, 0

    def add(self, name, before, after, scale=None):
        """Compares two values of one name; `scale` is what numbers are relative to."""
        self.compared += 1
        if before == after:
            return
        a, b = (None if isinstance(v, bool) else number(v) for v in (before, after))
        if a is None or b is None:
            self.rows.append((name, before, after, None))
        else:
            scale = abs(a) if scale is None else scale
            change = (b - a) / scale if scale > 0 else math.inf
            if abs(change) <= NOISE:
                self.noise += a != b
            else:
                self.rows.append((name, a, b, change))

    def compare_named(self, prefix, before, after):
        """Values by name; those that only one side has are moves, too."""
        for name in [*before, *(name for name in after if name not in before)]:
            self.add(f"{prefix} {name}", before.get(name, "absent"), after.get(name, "absent"))

    def compare_table(self, prefix, before, after):
        """Of each column the row that moved most, relative to the column's largest value before."""
        (head_before, rows_before), (head_after, rows_after) = before, after
        for name in [*head_before, *(name for name in head_after if name not in head_before)]:
            if name not in head_before or name not in head_after:
                self.add(f"{prefix} column {name}", name in head_before, name in head_after)
        self.add(f"{prefix} rows", len(rows_before), len(rows_after))
        pairs = matched(rows_before, rows_after)
        for name in head_before:
            if name in head_after:
                self.compare_column(prefix, name, head_before[0], pairs)

    def compare_column(self, prefix, name, key, pairs):
        scale = max((abs(number(a[name]) or 0) for a, _ in pairs), default=0)
        worst = None
        for a, b in pairs:
            x, y = number(a[name]), number(b[name])
            distance = abs(x - y) if x is not None and y is not None else math.inf * (a[name] != b[name] or 0)
            if a[name] != b[name] and not distance <= (worst[0] if worst else 0):
                worst = (distance, a, b)
        if worst is None:
            self.compared += 1
        else:
            place = "" if name == key else f", most at {key} = {worst[1][key]}"
            self.add(f"{prefix} {name}{place}", worst[1][name], worst[2][name], scale)

    def table(self):
        """The rows as Markdown, the largest change first; texts and what came or went before numbers."""
        if not self.rows:
            end = f" by more than a relative {NOISE:g} ({self.noise} by less)" if self.noise else ""
            return f"nothing moved{end} ({self.compared} values compared)\n"
        lines = ["| what | before | after | relative change |", "|---|---|---|---|"]
        size = {id(row): math.inf if row[3] is None else abs(row[3]) for row in self.rows}
        for row in sorted(self.rows, key=lambda row: (-size[id(row)], row[3] is not None, row[0])):
            name, before, after, change = row
            told = "" if change is None else "from 0" if math.isinf(change) else f"{change:+.2%}"
            if change is not None and abs(change) < 1e-4:
                told = f"{change:+.1e}"
            lines.append(f"| {name.replace('|', '/')} | {show(before)} | {show(after)} | {told} |")
        lines += ["", f"{len(self.rows)} of {self.compared} values moved" +
                  (f", {self.noise} more by less than a relative {NOISE:g}" if self.noise else "") + "."]
        return "\n".join(lines) + "\n"


def show(value):
    if isinstance(value, float):
        return f"{value:.7g}"
    return str(value).replace("|", "/")


def matched(before, after):
    """Pairs of rows: in order when there are as many, by their first column otherwise."""
    if len(before) == len(after):
        return list(zip(before, after))
    def keyed(rows):
        seen, out = {}, {}
        for row in rows:
            first = next(iter(row.values()))
            seen[first] = seen.get(first, 0) + 1
            out[first, seen[first]] = row
        return out
    left, right = keyed(before), keyed(after)
    return [(row, right[key]) for key, row in left.items() if key in right]


def read_table(path):
    with open(path, newline="") as file:
        reader = csv.DictReader(file)
        rows = list(reader)
        return list(reader.fieldnames or []), rows


def read_validation(path):
    """{row: {column: value}} of validation.csv."""
    _, rows = read_table(path)
    short = [" ".join(row[key] for key in ROW_KEYS[:2] if key in row) for row in rows]
    out = {}
    for name, row in zip(short, rows):
        if short.count(name) > 1:
            name = " ".join(row[key] for key in ROW_KEYS if row.get(key))
        out.update({f"{name} {column}": row[column] for column in ROW_VALUES if row.get(column)})
    return out


def compare(before, after):
    """Everything in two folders made by `collect`."""
    drift = Drift()
    before, after = pathlib.Path(before), pathlib.Path(after)
    failed = [json.loads((side / "failures.json").read_text()) if (side / "failures.json").exists() else {}
              for side in (before, after)]
    for name in sorted({*failed[0], *failed[1]}):
        drift.add(f"{name}: run", failed[0].get(name, "done"), failed[1].get(name, "done"))
    names = sorted({path.name for side in (before, after) for path in (side / "examples").glob("*")})
    for name in names:
        left, right = before / "examples" / name, after / "examples" / name
        if not (left / "summary.json").exists() or not (right / "summary.json").exists():
            if name not in failed[0] and name not in failed[1]:
                drift.add(f"{name}: example", left.exists(), right.exists())
            continue
        drift.compare_named(f"{name}:", read_summary(left / "summary.json"), read_summary(right / "summary.json"))
        for table in TABLES:
            if (left / table).exists() and (right / table).exists():
                drift.compare_table(f"{name}: {table}", read_table(left / table), read_table(right / table))
            elif (left / table).exists() or (right / table).exists():
                drift.add(f"{name}: {table}", (left / table).exists(), (right / table).exists())
    tables = [side / "validation.csv" for side in (before, after)]
    if all(table.exists() for table in tables):
        drift.compare_named("evidence", *(read_validation(table) for table in tables))
    return drift


def main():
    if len(sys.argv) >= 5 and sys.argv[1] == "collect":
        collect(sys.argv[2], sys.argv[3], sys.argv[4], "--quick" in sys.argv[5:])
    elif len(sys.argv) == 4 and sys.argv[1] == "compare":
        print(compare(sys.argv[2], sys.argv[3]).table(), end="")
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    main()
