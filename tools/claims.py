#!/usr/bin/python3
"""Writes the table of claims in README.md, between its markers, from data/outcome/claims.csv, data/outcome/rates.yaml and
the registry of outcomes. `--check` fails where the table is another. Run it from the project's folder. Test:
project.claims."""
import csv
import re
import sys

PAGE = "README.md"
FIRST, LAST = "<!-- claims: written by tools/claims.py -->\n", "<!-- end of claims -->\n"


def rates():
    text = open("data/outcome/rates.yaml", encoding="utf-8").read()
    for block in text.split("\n  - condition:")[1:]:
        yield dict(re.findall(r'^    (\w+): "(.*)"$', "    condition:" + block, re.M))


def number(text):
    return f"{float(text):.2g}".replace("-", "−")


def reported(found):
    if found is None:
        return "nothing in these units"
    people = f"{found['people']} people" if found["people"] != "0" else "people not counted"
    studies = "1 study or review" if found["studies"] == "1" else f"{found['studies']} studies"
    standing = f"{studies}, {people}; {found['quality'].split(';')[0].split(':')[0]}"
    if "value" not in found:
        return f"{found['meaning']}: no difference, no number printed ({standing})"
    text = f"{found['meaning']}: {number(found['value'])} {found['unit']}"
    if "low" in found:
        text += f" (95 % {number(found['low'])} to {number(found['high'])}"
        if "prediction_low" in found:
            text += f"; a new clinic {number(found['prediction_low'])} to {number(found['prediction_high'])}"
        text += ")"
    return f"{text}; {standing}"


def rows():
    known = {(r["condition"], r["endpoint"]): r for r in reversed(list(rates()))}
    outcomes = set(re.findall(r"PERCUTA_OUTCOME(?:_OF_COLUMN)?\(\s*(\w+)", open("src/outcome/outcomes.def").read()))
    for claim in csv.DictReader(open("data/outcome/claims.csv", newline="")):
        names = claim["computes"].split()
        unknown = set(names) - outcomes
        if unknown:
            sys.exit(f"no outcome {unknown} for: {claim['claim']}")
        found = known[claim["condition"], claim["endpoint"]] if claim["endpoint"] else None
        computes = " ".join(f"`{name}`" for name in names) or "nothing"
        yield f"| {claim['claim']} | {reported(found)} | {computes}: {claim['standing']} |\n"


def main():
    page = open(PAGE, encoding="utf-8").read()
    head = "| What needling is said to do | What trials report | What Percuta computes |\n| --- | --- | --- |\n"
    before, rest = page.split(FIRST)
    after = rest.split(LAST)[1]
    text = before + FIRST + head + "".join(rows()) + LAST + after
    if "--check" not in sys.argv:
        open(PAGE, "w", encoding="utf-8").write(text)
    elif text != page:
        sys.exit("the claims in README.md are not what tools/claims.py writes")


if __name__ == "__main__":
    main()
