#!/usr/bin/env python3
"""Would the tests notice? Makes small mistakes in the stages, one at a time, and counts those that die.

  tests/mutation.py [--seed N] [--count N] [--least N] [--only TEXT] [--list]

A mutant is one change of one statement: an operator, a comparison, a constant, a sign, a loop's start, a
low for a high, or an assignment left out. All are made in a copy of the tree in build/mutation, which is
built anew for each and tested, the likeliest tests first, until one fails: the quick tests, then the slow
ones that include a header of the mutant's room. Tests of the project (layout of the code and the like)
take no part. Mutants that do not compile are replaced by others. The table goes to build/mutation/table.md,
too; exit code 1 says that fewer than --least died.

Some changes change nothing that anybody could notice (equivalent mutants). Few are made: no change is made
to messages, to what guards memory and files, or to choices of mere speed (SPARED below).
"""
import argparse
import concurrent.futures
import json
import math
import os
import pathlib
import random
import re
import resource
import shutil
import signal
import subprocess
import sys
import threading
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
WORK = ROOT / "build/mutation"
TREE = WORK / "tree"
ROOMS = ("skin", "device", "insertion", "bleeding", "clot", "substance", "permeation", "transport",
         "healing", "outcome")
NOT_COPIED = re.compile(r"^(build(-.*)?|out|node_modules|\.git|__pycache__)$")
# Statements that are left alone: memory, files, errors, text, how far an iteration goes, what only makes
# it fast, and what a run says of its own accuracy.
SPARED = re.compile(
    r"\b(\w*printf|fput\w*|\w*diag\w*|[mc]alloc|realloc|free|sizeof|NULL|PERCUTA_OK|PERCUTA_MEMORY|status|"
    r"Petsc\w*|assert|str\w+|mem\w+|errno|capacity|\w*tolerance\w*|\w*iterat\w*|\w*_(clear|destroy|create)|"
    r"text|\w*name|why|wrong|warn\w*|said|say\w*|place|line|file|path|note|error|"
    r"SYSTEMS|CACHE|cache|oldest|used|band|\w*balance\w*|worst)\b")
SPARED_FUNCTIONS = re.compile(r"print|write|text|list|describe|say|tell|warn|clear|destroy|nearest|usual|"
                              r"balance|^compare")
CPU_SECONDS = 120  # of one test's process; more is an endless loop
WALL_SECONDS = 1800  # for what waits for ever


# --- mutants ----------------------------------------------------------------------------------------

def blank(text):
    """The code with comments, strings and preprocessor lines as blanks; places stay the same."""
    pattern = re.compile(r'//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'|'
                         r'^[ \t]*#(?:\\\n|[^\n])*', re.S | re.M)
    return pattern.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)


def statements(code):
    """(start, end, function) of every statement and every head of a block within functions."""
    depth = parens = begin = outside = 0
    function = None
    for at, sign in enumerate(code):
        if sign in "([":
            parens += 1
        elif sign in ")]":
            parens -= 1
        elif sign in ";{}" and parens == 0:
            if function and depth > 0 and code[begin:at].strip():
                yield begin, at, function
            if sign == "{":
                if depth == 0:
                    match = re.search(r"(\w+)\s*\(", code[outside:at])
                    function = match[1] if match and code[:at].rstrip().endswith(")") else None
                depth += 1
            elif sign == "}":
                depth -= 1
            if depth == 0:
                outside = at + 1
            begin = at + 1


FLIPS = {" < ": " >= ", " > ": " <= ", " <= ": " > ", " >= ": " < ", " == ": " != ", " != ": " == "}
OPERATORS = {" + ": " - ", " - ": " + ", " * ": " / ", " / ": " * "}
ENDS = (("low", "high"), ("lower", "upper"), ("fmin", "fmax"), ("top", "bottom"), ("from", "to"))


def other_end(word, words):
    """depth_low for depth_high and so on, when the file knows that word, too."""
    for pair in ENDS:
        for one, other in (pair, pair[::-1]):
            swapped = re.sub(rf"(?<![a-z]){one}(?![a-z])", other, word)
            if swapped != word and (swapped in words or one.startswith("fm")):
                return swapped
    return None


def changes(statement, words):
    """(kind, start, end, text) of every change of one statement."""
    for kind, table in (("comparison", FLIPS), ("operator", OPERATORS)):
        for old, new in table.items():
            for match in re.finditer(re.escape(old), statement):
                yield kind, match.start(), match.end(), new
    if not re.match(r"\s*(for|case|enum|static)\b", statement):
        for match in re.finditer(r"(?<![\w.\[])([01])(\.0)?(?![\w.\]])", statement):
            yield "constant", match.start(), match.end(), "10"[int(match[1])] + (match[2] or "")
        for match in re.finditer(r"(?<=[(=,?:] )-(?=[a-z_(])|(?<=return )-(?=[a-z_(])|(?<=\()-(?=[a-z_(])", statement):
            yield "sign", match.start(), match.end(), ""
    for match in re.finditer(r"(?<=for \(int )(\w+) = 0;", statement):
        yield "start", match.start(), match.end(), f"{match[1]} = 1;"
    for match in re.finditer(r"\b[a-z]\w*", statement):
        other = other_end(match[0], words)
        if other:
            yield "end", match.start(), match.end(), other
    match = re.match(r"\s*(\*?\w+(?:->\w+|\.\w+|\[[^\]]*\])*) (=|[-+*/]=) ", statement)
    if match and not re.match(r"\s*(return|else)\b", statement):
        yield "left out", match.start(1), len(statement), "(void)0"


def mutants(root):
    """{kind: [(path, start, end, new)]} of all files of the stages."""
    found = {}
    for room in ROOMS:
        for path in sorted((root / "src" / room).rglob("*.c")):
            code = blank(path.read_text())
            words = set(re.findall(r"\w+", code))
            for begin, end, function in statements(code):
                statement = code[begin:end]
                if SPARED.search(statement) or SPARED_FUNCTIONS.search(function):
                    continue
                for kind, start, stop, new in changes(statement, words):
                    found.setdefault(kind, []).append((path.relative_to(root), begin + start, begin + stop, new))
    return found


def drawn(found, seed):
    """Mutants in a random order; a kind of four times as many places is drawn twice as often."""
    chance = random.Random(seed)
    left = {kind: chance.sample(found[kind], len(found[kind])) for kind in sorted(found)}
    weight = {kind: math.sqrt(len(found[kind])) for kind in left}
    while left:
        kind, = chance.choices(list(left), [weight[kind] for kind in left])
        yield (kind, *left[kind].pop())
        if not left[kind]:
            del left[kind]


def place_of(text, start, end, new):
    """Line number, and the changed line before and after, shortened around the change."""
    number = text.count("\n", 0, start) + 1
    first, last = text.rfind("\n", 0, start) + 1, text.find("\n", end)
    old = re.sub(r"\s+", " ", text[first:last]).strip()
    changed = re.sub(r"\s+", " ", text[first:start] + new + text[end:last]).strip()
    return number, old, changed


# --- the copy ---------------------------------------------------------------------------------------

def copy(source, target):
    """Makes the copy like the tree, touching only what differs, so that little is built again."""
    names = {entry.name for entry in source.iterdir() if not NOT_COPIED.match(entry.name)}
    target.mkdir(parents=True, exist_ok=True)
    for entry in list(target.iterdir()):
        if entry.name not in names and not NOT_COPIED.match(entry.name):
            shutil.rmtree(entry) if entry.is_dir() else entry.unlink()
    for name in names:
        old, new = source / name, target / name
        if old.is_dir():
            copy(old, new)
        elif not new.exists() or old.read_bytes() != new.read_bytes():
            shutil.copy(old, new)


def build(log):
    """Builds the copy; false when it does not compile."""
    done = subprocess.run(["cmake", "--build", str(TREE / "build"), "-j", JOBS], stdout=log, stderr=log)
    return done.returncode == 0


def prepare(log):
    """The copy, configured and built as it is."""
    copy(ROOT, TREE)
    fetched = ROOT / "web/report/node_modules"
    if fetched.exists() and not (TREE / "web/report/node_modules").exists():
        shutil.copytree(fetched, TREE / "web/report/node_modules", symlinks=True)
    if not (TREE / "build/build.ninja").exists():
        subprocess.run(["cmake", "-S", str(TREE), "--preset", "default", "-DPERCUTA_WERROR=OFF"], check=True,
                       cwd=TREE, stdout=log, stderr=log)
    if not build(log):
        sys.exit(f"the tree itself does not build; see {log.name}")


# --- tests ------------------------------------------------------------------------------------------

class Test:
    """One test as ctest would run it."""

    def __init__(self, entry):
        properties = {item["name"]: item["value"] for item in entry.get("properties", [])}
        self.name = entry["name"]
        self.command = entry["command"]
        self.labels = properties.get("LABELS", [])
        self.environment = dict(item.split("=", 1) for item in properties.get("ENVIRONMENT", []))
        self.cost = 0.0
        folder, _, stem = self.name.partition(".")
        sources = [ROOT / "tests" / folder / name for name in (f"test_{stem}.c", f"{stem}.sh")]
        self.source = "".join(source.read_text() for source in sources if source.exists())

    def run(self, running):
        """True when it passes; its process group is in `running` meanwhile."""
        process = subprocess.Popen(
            self.command, env={**os.environ, **self.environment}, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL, start_new_session=True,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS)))
        running.add(process)
        try:
            return process.wait(timeout=WALL_SECONDS) == 0
        except subprocess.TimeoutExpired:
            stop(process)
            return False
        finally:
            running.discard(process)


def stop(process):
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass
    process.wait()


def all_tests():
    """The tests of the copy that may kill: not those that look at the code itself."""
    listed = subprocess.run(["ctest", "--test-dir", str(TREE / "build"), "--show-only=json-v1"], check=True,
                            capture_output=True, text=True)
    tests = [Test(entry) for entry in json.loads(listed.stdout)["tests"]]
    return [test for test in tests if "project" not in test.labels]


def first_failure(tests):
    """Runs tests, in this order, several at once; the name of one that fails, or None."""
    running, failed, lock = set(), [], threading.Lock()

    def one(test):
        if failed:
            return
        begin = time.monotonic()
        passed = test.run(running)
        test.cost = time.monotonic() - begin
        with lock:
            if not passed and not failed:
                failed.append(test.name)
                for process in list(running):
                    stop(process)

    with concurrent.futures.ThreadPoolExecutor(int(JOBS)) as pool:
        list(pool.map(one, tests))
    return failed[0] if failed else None


def order_for(path, tests):
    """The file's own tests; the other quick ones, the shortest first; the slow ones that know the room."""
    room, stem = path.parts[1], path.stem

    def nearness(test):
        if test.name.partition(".")[2] == stem:
            return 0
        if f'/{stem}.h"' in test.source:
            return 1
        if f'"{room}/' in test.source or re.search(rf"test_(\w+_)?{stem}\b", test.source):
            return 2
        return 3

    def rank(test):
        near, slow = nearness(test), "slow" in test.labels
        return (near > 0 and slow, min(near, 2), test.cost)

    return sorted((test for test in tests if "quick" in test.labels or nearness(test) <= 2), key=rank)


# --- the series -------------------------------------------------------------------------------------

def try_mutant(mutant, tests, log):
    """One line of the table: (place, kind, before, after, result, by)."""
    kind, path, start, end, new = mutant
    file = TREE / path
    text = file.read_text()
    number, old, changed = place_of(text, start, end, new)
    file.write_text(text[:start] + new + text[end:])
    try:
        if not build(log):
            result, by = "did not compile", ""
        else:
            by = first_failure(order_for(path, tests)) or ""
            result = "killed" if by else "survived"
    finally:
        file.write_text(text)
    return f"{path}:{number}", kind, old, changed, result, by


def show(row):
    place, kind, old, changed, result, by = (cell.replace("|", "\\|") for cell in row)
    return f"| {place} | {kind} | `{old}` | `{changed}` | {result} | {by} |"


def series(options, found):
    rows = []
    with open(WORK / "build.log", "w") as log, open(WORK / "table.md", "w") as table:
        prepare(log)
        tests = all_tests()
        broken = first_failure([test for test in tests if "quick" in test.labels])
        if broken:
            sys.exit(f"{broken} fails without any mutant")
        head = "| place | kind | was | became | result | by |\n|---|---|---|---|---|---|"
        print(head, file=table)
        print(head, flush=True)
        for mutant in drawn(found, options.seed):
            if len(rows) == options.count:
                break
            row = try_mutant(mutant, tests, log)
            if row[4] == "did not compile":
                continue
            rows.append(row)
            print(show(row), file=table, flush=True)
            print(show(row), flush=True)
        died = sum(row[4] == "killed" for row in rows)
        for out in (table, sys.stdout):
            print(f"\nseed {options.seed}: {died} of {len(rows)} mutants died", file=out, flush=True)
        build(log)  # as it was
    return died


def main():
    global JOBS
    JOBS = os.environ.get("JOBS") or str(os.cpu_count())
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=30)
    parser.add_argument("--least", type=int, default=0, help="exit code 1 when fewer die")
    parser.add_argument("--only", default="", help="mutants of files whose path holds this")
    parser.add_argument("--list", action="store_true", help="show the mutants of this seed, make none")
    options = parser.parse_args()
    found = mutants(ROOT)
    found = {kind: kept for kind in found if (kept := [m for m in found[kind] if options.only in str(m[0])])}
    if options.list:
        print({kind: len(found[kind]) for kind in sorted(found)})
        for (kind, path, start, end, new), _ in zip(drawn(found, options.seed), range(options.count)):
            number, old, changed = place_of((ROOT / path).read_text(), start, end, new)
            print(f"{path}:{number} {kind}\n  {old}\n  {changed}")
        return 0
    WORK.mkdir(parents=True, exist_ok=True)
    return series(options, found) < options.least


if __name__ == "__main__":
    sys.exit(main())
