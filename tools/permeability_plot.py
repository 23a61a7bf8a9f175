#!/usr/bin/python3
"""Draws docs/permeability.svg, predicted against measured log10 Kp of intact skin, from the CSV file of
`percuta validate --stage barrier --csv FILE`. Usage: tools/permeability_plot.py FILE OUT.svg"""
import csv
import sys
from xml.sax.saxutils import escape

LOW, HIGH, LEFT, TOP, SIZE = -9.6, -3.2, 70, 60, 520
INK, SOFT, GRID, BLUE, ORANGE = '#1b1b1b', '#5c5c5c', '#e4e4e4', '#2563a8', '#b45309'


def place(measured, predicted):
    step = SIZE / (HIGH - LOW)
    return LEFT + (measured - LOW) * step, TOP + SIZE - (predicted - LOW) * step


def text(x, y, words, anchor='middle', size=13, colour=INK, more=''):
    return (f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-size="{size}" fill="{colour}"{more}>'
            f'{escape(words)}</text>')


def mark(row):
    measured, predicted = float(row['published']), float(row['predicted'])
    x, y = place(measured, predicted)
    within = row['verdict'] == 'within'
    paint = f'fill="{BLUE}"' if within else f'fill="#ffffff" stroke="{ORANGE}" stroke-width="2"'
    compound = row['condition'].split(';')[0]
    title = f'<title>{escape(row["id"])}: {escape(compound)}, measured {measured:g}, predicted {predicted:.2f}</title>'
    if row['use'] == 'calibration':
        shape = f'<rect x="{x - 5:.1f}" y="{y - 5:.1f}" width="10" height="10" {paint}>{title}</rect>'
    else:
        shape = f'<circle cx="{x:.1f}" cy="{y:.1f}" r="5" {paint}>{title}</circle>'
    return shape


def name_misses(rows):
    """Names beside the misses of more than a decade, the farthest of each compound, on the emptier side."""
    worst = {}
    for row in rows:
        miss = abs(float(row['predicted']) - float(row['published']))
        compound = row['condition'].split(';')[0]
        if miss > 1 and miss > worst.get(compound, (0, None))[0]:
            worst[compound] = (miss, row)
    points = [place(float(r['published']), float(r['predicted'])) for r in rows]
    out = []
    for compound, (_, row) in sorted(worst.items()):
        x, y = place(float(row['published']), float(row['predicted']))
        wide = 7 * len(compound) + 16

        def marks(side):
            return sum(abs(b - y) < 12 and 1 < side * (a - x) < wide for a, b in points)

        left = marks(-1) < marks(1)
        out.append(text(x - 9 if left else x + 9, y + 4, compound, 'end' if left else 'start', 11, SOFT))
    return out


def main():
    with open(sys.argv[1], newline='') as stream:
        rows = [r for r in csv.DictReader(stream)
                if r['predictor'] == 'barrier.log_permeability' and r['verdict'] in ('within', 'outside')]
    within = sum(r['verdict'] == 'within' for r in rows)
    width, height = LEFT + SIZE + 40, TOP + SIZE + 70
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" '
           f'height="{height}" font-family="system-ui, sans-serif" role="img">',
           f'<title>Permeability of intact skin: {within} of {len(rows)} rows within the band</title>',
           f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
           text(LEFT, 26, f'Permeability of intact skin: {within} of {len(rows)} within ±0.5', 'start', 16,
                INK, ' font-weight="600"')]
    corners = [place(LOW, LOW - 0), place(LOW, LOW + 0.5), place(HIGH - 0.5, HIGH), place(HIGH, HIGH),
               place(HIGH, HIGH - 0.5), place(LOW + 0.5, LOW)]
    out.append('<polygon points="' + ' '.join(f'{x:.1f},{y:.1f}' for x, y in corners) + '" fill="#eef3f9"/>')
    for tick in range(-9, -3):
        x, y = place(tick, tick)
        out += [f'<path d="M{x:.1f} {TOP}V{TOP + SIZE}M{LEFT} {y:.1f}H{LEFT + SIZE}" stroke="{GRID}"/>',
                text(x, TOP + SIZE + 20, f'{tick}'.replace('-', '−'), size=12, colour=SOFT),
                text(LEFT - 8, y + 4, f'{tick}'.replace('-', '−'), 'end', 12, SOFT)]
    (x0, y0), (x1, y1) = place(LOW, LOW), place(HIGH, HIGH)
    out += [f'<path d="M{x0:.1f} {y0:.1f}L{x1:.1f} {y1:.1f}" stroke="{SOFT}" stroke-dasharray="4 4"/>',
            f'<rect x="{LEFT}" y="{TOP}" width="{SIZE}" height="{SIZE}" fill="none" stroke="{SOFT}"/>',
            text(LEFT + SIZE / 2, TOP + SIZE + 46, 'measured log10 Kp, cm/s'),
            text(24, TOP + SIZE / 2, 'predicted log10 Kp, cm/s',
                 more=f' transform="rotate(-90 24 {TOP + SIZE / 2})"')]
    out += [mark(row) for row in rows] + name_misses(rows)
    y = 46
    out += [f'<circle cx="{LEFT + 6}" cy="{y - 4}" r="5" fill="{BLUE}"/>', text(LEFT + 16, y, 'within', 'start', 12),
            f'<circle cx="{LEFT + 76}" cy="{y - 4}" r="5" fill="#ffffff" stroke="{ORANGE}" stroke-width="2"/>',
            text(LEFT + 86, y, 'outside', 'start', 12),
            f'<rect x="{LEFT + 148}" y="{y - 9}" width="10" height="10" fill="{SOFT}"/>',
            text(LEFT + 164, y, 'square: the polar path was fitted to it', 'start', 12), '</svg>']
    with open(sys.argv[2], 'w') as stream:
        stream.write('\n'.join(out) + '\n')


main()
