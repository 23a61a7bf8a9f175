#!/usr/bin/python3
"""Writes the tables in docs/results.md from the registries in the source; the unit tests fail while they differ. A table
stands below a line `<!-- table: NAME -->`. Run it from the project's folder."""
import re

PAGE = "docs/results.md"


def read(path):
    return open(path, encoding="utf-8").read().replace("\\\n", "\n")


def calls(text, name):
    """The arguments of every NAME(…) in C text, each as it stands; texts in pieces are put together."""
    text = re.sub(r"/\*.*?\*/", " ", text, flags=re.S)
    for start in re.finditer(r"\b%s\(" % re.escape(name), text):
        yield [argument(a) for a in split(text, start.end())]


def split(text, at):
    depth, begin, quoted, out = 0, at, False, []
    while True:
        c = text[at]
        if quoted:
            at += c == "\\"
            quoted = c != '"'
        elif c == '"':
            quoted = True
        elif c in "([{":
            depth += 1
        elif c in ")]}":
            if depth == 0:
                return out + [text[begin:at]]
            depth -= 1
        elif c == "," and depth == 0:
            out.append(text[begin:at])
            begin = at + 1
        at += 1


def argument(text):
    text = " ".join(text.split())
    pieces = re.findall(r'"((?:[^"\\]|\\.)*)"', text)
    return "".join(pieces).replace('\\"', '"') if text.startswith('"') else text


def part(text, first, last):
    start = text.index(first)
    return text[start : text.index(last, start)]


def columns():
    lines = part(read("src/outcome/record.h"), "#define PERCUTA_COLUMN_LIST", "/* Whether")
    for name, _, unit, text in calls(lines, "X"):
        yield f"| `{name}` | {unit} | {text} |"


def fields():
    for field in calls(read("src/healing/fields.def"), "PERCUTA_FIELD"):
        if field[0] != "name":
            yield f"| `{field[0]}` | {field[7]} | {field[8]} |"


def warnings():
    for code, words in calls(read("src/outcome/warnings.def"), "PERCUTA_WARNING"):
        values = re.findall(r"\{(\w+)", words)
        words = re.sub(r"\{(\w+)[^}]*\}", r"`\1`", words).replace("[", "").replace("]", "")
        yield f"| `{code}` | {', '.join(f'`{v}`' for v in values) or '-'} | {words} |"


def outcomes():
    text = read("src/outcome/outcomes.def")
    lines = [(o[0], o[1], o[4], o[6], "", o[9]) for o in calls(text, "PERCUTA_OUTCOME")]
    lines += [(o[0], o[1], o[4], o[6], ", at times", o[9]) for o in calls(text, "PERCUTA_OUTCOME_TIMED")]
    for o in calls(text, "PERCUTA_OUTCOME_OF_COLUMN"):
        lines.append((o[0], o[2], o[5], "SIMULATED", ", at times" if o[1] == "TIMED" else "", o[11]))
    for name, unit, needs, known, times, words in lines:
        if name == "name":  # of the description
            continue
        needs = ", ".join(f"`{n}`" for n in re.findall(r"NEEDS\((\w+)\)", needs))
        yield f"| `{name}` | {unit} | {known.lower().replace('_', '-')}{times} | {needs or '-'} | {words} |"


def keys(block):
    for key in calls(read("src/result/keys.def"), f"PERCUTA_KEY_{block.upper()}"):
        if len(key) == 6:  # and not the head of the macro
            yield f"| `{key[1]}` | {key[2]} | {key[5]} |"


TABLES = {"outcomes": outcomes, "columns": columns, "fields": fields, "warnings": warnings}


def main():
    lines = open(PAGE, encoding="utf-8").read().split("\n")
    out, at = [], 0
    while at < len(lines):
        out.append(lines[at])
        mark = re.fullmatch(r"<!-- table: (\w+) -->", lines[at])
        at += 1
        if mark:
            out += lines[at : at + 2]  # the head
            name = mark.group(1)
            for block in name.removeprefix("keys_").split("_") if name.startswith("keys_") else ():
                out += keys(block)
            out += TABLES[name]() if name in TABLES else ()
            while lines[at].startswith("|"):
                at += 1
    open(PAGE, "w", encoding="utf-8").write("\n".join(out))


main()
