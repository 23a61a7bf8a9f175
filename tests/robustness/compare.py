"""What `percuta check --json` says of every case, held against its .expected and codes.txt.

Usage: compare.py FOLDER, which holds NAME.json for every cases/NAME.yaml. Prints one line a case.
"""
import json
import pathlib
import re
import sys

# What is not seen, shown as an escape or left out of the value given.
HIDDEN = "[\u00AD\u180E\u200B-\u200F\u2028-\u202E\u2060-\u2069\uFEFF]"

# Mistakes of which no single text is the cause.
WITHOUT_TEXT = {"bad-yaml", "forbidden-yaml", "missing", "wrong-count", "wrong-kind"}


def line_of(mistake):
    """The mistake as people read it."""
    place = [str(mistake[part]) for part in ("file", "line", "column") if mistake[part] is not None]
    head = ":".join(place) + ": " if place else ""
    key = mistake["key"] + ": " if mistake["key"] is not None else ""
    texts = [mistake[part] for part in ("what", "allowed", "hint") if mistake[part] is not None]
    return head + key + "; ".join(texts)


def stands_there(mistake, text):
    """Whether the text of the file at the mistake's place is what was given."""
    given = mistake["given"]
    if not given or mistake["code"] == "unknown-name" and mistake["key"].endswith(given):
        return True  # a name that is a key; the place is that of its value
    line = text.split("\n")[mistake["line"] - 1]
    there = re.sub(HIDDEN, "", line[mistake["column"] - 1:]).lstrip("\"' ")
    return there.startswith(re.sub(r"\\u[0-9A-F]{4}", "", given)[:30])


def faults(scenario, document, codes):
    """What is not as it should be, in words."""
    mistakes = document["mistakes"]
    lines = [line_of(mistake) for mistake in mistakes]
    if len(mistakes) > 1:
        lines.append(f"{len(mistakes)} mistakes")
    if lines != scenario.with_suffix(".expected").read_text().splitlines():
        yield f"the lines are {lines}"
    if [mistake["code"] for mistake in mistakes] != codes:
        yield f"the codes are {' '.join(mistake['code'] for mistake in mistakes)}"
    if document["ok"] or document["hash"] is not None or document["count"] != len(mistakes):
        yield "the document does not say that there are mistakes"
    if document["scenario"] != str(scenario):
        yield f"the document is of {document['scenario']}"
    for mistake in mistakes:
        if mistake["given"] is None and mistake["code"] not in WITHOUT_TEXT:
            yield f"{mistake['key']} does not say what was given"
        if not stands_there(mistake, scenario.read_text()):
            yield f"given is said to be {mistake['given']}, which does not stand there"


def main():
    table = [line.split() for line in pathlib.Path("codes.txt").read_text().splitlines()]
    codes = {name: rest for name, *rest in table}
    failed = False
    for scenario in sorted(pathlib.Path("cases").glob("*.yaml")):
        name = scenario.stem
        document = json.loads((pathlib.Path(sys.argv[1]) / f"{name}.json").read_text())
        found = list(faults(scenario, document, codes.get(name)))
        print(f"not ok {name}-json: {'; '.join(found)}" if found else f"ok {name}-json")
        failed = failed or bool(found)
    sys.exit(failed)


main()
