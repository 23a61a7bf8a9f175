#!/usr/bin/env python3
"""Pools published rates: data/outcome/studies.csv -> data/outcome/rates.yaml.

    /usr/bin/python3 tools/pool_rates.py            writes it anew (python3-scipy of Debian)
    /usr/bin/python3 tools/pool_rates.py --check    fails where it is not what this would write

Every number comes from a row of data/evidence/rates.csv. Means: random effects, DerSimonian & Laird 1986
between-study variance, interval of Hartung & Knapp (2001), never narrower than without it; a new clinic by
Higgins et al. (2009), t with k - 2. Counts: beta-binomial, mean flat on 0 to 0.5, concentration log-flat on
2 to 256. Fewer than three studies are printed one by one. Blinded, controlled and other studies are never
pooled together. Each pooled study is also predicted from the others (leave one out). Test: cli.rates.
"""
import csv
import pathlib
import sys

import numpy
from scipy import special, stats

ROOT = pathlib.Path(__file__).resolve().parent.parent
TARGET = ROOT / "data/outcome/rates.yaml"
CORRELATION = 0.5  # assumed, of the same person before and after: no study prints it
SPREAD = 0.6       # assumed where a study prints none: of the size of those printed
POOLED_FROM = 3
HEAD = """# Published rates with what a new clinic may expect. Written by tools/pool_rates.py from studies.csv,
# endpoints.csv and data/evidence/rates.csv; docs/theory/rates.md tells how. Do not edit.
rates:
"""


def read(name):
    with open(ROOT / "data" / name, newline="") as stream:
        return list(csv.DictReader(stream))


def interval(text):
    low, high = text.replace(" to ", "|").split("|") if " to " in text else span(text)
    return float(low), float(high)


def span(text):
    cut = text.index("-", 1)
    return text[:cut], text[cut + 1:]


def is_interval(row):
    return "CI" in row["spread_kind"]


def error(row, people):
    """Standard error of a printed number; None where nothing tells it."""
    if is_interval(row):
        low, high = interval(row["spread"])
        level = 0.995 if "99" in row["spread_kind"] else 0.975
        return (high - low) / 2 / stats.norm.ppf(level)
    if people and row["spread"].replace(".", "", 1).isdigit():
        return float(row["spread"]) / people ** 0.5
    return None


def change(study, rows):
    """Change from the first row to the second, and its error with the assumed correlation."""
    before, after = rows
    a, b = (float(row["spread"] or SPREAD) for row in rows)
    spread = (a * a + b * b - 2 * CORRELATION * a * b) ** 0.5
    return float(after["value"]) - float(before["value"]), spread / study["count"] ** 0.5


def measure(study, evidence):
    """Fills in the number of a study and its error, or its count."""
    rows = [evidence[name] for name in study["rows"].split()]
    study["count"] = int(study["people"]) if study["people"] else 0
    form = study["form"]
    if form == "count":
        value, events = float(rows[0]["value"]), int(study["events"])
        percent = rows[0]["unit"].startswith("%")
        assert round(value * study["count"] / 100) == events if percent else value == events, study
        study["value"], study["error"] = 100 * events / study["count"], None
    elif form == "change":
        study["value"], study["error"] = change(study, rows)
    elif form == "null":
        study["value"], study["error"] = None, None
    else:
        sign = -1 if form == "fall" else 1
        study["value"], study["error"] = sign * float(rows[0]["value"]), error(rows[0], study["count"])
    study["interval"] = interval(rows[0]["spread"]) if is_interval(rows[0]) and form == "value" else None
    return study


def pool_means(values, errors):
    """Mean, its 95 % interval, and that of a new study."""
    y, v, k = numpy.array(values), numpy.array(errors) ** 2, len(values)
    w = 1 / v
    fixed = (w * y).sum() / w.sum()
    q = (w * (y - fixed) ** 2).sum()
    tau2 = max(0.0, (q - k + 1) / (w.sum() - (w * w).sum() / w.sum()))
    w = 1 / (v + tau2)
    mean = (w * y).sum() / w.sum()
    scale = max(1.0, (w * (y - mean) ** 2).sum() / (k - 1))
    half = stats.t.ppf(0.975, k - 1) * (scale / w.sum()) ** 0.5
    reach = stats.t.ppf(0.975, max(k - 2, 1)) * (tau2 + 1 / w.sum()) ** 0.5
    return mean, mean - half, mean + half, mean - reach, mean + reach


def quantile(grid, weight, share):
    return float(numpy.interp(share, numpy.cumsum(weight) / weight.sum(), grid))


def pool_counts(events, people):
    """The same in percent, of a beta-binomial on a grid; a new clinic's own rate."""
    mean = (numpy.arange(400) + 0.5) / 800
    spread = numpy.exp(numpy.linspace(numpy.log(2), numpy.log(256), 120))
    m, s = numpy.meshgrid(mean, spread, indexing="ij")
    a, b = m * s, (1 - m) * s
    log = sum(special.betaln(a + e, b + n - e) - special.betaln(a, b) for e, n in zip(events, people))
    posterior = numpy.exp(log - log.max())
    posterior /= posterior.sum()
    of_mean = posterior.sum(axis=1)
    grid = numpy.concatenate(([0], numpy.logspace(-5, 0, 400)))
    below = numpy.array([(posterior * special.betainc(a, b, x)).sum() for x in grid])
    ends = [float(numpy.interp(share, below, grid)) for share in (0.025, 0.975)]
    return [100 * x for x in ((of_mean * mean).sum(), quantile(mean, of_mean, 0.025),
                              quantile(mean, of_mean, 0.975), *ends)]


def pool(studies):
    if studies[0]["form"] == "count":
        return pool_counts([int(s["events"]) for s in studies], [s["count"] for s in studies])
    return pool_means([s["value"] for s in studies], [s["error"] for s in studies])


def share_interval(study):
    """Clopper & Pearson, of a share of people that one study prints."""
    n = study["count"]
    x = round(study["value"] * n / 100)
    low = stats.beta.ppf(0.025, x, n - x + 1) if x > 0 else 0
    high = stats.beta.ppf(0.975, x + 1, n - x) if x < n else 1
    return 100 * low, 100 * high


def own_interval(study):
    if study["interval"]:
        return study["interval"]
    if study["form"] in ("count", "percent") and study["endpoint"] != "resolves_untreated":
        return share_interval(study)
    if study["error"]:
        half = stats.norm.ppf(0.975) * study["error"]
        return study["value"] - half, study["value"] + half
    return None, None


def group_of(study):
    names = [word for word in ("blinded", "controlled") if study[word] == "yes"]
    return "-".join(names) or "open"


def quality(group, k):
    words = {"open": "uncontrolled and not blinded: spontaneous change is in it",
             "blinded": "raters blinded; no untreated group",
             "controlled": "controlled, not blinded", "blinded-controlled": "controlled, raters blinded"}
    return words[group] + ("" if k > 1 else "; one study or review, not pooled")


def number(value, unit):
    """Four digits; a percentage no finer than a hundredth."""
    if value is None:
        return None
    return f"{round(value, 2) if unit == '%' else value:.4g}"


def entry(studies, endpoint, group, numbers):
    first = studies[0]
    known = sum(s["count"] for s in studies)
    missing = sum(1 for s in studies if not s["count"])
    rows = " ".join(dict.fromkeys(row for s in studies for row in s["rows"].split()))
    fields = [("condition", first["condition"]), ("endpoint", endpoint["endpoint"]), ("group", group),
              ("unit", endpoint["unit"]), ("better", endpoint["better"]), ("meaning", endpoint["meaning"]),
              ("nearest", endpoint["nearest"]), ("gap", endpoint["gap"])]
    names = ("value", "low", "high", "prediction_low", "prediction_high")
    fields += [(n, number(v, endpoint["unit"])) for n, v in zip(names, numbers) if v is not None]
    fields += [("studies", str(len(studies))), ("people", str(known)), ("people_unknown", str(missing)),
               ("quality", quality(group, len(studies))), ("rows", rows),
               ("names", "; ".join(s["study"] for s in studies)),
               ("note", "; ".join(s["note"] for s in studies if s["note"]))]
    if first["form"] == "count" and len(studies) > 1:
        fields.append(("raw", f"{sum(int(s['events']) for s in studies)} of {known}"))
    return fields


def quoted(text):
    return '"' + text.replace('"', "'") + '"'


def written(fields, unit, left_out):
    lines = ["  - " + f"{fields[0][0]}: {quoted(fields[0][1])}"]
    lines += [f"    {name}: {quoted(value)}" for name, value in fields[1:]]
    if left_out:
        lines.append("    left_out:")
    for study, found in left_out:
        lines.append(f"      - study: {quoted(study['study'])}")
        lines.append(f"        row: {quoted(study['rows'].split()[-1])}")
        for name, value in zip(("value", "low", "high"), (study["value"], found[3], found[4])):
            lines.append(f"        {name}: {quoted(number(value, unit))}")
    return "\n".join(lines) + "\n"


def entries(studies, endpoint, group):
    told = [s for s in studies if s["value"] is not None]
    alone = [s for s in studies if s["value"] is None]
    poolable = len(told) >= POOLED_FROM and all(s["error"] or s["form"] == "count" for s in told)
    if poolable:
        left = [(s, pool([o for o in told if o is not s])) for s in told] if len(told) > POOLED_FROM else []
        yield written(entry(told, endpoint, group, pool(told)), endpoint["unit"], left)
    else:
        alone = told + alone
    for study in alone:
        numbers = (study["value"], *own_interval(study)) if study["value"] is not None else ()
        yield written(entry([study], endpoint, group, numbers), endpoint["unit"], [])


def compose():
    evidence = {row["id"]: row for row in read("evidence/rates.csv")}
    endpoints = {row["endpoint"]: row for row in read("outcome/endpoints.csv")}
    groups = {}
    for study in read("outcome/studies.csv"):
        study = measure(study, evidence)
        groups.setdefault((study["condition"], study["endpoint"], group_of(study)), []).append(study)
    return HEAD + "".join(text for (_, name, group), studies in groups.items()
                          for text in entries(studies, endpoints[name], group))


def main():
    text = compose()
    if "--check" in sys.argv:
        if TARGET.read_text() != text:
            sys.exit(f"{TARGET.relative_to(ROOT)} is not what tools/pool_rates.py writes")
        return
    TARGET.write_text(text)


if __name__ == "__main__":
    main()
