"""What tests of pages share: telling a case, texts that are covered or cut off, words on paper."""

import re
import subprocess

# What is wrong with the texts that can be seen: every line of text has a box.
TROUBLE = """(() => {
  const lines = [], trouble = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node; (node = walker.nextNode());) {
    const text = node.textContent.trim(), parent = node.parentElement;
    if (!text || parent.closest('script, style, title') || !parent.checkVisibility()) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const boxes = parent.closest('svg') ? [parent.getBoundingClientRect()] : [...range.getClientRects()];
    for (const b of boxes) if (b.width > 1 && b.height > 1) lines.push({ text, parent, b });
  }
  const say = (what, line) => trouble.push(`${what}: "${line.text.slice(0, 50)}"`);
  lines.sort((p, q) => p.b.top - q.b.top);
  lines.forEach((line, i) => {
    const b = line.b;
    for (let j = i + 1; j < lines.length && lines[j].b.top < b.bottom; ++j) {
      const o = lines[j].b;
      const across = Math.min(b.right, o.right) - Math.max(b.left, o.left);
      const down = Math.min(b.bottom, o.bottom) - Math.max(b.top, o.top);
      if (across > 2 && down > 0.25 * Math.min(b.height, o.height)) {
        say(`overlaps "${lines[j].text.slice(0, 50)}"`, line);
      }
    }
    const scroll = line.parent.closest('.scroll, .bib');
    if (b.left < -1 || (!scroll && b.right > innerWidth + 1)) say('beyond the page', line);
    for (let box = line.parent; box && box !== document.body; box = box.parentElement) {
      if (!(box instanceof SVGSVGElement) && getComputedStyle(box).overflow !== 'hidden') continue;
      const edge = box.getBoundingClientRect();
      if (b.left < edge.left - 1 || b.right > edge.right + 1 || b.top < edge.top - 1 || b.bottom > edge.bottom + 1) {
        say('cut off', line);
      }
    }
    if (scroll) return;
    const hit = document.elementFromPoint(b.left + b.width / 2, b.top + b.height / 2);
    const same = hit && (hit === line.parent || hit.contains(line.parent) || line.parent.contains(hit));
    if (!same && !(hit && hit.closest('.u-over, svg'))) say(`covered by ${hit && hit.tagName}.${hit && hit.className}`, line);
  });
  for (const bar of document.querySelectorAll('.colours canvas')) {
    const b = bar.getBoundingClientRect();
    if (!bar.checkVisibility()) continue;
    const hit = document.elementFromPoint(b.left + b.width / 2, b.top + b.height / 2);
    if (hit !== bar || b.height < 8 || b.width < 60) trouble.push('a colour bar is covered or too small');
  }
  return trouble;
})()"""

number = failed = 0


def tell(fine, name, details=()):
    global number, failed
    number += 1
    failed += not fine
    print(f"{'ok' if fine else 'not ok'} {number} - {name}", flush=True)
    for line in [] if fine else list(details)[:8]:
        print(f"#   {line}")


def failures():
    return failed


def words_on_paper(pdf):
    """For each page its size and the words as (text, left, top, right, bottom)."""
    text = subprocess.run(["pdftotext", "-bbox", pdf, "-"], check=True, capture_output=True, text=True).stdout
    for page in text.split("<page ")[1:]:
        size = [float(n) for n in re.findall(r'(?:width|height)="([\d.]+)"', page)[:2]]
        yield size, [(m[4], *map(float, m[:4])) for m in re.findall(
            r'<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*?)</word>', page)]


def overlapping(words):
    for i, (text, left, top, right, bottom) in enumerate(words):
        for other, left2, top2, right2, bottom2 in words[i + 1:]:
            across = min(right, right2) - max(left, left2)
            down = min(bottom, bottom2) - max(top, top2)
            halo = text == other and max(abs(left - left2), abs(top - top2)) < 3
            if not halo and across > 1 and down > 0.3 * min(bottom - top, bottom2 - top2):
                yield f'"{text}" and "{other}"'
