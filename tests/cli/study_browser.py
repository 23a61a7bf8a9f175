"""Looks at the pages of a sweep and of a cohort in headless Chromium at two widths: scripts run, plots are
drawn, an arm is marked everywhere, the table can be sorted, nothing is loaded, no text is covered."""

import os
import shutil
import subprocess
import sys
import tempfile

ROOT = os.environ["PERCUTA_ROOT"]
sys.path.insert(0, os.path.join(ROOT, "tools"))
sys.path.insert(0, os.path.join(ROOT, "tests"))
from browser import Browser  # noqa: E402
from page import TROUBLE, failures, tell  # noqa: E402

PERCUTA = os.environ["PERCUTA"]
DESKTOP, PHONE = 1280, 420
SWEEP = ["sweep", os.path.join(ROOT, "examples/pen-face.yaml"), "--vary", "device.needle.length=1..2 mm by 0.5",
         "--vary", "course.interval=4 weeks,6 weeks", "--set", "course.sessions=2"]


def follow(*words):
    done = subprocess.run([PERCUTA, *words, "--quiet"], capture_output=True, text=True)
    tell(done.returncode == 0, f"percuta {words[0]}", done.stderr.splitlines())


def look(browser, page, name, width, figures):
    asked = browser.open(page, width)
    state = browser.run("({...document.body.dataset})")
    tell(not asked, f"{name}: loads nothing", asked)
    tell(state.get("ready") == "true" and "error" not in state and not browser.errors(),
         f"{name}: the script ran without errors", [state, *browser.errors()])
    drawn = browser.run("[...document.querySelectorAll('[data-figure]')].map(f => f.dataset.figure)")
    tell(drawn == figures and browser.run("document.querySelectorAll('.uplot').length") == len(figures),
         f"{name}: its plots", drawn)
    tell(browser.run("document.documentElement.scrollWidth") <= width, f"{name}: no wider than the window")
    browser.call("Emulation.setDeviceMetricsOverride", width=width, deviceScaleFactor=1, mobile=width < 600,
                 height=browser.run("document.documentElement.scrollHeight"))
    trouble = browser.run(TROUBLE)
    tell(not trouble, f"{name}: no text is covered, cut off or on another", trouble)
    empty = browser.run("document.body.innerText.match(/.*\\b(NaN|undefined|Infinity|nan|inf)\\b.*/g) || []")
    tell(not empty, f"{name}: every number is one", empty)


def first_cells(browser):
    return browser.run("[...document.querySelectorAll('#table tbody tr > :first-child')].map(c => c.textContent)")


def use(browser):
    before = first_cells(browser)
    browser.run("document.querySelector('#table thead button').click()")
    browser.run("document.querySelector('#table thead button').click()")
    tell(first_cells(browser) == sorted(before, key=lambda text: -float(text.split()[0])), "a head sorts the table",
         first_cells(browser))
    browser.run("document.querySelector('#table tbody tr').dispatchEvent(new MouseEvent('mouseenter'))")
    tell(browser.run("document.querySelectorAll('#table tr.marked').length") == 1, "an arm is marked")
    browser.run("(() => { const s = document.getElementById('outcome'); s.value = [...s.options].find("
                "o => o.textContent === 'pain_vas').value; s.dispatchEvent(new Event('change')); })()")
    titles = browser.run("[...document.querySelectorAll('.plot h3')].map(h => h.textContent)")
    tell(titles == ["pain_vas over device.needle.length [mm]"], "another outcome is drawn", titles)


def main():
    if os.environ.get("PERCUTA_SANITIZED", "0") == "1":
        print("ok nothing-else-to-see-under-sanitizers")
        return
    folder = tempfile.mkdtemp()
    try:
        sweep, cohort = os.path.join(folder, "sweep"), os.path.join(folder, "cohort")
        for name in ("cohort-acne-scar.yaml", "acne-scar.yaml"):
            shutil.copy(os.path.join(ROOT, "examples", name), folder)
        study = os.path.join(folder, "cohort-acne-scar.yaml")
        with open(study) as file:
            text = file.read().replace("people: 40", "people: 4").replace("Two needles", "<b>Two</b> needles")
        with open(study, "w") as file:
            file.write(text)
        follow(*SWEEP, "-o", sweep)
        follow("study", study, "-o", cohort)
        with Browser() as browser:
            for width in (DESKTOP, PHONE):
                look(browser, os.path.join(sweep, "report.html"), f"sweep at {width}", width, ["axis", "time"])
                look(browser, os.path.join(cohort, "report.html"), f"cohort at {width}", width,
                     ["time", "people", "pairs"])
            tell(browser.run("document.querySelector('h1').textContent").startswith("<b>Two</b>"),
                 "a title stays text")
            browser.open(os.path.join(sweep, "report.html"), DESKTOP)
            use(browser)
    finally:
        shutil.rmtree(folder)
    sys.exit(1 if failures() else 0)


main()
