#!/usr/bin/env python3
"""What documents take from runs: the README's picture, and numbers between the marks
<!-- quote NAME --> and <!-- end quote -->.

  tools/quotes.py           makes the runs and writes all of it anew (`make quotes`, some minutes)
  tools/quotes.py --check   makes them again, the demo on coarser cells, and prints a case for each (a test)

PERCUTA names the program, PERCUTA_ROOT the project.
"""
import csv
import json
import os
import pathlib
import re
import struct
import subprocess
import sys
import tempfile
import zlib

ROOT = pathlib.Path(os.environ.get("PERCUTA_ROOT", pathlib.Path(__file__).resolve().parent.parent))
PICTURE = ROOT / "docs/report.png"
WIDTH, HEIGHT = 1280, 1330  # CSS pixels of the picture
COARSE = ["--set", "model.patch.cell=160 um"]
# What coarser cells may move: of a number, and at least so much of one (per cent points, days).
SHARE, LEAST = 0.12, 0.2
KEY = b"Percuta"
END = "<!-- end quote -->"
CORES = (("koppenol", []), ("koppenol, crosslinks off", ["healing.crosslinks=off"]),
         ("pensalfini", ["healing.core=pensalfini"]),
         ("pensalfini, crosslinks off", ["healing.core=pensalfini", "healing.crosslinks=off"]))


class Run:
    """The result of one run: its timeline by column, its outcomes by name."""

    def __init__(self, folder, example, options=()):
        command = [os.environ.get("PERCUTA", str(ROOT / "build/percuta")), "run",
                   str(ROOT / "examples" / f"{example}.yaml"), "--quiet", "-o", str(folder), *options]
        subprocess.run(command, check=True)
        self.folder = folder
        with open(folder / "timeline.csv", newline="") as file:
            rows = list(csv.DictReader(file))
        self.column = {name: [float(row[name]) for row in rows] for name in rows[0]}
        summary = json.loads((folder / "summary.json").read_text())
        self.outcome = {item["name"]: item["value"] for item in summary["outcomes"] if "time" not in item}

    def on(self, name, day):
        """A column on a day at which there is a row, else between rows."""
        days, values = self.column["time_d"], self.column[name]
        for i in range(1, len(days)):
            if day <= days[i]:
                part = (day - days[i - 1]) / (days[i] - days[i - 1])
                return values[i - 1] + part * (values[i] - values[i - 1])
        return values[-1]

    def highest(self, name):
        values = self.column[name]
        return max(values), self.column["time_d"][values.index(max(values))]


def per_cent(relative):
    return f"{100 * (relative - 1):.1f} %".replace("-", "−")


def demo_collagen(runs):
    demo = runs["demo"]
    peak, day = demo.highest("collagen_total_rel")
    return (f"collagen first falls by what was cut, rises to {per_cent(peak)} above its value before by day {day:.0f}, "
            f"and is {per_cent(demo.on('collagen_total_rel', 180))} above it after six months")


def demo_interval(runs):
    low, high = (runs["demo"].column[f"collagen_total_rel_{end}"][-1] for end in ("low", "high"))
    return f"{per_cent(low)} to {per_cent(high)} after a year in the first example"


def fidelities(runs):
    peaks = [runs[name].highest("collagen_total_rel")[0] for name in ("column", "channel", "demo")]
    return "on the first-session example collagen peaks at {:.3f}, {:.3f} and {:.3f}".format(*peaks)


def cores(runs):
    lines = ["| | day 0 | 7 | 30 | 90 | 180 | 365 | highest | production at most | healed |",
             "|---|---|---|---|---|---|---|---|---|---|"]
    for name, _ in CORES:
        run = runs[name]
        peak, peak_day = run.highest("collagen_total_rel")
        made, made_day = run.highest("collagen_production_rel")
        cells = [f"{run.on('collagen_total_rel', day):.4f}" for day in (0, 7, 30, 90, 180, 365)]
        healed = next(d for d, h in zip(run.column["time_d"], run.column["healed"]) if h)
        lines.append(f"| {name} | " + " | ".join(cells) + f" | {peak:.4f}, day {peak_day:g} | {made:.2f}, day {made_day:g} "
                     f"| day {healed:g} |")
    return "\n" + "\n".join(lines) + "\n"


# Days of the clock of repair, and what rows of micro-wounds say of them.
CLOCK = ((0.25, ""), (1, ""), (2, "HSP47 absent (ANAL-019); vessels up (149)"),
         (4, "M1 over M2 more than 2 (124)"), (7, "HSP47 present (019)"), (14, ""),
         (28, "HSP47 highest (025); genes still changed (046)"), (90, "HSP47 raised, new elastic fibre (020, 028)"),
         (180, "HSP47 still high (026)"), (365, ""))


def clock(runs):
    run, before = runs["column"], runs["at once"]
    lines = ["| day | messenger | production | production, cells that answer at once | macrophages per mm³ | capillaries "
             "| elastic fibre | epidermis, µm | published |", "|---|---|---|---|---|---|---|---|---|"]
    for day, rows in CLOCK:
        cells = [f"{run.on('collagen_messenger_rel', day):.2f}", f"{run.on('collagen_production_rel', day):.2f}",
                 f"{before.on('collagen_production_rel', day):.2f}", f"{run.on('macrophages_per_mm3', day):.2f}",
                 f"{run.on('capillary_rel', day):.2f}", f"{run.on('elastin_rel', day):.3f}",
                 f"{run.on('epidermis_um', day):.1f}"]
        lines.append(f"| {day:g} | " + " | ".join(cells) + f" | {rows} |")
    return "\n" + "\n".join(lines) + "\n"


# Name, document, what it says, and whether it comes from the demo's own cells.
QUOTES = (("demo-collagen", "README.md", demo_collagen, True),
          ("demo-interval", "README.md", demo_interval, True),
          ("fidelities", "docs/theory/numerics.md", fidelities, True),
          ("cores", "docs/theory/pensalfini.md", cores, False),
          ("clock", "docs/theory/activation.md", clock, False))


def make_runs(folder, coarse):
    runs = {"demo": Run(folder / "demo", "first-session", COARSE if coarse else [])}
    for fidelity in ("column", "channel"):
        runs[fidelity] = Run(folder / fidelity, "first-session", ["--draws", "0", "--fidelity", fidelity])
    runs["at once"] = Run(folder / "at-once", "first-session",
                          ["--draws", "0", "--fidelity", "column", "--set", "healing.activation=off", "--set", "healing.latent=off"])
    for i, (name, settings) in enumerate(CORES):
        options = ["--draws", "0", "--set", "healing.core=koppenol"] + [word for s in settings for word in ("--set", s)]
        runs[name] = Run(folder / f"core{i}", "second-core", options)
    return runs


def find(text, name):
    """Where the quote's own text begins and ends."""
    mark = f"<!-- quote {name} -->"
    begin = text.index(mark) + len(mark)
    return begin, text.index(END, begin)


def shown(folder):
    """What the picture shows in words: answer, tiles, warnings, headings of the report."""
    page = (folder / "report.html").read_text()
    parts = re.findall(r'<p class="answer">(.*?)</p>|<div class="card">(.*?)</div>|<h2>(.*?)</h2>'
                       r'|<div class="notice warnings">(.*?)</ul>', page, re.S)
    texts = [re.sub(r"<[^>]*>", " ", "".join(part)) for part in parts]
    return [" ".join(t.replace("&nbsp;", " ").replace("~", " ").split()) for t in texts]


NUMBER = r"\d+(?:\.\d+)?"


def alike(old, new):
    """Whether two texts have the same words, and numbers as near as coarser cells leave them."""
    if re.sub(NUMBER, "#", old) != re.sub(NUMBER, "#", new):
        return False
    pairs = zip(re.findall(NUMBER, old), re.findall(NUMBER, new))
    return all(abs(float(a) - float(b)) <= max(LEAST, SHARE * float(a)) for a, b in pairs)


def chunks(png):
    place = 8
    while place < len(png):
        size, kind = struct.unpack(">I4s", png[place:place + 8])
        yield kind, png[place + 8:place + 8 + size]
        place += 12 + size


def write_picture(folder):
    sys.path.insert(0, str(ROOT / "tools"))
    from browser import Browser
    with Browser() as browser:
        browser.open(folder / "report.html", WIDTH)
        browser.picture(PICTURE, HEIGHT)
    png = PICTURE.read_bytes()
    body = b"iTXt" + KEY + b"\0\0\0\0\0" + json.dumps(shown(folder), ensure_ascii=False).encode()
    chunk = struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body))
    PICTURE.write_bytes(png[:33] + chunk + png[33:])  # after the header


def read_picture():
    """The words that were on the page when the picture was made."""
    for kind, body in chunks(PICTURE.read_bytes()):
        if kind == b"iTXt" and body.startswith(KEY + b"\0"):
            return json.loads(body[len(KEY) + 5:])
    return []


def check(runs):
    good = True
    for name, document, tell, coarse in QUOTES:
        text = (ROOT / document).read_text()
        begin, end = find(text, name)
        old, new = " ".join(text[begin:end].split()), " ".join(tell(runs).split())
        fine = alike(old, new) if coarse else old == new
        print(f"{'ok' if fine else 'not ok'} {document}: {name}" + ("" if fine else f"\n#  {old}\n#  {new}"))
        good &= fine
    old, new = read_picture(), shown(runs["demo"].folder)
    fine = len(old) == len(new) > 10 and all(map(alike, old, new))
    print(f"{'ok' if fine else 'not ok'} docs/report.png shows what the demo gives")
    for a, b in [] if fine else zip(old, new):
        print("" if alike(a, b) else f"#  {a}\n#  {b}")
    if not (good and fine):
        print("If this is meant: `make quotes`, and look at the difference.")
    return good and fine


def write(runs):
    for name, document, tell, _ in QUOTES:
        path = ROOT / document
        text = path.read_text()
        begin, end = find(text, name)
        path.write_text(text[:begin] + tell(runs) + text[end:])
    write_picture(runs["demo"].folder)


def main():
    if sys.argv[1:] not in ([], ["--check"]):
        sys.exit(__doc__)
    checking = sys.argv[1:] == ["--check"]
    with tempfile.TemporaryDirectory() as folder:
        runs = make_runs(pathlib.Path(folder), checking)
        if checking:
            return not check(runs)
        write(runs)
    return 0


if __name__ == "__main__":
    sys.exit(main())
