"""Looks at comparisons in headless Chromium at two widths and on paper: two rollers, one session against
three, and a trial of 24 arms. Scripts run, every run is in every plot and can be hidden, tables can be
sorted, nothing is loaded, no text is covered or cut off, strangers' texts stay texts."""

import os
import shutil
import subprocess
import sys
import tempfile

ROOT = os.environ["PERCUTA_ROOT"]
sys.path.insert(0, os.path.join(ROOT, "tools"))
sys.path.insert(0, os.path.join(ROOT, "tests"))
from browser import Browser  # noqa: E402
from page import TROUBLE, failures, overlapping, tell, words_on_paper  # noqa: E402

PERCUTA = os.environ["PERCUTA"]
DESKTOP, PHONE = 1280, 420
PLOTS = 15
ARMS = 24
KEPT = ("summary.json", "used_parameters.yaml", "timeline.csv", "report.html")


def run(folder, *options):
    done = subprocess.run([PERCUTA, "run", os.path.join(ROOT, "examples/cheek-rejuvenation.yaml"), *options,
                           "--fidelity", "column", "-o", folder, "--quiet"], capture_output=True, text=True)
    tell(done.returncode == 0, f"percuta run {os.path.basename(folder)}", done.stderr.splitlines())


def compare(page, *folders):
    done = subprocess.run([PERCUTA, "compare", *folders, "-o", page], capture_output=True, text=True)
    tell(done.returncode == 0, f"percuta compare {os.path.basename(page)}", done.stderr.splitlines())
    return os.path.join(page, "compare.html")


def whole(browser, width):
    browser.call("Emulation.setDeviceMetricsOverride", width=width, deviceScaleFactor=1, mobile=width < 600,
                 height=browser.run("document.documentElement.scrollHeight"))


def look(browser, page, name, width, runs):
    asked = browser.open(page, width)
    whole(browser, width)
    state = browser.run("({...document.body.dataset})")
    tell(not asked, f"{name}: loads nothing", asked)
    tell(state.get("ready") == "true" and "error" not in state and not browser.errors(),
         f"{name}: the script ran without errors", [state, *browser.errors()])
    figures = browser.run("[...document.querySelectorAll('[data-figure]')].map(f => f.dataset.figure)")
    drawn = browser.run("document.querySelectorAll('.uplot').length")
    tell(len(set(figures)) == drawn == PLOTS, f"{name}: {PLOTS} plots", figures)
    tell(browser.run("document.querySelectorAll('#key button[data-run]').length") == runs, f"{name}: a key to every run")
    tell(browser.run("document.documentElement.scrollWidth") <= width, f"{name}: no wider than the window")
    trouble = browser.run(TROUBLE)
    tell(not trouble, f"{name}: no text is covered, cut off or on another", trouble)
    browser.run("document.querySelectorAll('details').forEach(d => { d.open = true; })")
    browser.run("new Promise(done => setTimeout(done, 300))")
    whole(browser, width)
    trouble = browser.run(TROUBLE)
    tell(not trouble, f"{name}: nor when everything is unfolded", trouble)
    empty = browser.run("document.body.innerText.match(/.*\\b(NaN|undefined|Infinity|nan|inf)\\b.*/g) || []")
    tell(not empty, f"{name}: no number is missing", empty)


def print_out(browser, page, name, most, folder):
    pdf = os.path.join(folder, "compare.pdf")
    browser.open(page, DESKTOP)
    browser.paper(pdf)
    pages = list(words_on_paper(pdf))
    tell(0 < len(pages) <= most, f"{name}, on paper: at most {most} pages", [len(pages)])
    trouble = [t for _, words in pages for t in overlapping(words)]
    tell(not trouble, f"{name}, on paper: no word is on another", trouble)
    beyond = [w for (width, height), words in pages for w in words
              if w[1] < 20 or w[2] < 20 or w[3] > width - 20 or w[4] > height - 20]
    tell(not beyond, f"{name}, on paper: no word is beyond the margins", beyond)


def use(browser, page, runs):
    """Hides, shows and sorts."""
    browser.open(page, DESKTOP)
    pressed = "document.querySelectorAll('#key [aria-pressed=true]').length"
    browser.run("document.querySelector('#key [data-run=\"1\"]').click()")
    tell(browser.run(pressed) == runs - 1, "a run can be hidden")
    browser.run("[...document.querySelectorAll('#key .all')].find(b => b.textContent.includes('alone')).click()")
    tell(browser.run(pressed) == 1, "all but the baseline can be hidden")
    browser.run("[...document.querySelectorAll('#key .all')].find(b => b.textContent === 'show all').click()")
    tell(browser.run(pressed) == runs, "all can be shown again")
    browser.run("[...document.querySelectorAll('#key .all')].find(b => b.textContent.includes('last')).click()")
    tell(browser.run("document.querySelectorAll('.uplot').length") == PLOTS and not browser.errors() and browser.run(
        "[...document.querySelectorAll('#key .all')].some(b => b.textContent.includes('from the first'))"),
         "days can be counted from the last session, and back", browser.errors())
    values = "[...document.querySelectorAll('.sortable tbody')[0].rows].map(r => Number(r.cells[1].dataset.value))"
    browser.run("document.querySelectorAll('.sortable')[0].querySelectorAll('thead button')[1].click()")
    sorted_values = browser.run(values)
    tell(sorted_values == sorted(sorted_values, reverse=True), "a column can be sorted, the largest first", sorted_values)
    browser.run("document.querySelectorAll('.sortable')[0].querySelectorAll('thead button')[1].click()")
    tell(browser.run(values) == sorted(sorted_values), "and the smallest first")


def strange(browser, folder):
    """A title and a folder that would be script stay text."""
    folders = []
    for name in ("a <i>b", "c"):
        folders.append(os.path.join(folder, "strange", name))
        os.makedirs(folders[-1])
        for file in KEPT:
            shutil.copy(os.path.join(folder, "short", file), folders[-1])
    path = os.path.join(folders[0], "summary.json")
    with open(path, encoding="utf-8") as stream:
        text = stream.read()
    with open(path, "w", encoding="utf-8") as stream:
        stream.write(text.replace("Cheek rejuvenation", "</script><script>document.body.dataset.error='in'</script><b id='in'>"))
    page = compare(os.path.join(folder, "strange page"), *folders)
    browser.open(page, DESKTOP)
    tell(browser.run("document.getElementById('in') === null && document.body.dataset.error === undefined && "
                     "document.querySelector('main i') === null"), "strangers' texts are no elements")
    tell(browser.run("document.querySelector('.runs').innerText").count("</script>") == 2, "but are shown")


def main():
    if os.environ.get("PERCUTA_SANITIZED", "0") == "1":
        print("ok nothing-else-to-see-under-sanitizers")
        return 0
    with tempfile.TemporaryDirectory() as folder, Browser() as browser:
        place = lambda name: os.path.join(folder, name)  # noqa: E731
        run(place("short"), "--set", "device.preset=roller-192-0.5mm")
        run(place("long"))
        run(place("once"), "--set", "course.sessions=1")
        arms = []
        for sessions in (1, 3, 4, 6):
            for weeks in (4, 6, 8):
                for needle in ("1.5mm", "2.0mm"):
                    arms.append(place(f"trial/{sessions} × {weeks} weeks {needle}"))
                    run(arms[-1], "--set", f"course.sessions={sessions}", "--set", f"course.interval={weeks} weeks",
                        "--set", f"device.preset=roller-192-{needle}", "--set", "course.follow_up=20 months")
        for name, most, folders in (("two rollers", 2, [place("short"), place("long")]),
                                    ("one against three", 2, [place("once"), place("long")]),
                                    ("24 arms", 6, arms)):
            page = compare(place(name), *folders)
            for width in (DESKTOP, PHONE):
                look(browser, page, f"{name}, {width} px wide", width, len(folders))
            print_out(browser, page, name, most, folder)
        use(browser, page, ARMS)
        strange(browser, folder)
    return failures() > 0


sys.exit(main())
