"""Looks at sheets of devices in headless Chromium at two widths, in the dark and on paper, as report_browser.py does at
reports."""

import os
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import report_browser as report  # noqa: E402

DEVICES = ("roller-192-1.5mm", "roller-home-0.25mm", "pen-36-1.5mm", "stamp-540-0.5mm")
PAGES = 5  # of A4


def look(browser, page, name, width, dark=False):
    asked = browser.open(page, width, dark=dark)
    report.tell(not asked, f"{name}: loads nothing", asked)
    report.tell(browser.run("document.documentElement.scrollWidth") <= width, f"{name}: no wider than the window")
    browser.call("Emulation.setDeviceMetricsOverride", width=width, deviceScaleFactor=1, mobile=width < 600,
                 height=browser.run("document.documentElement.scrollHeight"))
    trouble = browser.run(report.TROUBLE)
    report.tell(not trouble, f"{name}: no text is covered, cut off or on another", trouble)
    empty = browser.run("document.body.innerText.match(/.*\\b(NaN|undefined|Infinity|inf)\\b.*/g) || []")
    report.tell(not empty, f"{name}: no number is missing", empty)
    bars = browser.run("""[...document.querySelectorAll('.bar i, .bar b')].filter(mark => {
      const box = mark.getBoundingClientRect(), all = mark.parentElement.getBoundingClientRect();
      return mark.checkVisibility() && (box.right > all.right + 6 || box.left < all.left - 6); }).length""")
    report.tell(bars == 0, f"{name}: no bar is longer than the needle", [bars])


def print_out(browser, page, name, folder):
    pdf = os.path.join(folder, "sheet.pdf")
    browser.open(page, report.DESKTOP)
    browser.paper(pdf)
    pages = list(report.words_on_paper(pdf))
    report.tell(0 < len(pages) <= PAGES, f"{name}, on paper: at most {PAGES} pages", [len(pages)])
    trouble = [t for _, words in pages for t in report.overlapping(words)]
    report.tell(not trouble, f"{name}, on paper: no word is on another", trouble)
    beyond = [w for (width, height), words in pages for w in words
              if w[1] < 20 or w[2] < 20 or w[3] > width - 20 or w[4] > height - 20]
    report.tell(not beyond, f"{name}, on paper: no word is beyond the margins", beyond)


def main():
    if os.environ.get("PERCUTA_SANITIZED", "0") == "1":
        print("ok nothing-else-to-see-under-sanitizers")
        return 0
    with tempfile.TemporaryDirectory() as folder, report.Browser() as browser:
        for device in DEVICES:
            done = subprocess.run([report.PERCUTA, "device", device, "-o", folder], capture_output=True, text=True)
            report.tell(done.returncode == 0, f"{device}: percuta device", done.stderr.splitlines())
            page = os.path.join(folder, "device.html")
            for width in (report.DESKTOP, report.PHONE):
                look(browser, page, f"{device}, {width} px wide", width)
            print_out(browser, page, device, folder)
        look(browser, page, f"{DEVICES[-1]}, in the dark", report.DESKTOP, dark=True)
    return report.failures() > 0


if __name__ == "__main__":
    sys.exit(main())
