#!/usr/bin/python3
"""Percuta beside its peers on the reference problems, and its own runs: one table.

    bench/compare.py BUILD [--write FILE | --runs FILE | --startup FILE | --studies FILE | --methods FILE] [--rounds N]

Programs alternate, round by round, so that a machine that slows down slows all of them. The best round
counts. Whatever a peer cannot do here is said in the table.
"""
import argparse
import json
import os
import pathlib
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
# Seconds to 1 % on R1 with 2 threads as recorded elsewhere, on a machine whose triad gave 28.6 GB/s.
RECORDED_TRIAD = 28.6
RECORDED = {"asmelko's solvers": 0.067, "paraBioFVM": 0.38, "BioFVM 1.0.4": 1.90, "PhysiCell 1.14.2": 2.85}
# Bytes that a pair of steps cannot avoid moving, per cell and substrate (bench/README.md).
FIELDS = 18  # of the demo's state
BYTES = {"row": 32, "cell": 96, "r2": 176 / 3}


class Bench:
    def __init__(self, build, scratch):
        self.build = build
        self.scratch = scratch
        self.env = dict(os.environ, OMPI_ALLOW_RUN_AS_ROOT="1", OMPI_ALLOW_RUN_AS_ROOT_CONFIRM="1")

    def run(self, command, timeout=240, threads=None):
        """The JSON line a program prints, or a dict with `failed`."""
        env = dict(self.env)
        if threads:
            env["OMP_NUM_THREADS"] = env["NUMBA_NUM_THREADS"] = str(threads)
        try:
            done = subprocess.run([str(c) for c in command], env=env, capture_output=True, text=True,
                                  timeout=timeout, cwd=ROOT)
        except subprocess.TimeoutExpired:
            return {"failed": f"took more than {timeout} s"}
        except OSError as error:
            return {"failed": error.strerror}
        for line in done.stdout.splitlines():
            if line.startswith("{"):
                return json.loads(line)
        said = (done.stderr.strip() or done.stdout.strip() or "nothing").splitlines()[-1]
        return {"failed": said[:120]}

    def percuta(self, *arguments, **how):
        return self.run([self.build / "percuta_bench", *arguments], **how)

    def peer(self, name, *arguments, **how):
        script = ROOT / "bench" / "peers" / name
        return self.run([script, *arguments], **how)


def best(results):
    """The fastest of the runs that worked, else the first failure."""
    worked = [r for r in results if "failed" not in r]
    return min(worked, key=lambda r: r["seconds"]) if worked else results[0]


def alternate(programs, rounds):
    """{name: best result}; a slow program runs in the first round only."""
    results = {name: [] for name in programs}
    for _ in range(rounds):
        for name, call in programs.items():
            earlier = results[name]
            if earlier and ("failed" in earlier[0] or earlier[0]["seconds"] > 20):
                continue
            results[name].append(call())
    return {name: best(found) for name, found in results.items()}


def machine():
    cpu = re.search(r"model name\s*:\s*(.*)", pathlib.Path("/proc/cpuinfo").read_text())
    memory = re.search(r"MemTotal:\s*(\d+)", pathlib.Path("/proc/meminfo").read_text())
    return f"{cpu.group(1) if cpu else 'unknown processor'}, {os.cpu_count()} cores, " \
           f"{int(memory.group(1)) / 1e6:.0f} GB"


def number(value, digits=3):
    return f"{value:.{digits}g}"


def verdict(value, limit, at_most=True):
    met = value <= limit if at_most else value >= limit
    return "met" if met else "**missed**"


def steps_table(bench, triad, rounds, out):
    out += ["", "## A step, per cell and substrate", "",
            "R1, 10⁶ cells, Crank–Nicolson. *Of the limit*: the time that the bytes of a step need at the "
            "measured triad, over the time taken; above 100 % when the last cache holds the fields.", "",
            "| diffusivity | substrates | 1 thread | 2 threads | second core | of the limit | target |",
            "|---|---|---|---|---|---|---|"]
    cases = [("by layer", n, []) for n in (1, 4, 8)] + [("by cell", n, ["--by-cell"]) for n in (1, 4)]
    programs = {}
    for kind, count, more in cases:
        for threads in (1, 2):
            programs[kind, count, threads] = lambda c=count, m=more, t=threads: bench.percuta(
                "--problem", "r1", "--steps", 20, "--substrates", c, *m, "--threads", t)
    found = alternate(programs, rounds)
    for kind, count, _ in cases:
        one, two = found[kind, count, 1]["ns_per"], found[kind, count, 2]["ns_per"]
        limit = BYTES["row" if kind == "by layer" else "cell"] / 2 / triad["all_GB_s"]
        target = 2.0 if kind == "by layer" else 4.5
        out.append(f"| {kind} | {count} | {one:.2f} ns | {two:.2f} ns | {one / two:.2f}× | "
                   f"{100 * limit / two:.0f} % | ≤ {target} ns: {verdict(two, target)} |")
    memory = max(found["by layer", n, 2]["bytes_per"] for n in (4, 8))
    coefficients = found["by cell", 1, 2]["coefficient_bytes_per"]
    out += ["", f"Memory: {memory:.1f} bytes per cell and substrate (target ≤ 20: {verdict(memory, 20)}), besides "
            f"coefficients: next to none by layer, {coefficients:.0f} bytes a cell when every cell has its own."]
    return found


def problem_table(bench, name, title, percuta, peers, targets, triad, rounds, out, limit_bytes):
    programs = {"Percuta": percuta, **peers}
    found = alternate(programs, rounds)
    ours = found["Percuta"]
    limit = limit_bytes * ours["cells"] * ours["substrates"] * ours["steps"] / 2 / triad["all_GB_s"] * 1e-9
    out += ["", f"## {title}", "",
            "| program | method | threads | steps | error | least value | seconds | Percuta is faster by | target |",
            "|---|---|---|---|---|---|---|---|---|"]
    for program, result in found.items():
        if "failed" in result:
            out.append(f"| {program} | did not run: {result['failed']} | | | | | | | |")
            continue
        ratio = result["seconds"] / ours["seconds"]
        if program == "Percuta":
            last = f"≤ {targets[program]} s: {verdict(ours['seconds'], targets[program])}" if program in targets else ""
            faster = f"({100 * limit / ours['seconds']:.0f} % of the limit)"
        else:
            last = f"≥ {targets[program]}×: {verdict(ratio, targets[program], False)}" if program in targets else ""
            faster = f"{ratio:.3g}×"
        part = result.get("scaled_from")
        scaled = f" (from {part} steps)" if part else ""
        error = f"{100 * result['error']:.2f} %" if result.get("error") is not None else "see bench/peers"
        out.append(f"| {program} | {result['method']} | {result['threads']} | {result['steps']} | "
                   f"{error} | {result['min']:.1e} | {number(result['seconds'])}{scaled} | "
                   f"{faster} | {last} |")
    return found


def recorded_table(ours, triad, out):
    scaled = ours["seconds"] * triad["all_GB_s"] / RECORDED_TRIAD
    out += ["", "Recorded elsewhere (not run here), on a machine whose triad gave "
            f"{RECORDED_TRIAD} GB/s. Percuta's time scaled to that bandwidth: {number(scaled)} s.", "",
            "| program (recorded) | seconds | Percuta is faster by |", "|---|---|---|"]
    out += [f"| {name} | {seconds} | {seconds / scaled:.3g}× |" for name, seconds in RECORDED.items()]


# What each method needs to reach 1 %, found by trying: its own best step or tolerance.
KRYLOV = [("Krylov, no preconditioner", "none"), ("Krylov, GAMG multigrid", "gamg"), ("Krylov, hypre multigrid", "hypre")]
METHODS = {
    "r1": ("R1", [("LOD, Crank–Nicolson", ["--steps", 4])],
           ["-steps", 6, "-tolerance", "1e-4"], "3e-3", []),
    "r2": ("R2 on 50³ cells", [("LOD, Crank–Nicolson", ["--steps", 148, "--cells", 50])],
           ["-steps", 148, "-tolerance", "1e-5", "-cells", 50], "1.8e-3", ["-steps", 148, "-cells", 50]),
    "r3": ("R3", [("LOD, Crank–Nicolson", ["--steps", 48])],
           ["-steps", 6, "-two_stage", "-tolerance", "1e-4"], None, None),
    "d": ("the demo's signal, a day", [("LOD, two-stage", ["--steps", 4, "--scheme", "two-stage"])],
          ["-steps", 4, "-two_stage", "-tolerance", "1e-5"], "1.5e-4", []),
}


def methods_table(bench, references, out):
    """Every method on every problem, one thread, once."""
    out += ["| problem | method | steps | iterations | error | least value | seconds |", "|---|---|---|---|---|---|---|"]
    for problem, (title, lods, krylov, rosw, fastdiag) in METHODS.items():
        reference = references.get(problem)
        ours = ["--reference", reference] if reference else []
        theirs = ["-problem", problem, *(["-reference", reference] if reference else [])]
        program = bench.build / "percuta_methods"
        runs = [(name, lambda a=arguments: bench.percuta("--problem", problem, *a, *ours, "--threads", 1))
                for name, arguments in lods]
        runs += [(name, lambda k=pc: bench.run([program, *theirs, "-method", "krylov", "-pc", k, *krylov], threads=1))
                 for name, pc in KRYLOV]
        if rosw:
            cells = krylov[-2:] if problem == "r2" else []
            runs.append(("Rosenbrock-W, split inverse",
                         lambda: bench.run([program, *theirs, "-method", "rosw", "-tolerance", rosw, *cells], threads=1)))
        if fastdiag is not None:
            runs.append(("fast diagonalisation", lambda: bench.run([program, *theirs, "-method", "fastdiag", *fastdiag],
                                                                   threads=1)))
        for name, call in runs:
            result = call()
            if "failed" in result:
                out.append(f"| {title} | {name} | did not run: {result['failed']} | | | | |")
                continue
            out.append(f"| {title} | {name} | {result['steps']} | {result.get('iterations') or ''} | "
                       f"{100 * result['error']:.2g} % | {result['min']:.1e} | {number(result['seconds'])} |")


def course(bench, ranks, threads, *settings):
    """The cost block of one run of the first session."""
    folder = bench.scratch / "run"
    launch = [] if ranks == 1 else ["mpiexec", "--oversubscribe", "-n", str(ranks)]
    start = time.monotonic()
    done = subprocess.run([*launch, bench.build / "percuta", "run", ROOT / "examples" / "first-session.yaml",
                           "-o", folder, "--quiet", "--force", *settings],
                          env=dict(bench.env, OMP_NUM_THREADS=str(threads)), capture_output=True, text=True)
    wall = time.monotonic() - start
    if done.returncode:
        return {"failed": done.stderr.strip().splitlines()[-1][:120]}
    cost = json.loads((folder / "summary.json").read_text())["cost"]
    subprocess.run(["rm", "-rf", folder], check=True)
    return {**cost, "wall": wall}


def runs_table(bench, triad, out):
    wide = ["--set", "model.patch.width=3 mm", "--set", "model.patch.cell=24 um"]
    # name, processes, threads, settings, at most [s]
    cases = [("column, a year", 1, 1, ["--fidelity", "column"], 0.25),
             ("channel, a year", 1, 1, ["--fidelity", "channel"], None),
             ("demo patch, a year", 1, 1, [], 6), ("demo patch, a year", 1, 2, [], 4),
             ("demo patch, a year", 2, 1, [], 4),
             ("10⁶ cells, a year", 1, 2, wide, 45)]
    out += ["", "## Runs of Percuta", "",
            "`examples/first-session.yaml`. *Solving* is what solvers take, for healing, the clot and products; *all* "
            "is the command, with loading, strikes, results and report, which the target is for. *Passes* are the state's "
            "bytes over the measured triad: how often a step could have read or written all of it in its time.", "",
            "| run | processes × threads | cells | steps | solving | all | ns per cell and step | passes | memory | target |",
            "|---|---|---|---|---|---|---|---|---|---|"]
    for name, ranks, threads, settings, target in cases:
        cost = course(bench, ranks, threads, *settings)
        if "failed" in cost:
            out.append(f"| {name} | {ranks} × {threads} | did not run: {cost['failed']} | | | | | | | |")
            continue
        last = f"≤ {target} s: {verdict(cost['wall'], target)}" if target else ""
        each = cost["solve_s"] / cost["cells"] / cost["steps"]
        speed = triad["one_GB_s"] if ranks * threads == 1 else triad["all_GB_s"]
        passes = each * 1e9 * speed / (8 * FIELDS)
        out.append(f"| {name} | {ranks} × {threads} | {cost['cells']} | {cost['steps']} | {number(cost['solve_s'])} s | "
                   f"{number(cost['wall'])} s | {1e9 * each:.0f} | {passes:.0f} | {cost['peak_memory_MB']:.0f} MB | {last} |")


STEPPERS = {"own": "Percuta's own", "rosw": "PETSc TSROSW, the same method", "arkimex": "PETSc TSARKIMEX",
            "arkode": "SUNDIALS ARKODE"}


def stepper(bench, method, tolerance, days, reference, *settings):
    return bench.run([bench.build / "percuta_stepping", ROOT / "examples" / "first-session.yaml", method,
                      tolerance, days, reference, *settings], threads=1)


def stepping_table(bench, rounds, out):
    """Steppers on the demo's own right-hand side: same state, same inverse, the error of each."""
    out += ["", "## Time steppers", "",
            "The first session's healing, from just after the strikes: the same right-hand side, the same split inverse, one "
            "thread. *Error* is the root mean square over what a tolerance of one would allow, beside Percuta's own at 1e-6. "
            "For each peer the loosest tolerance of 1e-2, 1e-3, 1e-4 with an error not above Percuta's own.", "",
            "| job | stepper | tolerance | steps | error | seconds | times Percuta's |", "|---|---|---|---|---|---|---|"]
    jobs = [("rings, 60 days", "60", ("own", "rosw", "arkimex"), ["model.fidelity=channel"]),
            ("rings, a day", "1", ("own", "arkode"), ["model.fidelity=channel"]),
            ("demo patch, 10 days", "10", ("own", "rosw"), [])]
    for title, days, methods, settings in jobs:
        reference = bench.scratch / f"stepping-{days}.bin"
        stepper(bench, "own", "1e-6", days, reference, *settings)
        limit = stepper(bench, "own", "1e-3", days, reference, *settings).get("error")
        chosen = {}
        for method in methods:
            for tolerance in ("1e-2", "1e-3", "1e-4"):
                if method == "own" and tolerance != "1e-3":
                    continue
                found = stepper(bench, method, tolerance, days, reference, *settings)
                chosen[method] = tolerance
                if "failed" in found or found["error"] <= limit * 1.01:
                    break
        found = alternate({method: (lambda m=method, t=tolerance: stepper(bench, m, t, days, reference, *settings))
                           for method, tolerance in chosen.items()}, rounds)
        for method, result in found.items():
            if "failed" in result:
                out.append(f"| {title} | {STEPPERS[method]} | {chosen[method]} | did not run: {result['failed']} | | | |")
                continue
            ratio = result["seconds"] / found["own"]["seconds"]
            out.append(f"| {title} | {STEPPERS[method]} | {chosen[method]} | {result['steps']} | {result['error']:.1e} | "
                       f"{number(result['seconds'])} | {'' if method == 'own' else number(ratio, 2)} |")


def permeation_table(bench, rounds, out):
    """One day of permeation in every fidelity; bench/permeation.c says of what."""
    out += ["", "## Permeation, one day", "",
            "A dose washed off and put on again, 48 outputs. *Intact* and *column* are layers without and with "
            "bores; the patch has 40 by 40 columns and 4 bores.", "",
            "| fidelity | time | steps | amounts balance to | target |", "|---|---|---|---|---|"]
    for fidelity, target in (("intact", 0.05), ("column", 0.05), ("channel", 1), ("patch", 5)):
        tries = 1 if fidelity == "patch" else rounds
        found = best([bench.run([bench.build / "percuta_permeation", fidelity]) for _ in range(tries)])
        if "failed" in found:
            out.append(f"| {fidelity} | did not run: {found['failed']} | | | |")
            continue
        last = f"≤ {target} s: {verdict(found['seconds'], target)}" if target else ""
        out.append(f"| {fidelity} | {number(found['seconds'])} s | {found['steps']} | {found['balance']:.0e} | {last} |")


def shortest(command, rounds, **how):
    """Least wall time and least processor time of a command [ms]; None when it fails."""
    wall, used = [], []
    for _ in range(rounds):
        before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
        if subprocess.run([str(c) for c in command], capture_output=True, **how).returncode != 0:
            return None
        wall.append(1e3 * (time.monotonic() - start))
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        used.append(1e3 * (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime))
    return min(wall), min(used)


def startup_table(bench, rounds, out):
    """What comes before a course of one column is solved, and beside it."""
    percuta, year = bench.build / "percuta", ["--fidelity", "column", "--set", "course.follow_up=12 months"]
    cheek = ROOT / "examples" / "cheek-rejuvenation.yaml"
    pen = ROOT / "examples" / "pen-face.yaml"
    cases = [("`percuta --version`", [percuta, "--version"], None),
             ("`percuta check`", [percuta, "check", cheek], None),
             ("roller, one session, a year", [percuta, "run", cheek, "--set", "course.sessions=1", *year], 300),
             ("roller, three sessions, a year", [percuta, "run", cheek, *year], 300),
             ("pen, one session, a year", [percuta, "run", pen, *year], 300)]
    out += [f"Machine: {machine()}.", "",
            f"Whole commands, from the shell and back, with results and report; the least of {rounds} times. *Busy*: "
            "time of the processor, which says more where the machine is not quiet.", "",
            "| command | wall | busy | target |", "|---|---|---|---|"]
    for name, command, target in cases:
        if command[1] == "run":
            command = [*command, "--quiet", "--force", "-o", bench.scratch / "run"]
        found = shortest(command, rounds, env=bench.env, cwd=ROOT)
        if found is None:
            out.append(f"| {name} | did not run | | |")
            continue
        last = f"≤ {target} ms: {verdict(found[0], target)}" if target else ""
        out.append(f"| {name} | {found[0]:.0f} ms | {found[1]:.0f} ms | {last} |")
    courses = [("roller, one session", cheek, ["course.sessions=1"], 2), ("roller, three sessions", cheek, [], None),
               ("roller, eight sessions", ROOT / "examples" / "forearm-home-roller.yaml", [], None),
               ("pen, one session", pen, [], None), ("roller on wrinkles, three", ROOT / "examples" / "wrinkle.yaml", [], None)]
    out += ["", "One course after another in one process (`percuta_courses`), on a column for a year, nothing on the skin "
            "and nothing written: the least of 40, in milliseconds. *Solving* is the clot's reactions and the steps of "
            "healing; *all else* is everything from making the run, *making* among it, to destroying it.", "",
            "| course | strikes a session | reading the scenario | clot | steps | making | all else | target |",
            "|---|---|---|---|---|---|---|---|"]
    starts = []
    for name, scenario, settings, target in courses:
        found = bench.run([bench.build / "percuta_courses", scenario, 40, "model.fidelity=column",
                           "course.follow_up=12 months", *settings])
        if "failed" in found:
            out.append(f"| {name} | did not run: {found['failed']} | | | | | | |")
            continue
        starts.append(found)
        last = f"≤ {target} ms: {verdict(found['rest'], target)}" if target else ""
        out.append(f"| {name} | {found['strikes']} | {found['read']} | {found['clot']} | {found['solvers']} | "
                   f"{found['create']} | {found['rest']} | {last} |")
    if starts:
        out += ["", f"Once in a process: MPI and PETSc start in {min(s['start'] for s in starts):.0f} ms, the catalogue is "
                f"opened in {min(s['catalogue'] for s in starts):.0f} ms."]


def studies_table(bench, out):
    """Runs an hour of a sweep, a cohort and a trial, of few runs each, and what the store costs."""
    percuta, examples = bench.build / "percuta", ROOT / "examples"
    few = bench.scratch / "studies"
    few.mkdir()
    shutil.copy(examples / "acne-scar.yaml", few)
    for name, people in (("cohort-acne-scar", 60), ("trial-acne-scar", 10)):
        text = re.sub(r"people: \d+", f"people: {people}", (examples / f"{name}.yaml").read_text())
        (few / f"{name}.yaml").write_text(text)
    cases = [("sweep of `pen-face`, 120 lengths", 120, [percuta, "sweep", examples / "pen-face.yaml", "--vary",
                                                       "device.needle.length=1..2.19 mm by 0.01"]),
             ("`cohort-acne-scar`, 60 people, four sessions", 120, [percuta, "study", few / "cohort-acne-scar.yaml"]),
             ("`trial-acne-scar`, 10 people, three and six sessions", 120, [percuta, "study", few / "trial-acne-scar.yaml"])]
    cores = os.cpu_count()
    out += [f"Machine: {machine()}.", "",
            "Whole commands at study fidelity, with every row in the store, the table and the page. *An hour*: runs an hour by "
            f"the clock and, where the machine is not quiet, as many as {cores} cores would do in the time the processor was busy.",
            "", "| study | runs | wall | busy | runs an hour | by busy time | bytes a run | target |",
            "|---|---|---|---|---|---|---|---|"]
    for name, runs, command in cases:
        place = bench.scratch / "study"
        found = shortest([*command, "--quiet", "--force", "-o", place], 1, env=bench.env, cwd=ROOT)
        if found is None:
            out.append(f"| {name} | did not run | | | | | | |")
            continue
        wall, busy = (1e-3 * value for value in found)
        rate = 3600 * runs * cores / busy
        out.append(f"| {name} | {runs} | {wall:.1f} s | {busy:.1f} s | {3600 * runs / wall:,.0f} | {rate:,.0f} | "
                   f"{(place / 'study.sqlite').stat().st_size / runs:,.0f} | ≥ 30,000: {verdict(rate, 30000, at_most=False)} |")


def write(path, lines, name):
    """Prints, and puts the lines between the marks `name` of a page."""
    text = "\n".join(lines) + "\n"
    print(text)
    if path:
        start, end = f"<!-- {name} -->\n", f"<!-- /{name} -->\n"
        before, rest = path.read_text().split(start, 1)
        fresh = path.with_suffix(".tmp")
        fresh.write_text(before + start + text + end + rest.split(end, 1)[1])
        fresh.replace(path)
    return 0


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("build", type=pathlib.Path)
    parser.add_argument("--write", type=pathlib.Path, help="Markdown file for the tables")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--methods", type=pathlib.Path, help="instead: the choice of method, into this file")
    parser.add_argument("--startup", type=pathlib.Path, help="instead: start-up and one course, into this file")
    parser.add_argument("--studies", type=pathlib.Path, help="instead: studies, into this file")
    parser.add_argument("--runs", type=pathlib.Path, help="instead: whole runs and time steppers, into this file")
    given = parser.parse_args()
    start = time.monotonic()
    out = []
    with tempfile.TemporaryDirectory() as scratch:
        bench = Bench(given.build.resolve(), pathlib.Path(scratch))
        if given.startup:
            startup_table(bench, 20, out)
            return write(given.startup, out, "start-up")
        if given.studies:
            studies_table(bench, out)
            return write(given.studies, out, "studies")
        triad = bench.run([bench.build / "percuta_triad"])
        if given.runs:
            out += [f"Machine: {machine()}. Triad: {triad['one_GB_s']:.1f} GB/s with 1 thread, "
                    f"{triad['all_GB_s']:.1f} GB/s with {triad['threads']}."]
            runs_table(bench, triad, out)
            stepping_table(bench, given.rounds, out)
            return write(given.runs, out, "runs")
        r2, r3 = bench.scratch / "r2.bin", bench.scratch / "r3.bin"
        if not given.methods:
            bench.percuta("--problem", "r2", "--steps", 960, "--write", r2)
        bench.percuta("--problem", "r3", "--steps", 480, "--scheme", "two-stage", "--write", r3)
        if given.methods:
            signal = bench.scratch / "d.bin"
            bench.percuta("--problem", "d", "--steps", 2000, "--scheme", "two-stage", "--write", signal)
            out += [f"Machine: {machine()}, one thread.", ""]
            bench.percuta("--problem", "r2", "--cells", 50, "--steps", 1200, "--write", r2)
            methods_table(bench, {"r2": r2, "r3": r3, "d": signal}, out)
            return write(given.methods, out, "methods")
        out += [f"Machine: {machine()}. Triad: {triad['one_GB_s']:.1f} GB/s with 1 thread, "
                f"{triad['all_GB_s']:.1f} GB/s with {triad['threads']}. Double precision."]
        permeation_table(bench, given.rounds, out)
        steps_table(bench, triad, given.rounds, out)
        found = problem_table(
            bench, "r1", "R1: a Gaussian spreads and decays, to 1 %",
            lambda: bench.percuta("--problem", "r1", "--steps", 4),
            {"Numba": lambda: bench.peer("numba_lod.py", "--problem", "r1"),
             "SciPy": lambda: bench.peer("scipy_lod.py", "--problem", "r1"),
             "PETSc": lambda: bench.peer("petsc_cn.sh", "--problem", "r1"),
             "dolfinx": lambda: bench.peer("dolfinx_fem.py", "--problem", "r1")},
            {"Percuta": 0.020, "Numba": 2, "PETSc": 50, "dolfinx": 120}, triad, given.rounds, out, BYTES["row"])
        recorded_table(found["Percuta"], triad, out)
        problem_table(
            bench, "r2", "R2: reaction and diffusion for 30 days, to 1 %",
            lambda: bench.percuta("--problem", "r2", "--steps", 142, "--reference", r2),
            {"Numba": lambda: bench.peer("numba_lod.py", "--problem", "r2", "--reference", r2),
             "SciPy": lambda: bench.peer("scipy_lod.py", "--problem", "r2", "--reference", r2),
             "dolfinx": lambda: bench.peer("dolfinx_fem.py", "--problem", "r2", "--run-steps", 4)},
            {"Percuta": 1.5, "Numba": 2, "SciPy": 17, "dolfinx": 130}, triad, given.rounds, out, BYTES["r2"])
        problem_table(
            bench, "r3", "R3: a sharp-edged channel in layers, to 1 %, nothing below zero",
            lambda: bench.percuta("--problem", "r3", "--steps", 48, "--reference", r3),
            {"SciPy": lambda: bench.peer("scipy_lod.py", "--problem", "r3", "--reference", r3),
             "Numba": lambda: bench.peer("numba_lod.py", "--problem", "r3", "--reference", r3),
             "dolfinx": lambda: bench.peer("dolfinx_fem.py", "--problem", "r3", "--run-steps", 4)},
            {"SciPy": 10, "dolfinx": 10}, triad, given.rounds, out, BYTES["cell"])
    out += ["", f"All of this took {time.monotonic() - start:.0f} s."]
    return write(given.write, out, "measured")


sys.exit(main())
