"""Looks at reports in headless Chromium at two widths and on paper: scripts run, every figure is there,
nothing is loaded, no text is covered, cut off or on another, and the page is no longer than it may be."""

import os
import subprocess
import sys
import tempfile

ROOT = os.environ["PERCUTA_ROOT"]
sys.path.insert(0, os.path.join(ROOT, "tools"))
sys.path.insert(0, os.path.join(ROOT, "tests"))
from browser import Browser  # noqa: E402
from page import TROUBLE, failures, overlapping, tell, words_on_paper  # noqa: E402

PERCUTA, BUILD = os.environ["PERCUTA"], os.environ["PERCUTA_BUILD"]
DESKTOP, PHONE = 1280, 420
TALLEST = 10450  # pixels of a report at DESKTOP
PAGES = 8        # of A4
MOST_BYTES = 3000000
FIELDS, TIMELINES = 6, 13  # of a run with one core of healing

def look(browser, report, name, width, fields, plots):
    """Opens the report at a width, first folded, then with everything unfolded."""
    asked = browser.open(report, width)
    browser.call("Emulation.setDeviceMetricsOverride", width=width, deviceScaleFactor=1, mobile=width < 600,
                 height=browser.run("document.documentElement.scrollHeight"))
    state = browser.run("({...document.body.dataset})")
    tell(not asked, f"{name}: loads nothing", asked)
    tell(state.get("ready") == "true" and "error" not in state and not browser.errors(),
         f"{name}: the script ran without errors", [state, *browser.errors()])
    figures = browser.run("[...document.querySelectorAll('[data-figure]')].map(f => f.dataset.figure)")
    tell(len(set(figures)) == len(figures) == 1 + fields + plots and state.get("figures") == str(len(figures)),
         f"{name}: a map, {fields} fields, {plots} plots", figures)
    drawn = browser.run("document.querySelectorAll('.uplot').length")
    tell(drawn == plots, f"{name}: every plot is drawn", [drawn])
    tell(browser.run("document.documentElement.scrollWidth") <= width, f"{name}: no wider than the window")
    trouble = browser.run(TROUBLE)
    tell(not trouble, f"{name}: no text is covered, cut off or on another", trouble)
    if width == DESKTOP:
        height = browser.run("document.documentElement.scrollHeight")
        tell(height <= TALLEST, f"{name}: not too long", [height])
    browser.run("document.querySelectorAll('details').forEach(d => { d.open = true; })")
    browser.run("new Promise(done => setTimeout(done, 300))")
    browser.call("Emulation.setDeviceMetricsOverride", width=width, deviceScaleFactor=1, mobile=width < 600,
                 height=browser.run("document.documentElement.scrollHeight"))
    trouble = browser.run(TROUBLE)
    tell(not trouble, f"{name}: nor when everything is unfolded", trouble)
    empty = browser.run("document.body.innerText.match(/.*\\b(NaN|undefined|Infinity)\\b.*/g) || []")
    tell(not empty, f"{name}: no number is missing", empty)


def print_out(browser, report, name, folder):
    pdf = os.path.join(folder, "report.pdf")
    browser.open(report, DESKTOP)
    browser.paper(pdf)
    pages = list(words_on_paper(pdf))
    tell(0 < len(pages) <= PAGES, f"{name}, on paper: at most {PAGES} pages", [len(pages)])
    tell(all(words for _, words in pages), f"{name}, on paper: no page is empty")
    trouble = [t for _, words in pages for t in overlapping(words)]
    tell(not trouble, f"{name}, on paper: no word is on another", trouble)
    beyond = [w for (width, height), words in pages for w in words
              if w[1] < 20 or w[2] < 20 or w[3] > width - 20 or w[4] > height - 20]
    tell(not beyond, f"{name}, on paper: no word is beyond the margins", beyond)


def check(browser, report, name, fields, plots, folder):
    with open(report, encoding="utf-8") as stream:
        text = stream.read()
    tell(len(text.encode()) < MOST_BYTES, f"{name}: smaller than 3 MB")
    tell("not medical advice" in text, f"{name}: says that it is not medical advice")
    for width in (DESKTOP, PHONE):
        look(browser, report, f"{name}, {width} px wide", width, fields, plots)
    print_out(browser, report, name, folder)
    sources = os.path.join(os.path.dirname(report), "sources.html")
    asked = browser.open(sources, DESKTOP)
    tell(not asked and browser.run("document.querySelectorAll('.sources tr').length") > 10,
         f"{name}: the page of sources stands alone", asked)


def run(name, folder, *options):
    out = os.path.join(folder, name)
    done = subprocess.run([PERCUTA, "run", *options, "-o", out, "--quiet"], capture_output=True, text=True)
    tell(done.returncode == 0, f"{name}: percuta run", done.stderr.splitlines())
    return os.path.join(out, "report.html")


def main():
    if os.environ.get("PERCUTA_SANITIZED", "0") == "1":
        print("ok nothing-else-to-see-under-sanitizers")
        return 0
    example = os.path.join(ROOT, "examples", "{}.yaml").format
    with tempfile.TemporaryDirectory() as folder, Browser() as browser:
        page = run("column", folder, example("first-session"), "--fidelity", "column")
        check(browser, page, "column", FIELDS, TIMELINES + 6, folder)
        page = run("patch", folder, example("first-session"), "--set", "model.patch.cell=160 um")
        check(browser, page, "patch", FIELDS, TIMELINES + 6, folder)
        page = run("scar", folder, example("acne-scar"), "--set", "model.patch.cell=250 um")
        check(browser, page, "scar", FIELDS, TIMELINES + 1, folder)
        page = run("eight products", folder, example("what-gets-in"))
        check(browser, page, "eight products", FIELDS, TIMELINES + 16, folder)
        # Of every compound a curve over time and levels over depth; excised skin has no course and no fields.
        page = run("cell", folder, example("franz-cell"))
        check(browser, page, "cell", 0, 4, folder)
        page = run("array", folder, example("patch-array"))
        check(browser, page, "array", FIELDS, TIMELINES + 6, folder)
        page = run("regimen", folder, example("minoxidil-twice-a-day"))
        check(browser, page, "regimen", FIELDS, TIMELINES + 4, folder)
        # Both cores' figures but no closing, two serums of a compound each, a cream's depth and level.
        page = os.path.join(folder, "report.html")
        done = subprocess.run([os.path.join(BUILD, "tests", "test_report")], capture_output=True,
                              env={**os.environ, "PERCUTA_KEEP_PAGE": page})
        tell(done.returncode == 0, "products: the unit test writes a page")
        look(browser, page, "products", DESKTOP, FIELDS + 2, TIMELINES + 4)
        look(browser, page, "products, narrow", PHONE, FIELDS + 2, TIMELINES + 4)
    return failures() > 0


if __name__ == "__main__":
    sys.exit(main())
