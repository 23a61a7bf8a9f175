/* Draws the timelines of all runs over each other: one look for a run in all plots, a key whose entries
 * hide and show runs, and at the end of each line its number. */
'use strict';
window.onerror = (message) => { document.body.dataset.error = String(message); };

(() => {
  const data = JSON.parse(document.getElementById('percuta-data').textContent);
  const root = document.documentElement;
  const { css, element, show, drawMarks, axes } = percutaPlot;
  const COLOURS = 6, HEIGHT = 250, PAPER_HEIGHT = 190, PRINT_WIDTH = 320, HIDDEN_WIDTH = 400;
  const DASHES = [[], [7, 4], [2, 3], [10, 3, 2, 3], [14, 4], [5, 2, 1, 2, 1, 2], [1, 5]];
  const colour = (run) => css(`--series-${run % COLOURS + 1}`);
  const dash = (run) => DASHES[Math.floor(run / COLOURS) % DASHES.length];
  const hidden = new Set();
  let charts = [];

  /* A session changes the skin at once: two rows of one time. Joined lines need each time once. */
  function rising(days) {
    const out = [];
    for (const day of days) out.push(out.length && day <= out[out.length - 1] ? out[out.length - 1] + 1e-6 : day);
    return out;
  }
  const fromFirst = data.runs.map((run) => rising(run.days));
  const fromLast = data.runs.map((run, i) => fromFirst[i].map((day) => day - (run.sessions[run.sessions.length - 1] || 0)));
  let days = fromFirst;

  /* One mark for each day on which a run has a session; too many of them would hide the lines. */
  const MOST_MARKS = 8;
  const sessions = [...new Set(data.runs.flatMap((run) => run.sessions))];
  const firstMarks = sessions.length > MOST_MARKS ? [] : sessions.map((day) => [day]);
  const marks = () => (days === fromLast ? [[0]] : firstMarks);

  /* For what is over in weeks: the end of the part in which something happens, else all. */
  function interestingEnd(plot) {
    const all = Math.max(...days.map((list) => list[list.length - 1] || 0));
    if (!plot.early) return all;
    let end = 0;
    plot.values.forEach((values, run) => {
      if (!values) return;
      const rest = values[values.length - 1];
      const most = Math.max(...values.map((v) => Math.abs(v - rest)));
      values.forEach((v, i) => { if (most > 0 && Math.abs(v - rest) > 0.01 * most) end = Math.max(end, days[run][i]); });
    });
    return end > 0.5 * all || end === 0 ? all : Math.min(all, 1.15 * end);
  }

  /* Moves places apart that would lie on each other; those without room are left out, the baseline last. */
  function spread(ends, top, height, high) {
    const most = Math.floor(height / high);
    let kept = ends.sort((a, b) => a.y - b.y);
    if (kept.length > most) {
      const chosen = new Set([...Array(most).keys()].map((i) => Math.round(i * (kept.length - 1) / (most - 1))));
      kept = kept.filter((end, i) => chosen.has(i) || end.run === data.baseline);
    }
    let above = top - high;
    for (const end of kept) above = end.place = Math.max(end.y, above + high);
    let below = top + height + high / 2;
    for (const end of [...kept].reverse()) below = end.place = Math.min(end.place, below - high);
    return kept;
  }

  /* Numbers of runs where their lines end, or leave the plot. */
  const drawEnds = (plot, shownRuns) => ({
    hooks: { draw: [(u) => {
      const { ctx, bbox } = u;
      const ratio = devicePixelRatio, right = u.scales.x.max;
      const columns = new Map(); /* ends beside each other do not meet */
      for (const run of shownRuns.filter((r) => !hidden.has(r))) {
        const last = Math.max(days[run].findLastIndex((day, i) => day <= right && plot.values[run][i] !== null), 0);
        const x = days[run][days[run].length - 1] > right ? bbox.left + bbox.width : u.valToPos(days[run][last], 'x', true);
        const column = Math.round(x / (22 * ratio));
        columns.set(column, [...(columns.get(column) || []), { run, x, y: u.valToPos(plot.values[run][last], 'y', true) }]);
      }
      ctx.save();
      ctx.font = `${11 * ratio}px system-ui, sans-serif`;
      ctx.textBaseline = 'middle';
      ctx.setLineDash([]);
      ctx.lineWidth = 3 * ratio;
      ctx.strokeStyle = css('--paper');
      for (const ends of columns.values()) {
        for (const end of spread(ends, bbox.top, bbox.height, 12 * ratio)) {
          const words = [String(end.run + 1), Math.min(end.x, bbox.left + bbox.width) + 4 * ratio, end.place];
          ctx.fillStyle = colour(end.run);
          if (!root.classList.contains('printing')) ctx.strokeText(...words); /* on paper it would be text, too */
          ctx.fillText(...words);
        }
      }
      ctx.restore();
    }] },
  });

  function readOut(u, plot, shownRuns, place) {
    const at = u.cursor.idx;
    const focused = u.series.findIndex((series, i) => i > 0 && series._focus && series.show);
    if (at === null || at === undefined || focused < 1) {
      place.textContent = '';
      return;
    }
    const run = shownRuns[focused - 1], day = u.data[0][at];
    const next = days[run].findIndex((d) => d >= day);
    const value = next < 0 ? null : plot.values[run][next];
    place.textContent = value === null ? '' :
      `Run ${run + 1}, ${data.runs[run].label}: day ${Number(days[run][next].toFixed(1))}: ${show(value, 0)}`;
  }

  function drawPlot(plot, box, width, height) {
    const shownRuns = data.runs.map((_, run) => run).filter((run) => plot.values[run] && days[run].length > 1);
    const joined = uPlot.join(shownRuns.map((run) => [days[run], plot.values[run]]));
    const place = element('p', 'readout');
    const numbers = axes('d');
    const chart = new uPlot({
      width,
      height,
      padding: [8, 26, 0, 0],
      plugins: [drawMarks(marks()), drawEnds(plot, shownRuns)],
      legend: { show: false },
      focus: { alpha: 0.25 },
      cursor: { focus: { prox: 24 }, points: { show: false } },
      scales: { x: { time: false } },
      axes: numbers,
      hooks: { setCursor: [(u) => readOut(u, plot, shownRuns, place)] },
      series: [{}, ...shownRuns.map((run) => ({ label: String(run + 1), stroke: colour(run), dash: dash(run),
        width: run === data.baseline ? 3 : 1.8, points: { show: false }, spanGaps: true, show: !hidden.has(run) }))],
    }, joined, box);
    box.append(place);
    chart.setScale('x', { min: 0, max: interestingEnd(plot) });
    charts.push({ chart, box, shownRuns });
  }

  function makeBox(plot) {
    const box = element('div', 'plot');
    box.dataset.figure = plot.id;
    box.append(element('h3', '', plot.title), element('p', '', plot.note));
    return box;
  }

  function drawTimelines(width, height = HEIGHT) {
    charts.forEach(({ chart }) => chart.destroy());
    charts = [];
    const boxes = data.plots.map(makeBox);
    const of = (main) => boxes.filter((_, i) => data.plots[i].main === main);
    document.getElementById('timelines').replaceChildren(...of(true));
    document.querySelector('#other-timelines > div').replaceChildren(...of(false));
    boxes.forEach((box) => { box.style.minHeight = `${height + 70}px`; });
    data.plots.forEach((plot, i) => drawPlot(plot, boxes[i], width || boxes[i].clientWidth || HIDDEN_WIDTH, height));
    document.body.dataset.figures = document.querySelectorAll('[data-figure]').length;
  }

  /* ---- the key ---- */

  function sample(run) {
    const line = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
    line.setAttribute('viewBox', '0 0 32 10');
    line.setAttribute('aria-hidden', 'true');
    const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
    path.setAttribute('d', 'M0 5H32');
    path.setAttribute('style', `stroke: var(--series-${run % COLOURS + 1}); stroke-width: ${run === data.baseline ? 4 : 2.4}`);
    if (dash(run).length) path.setAttribute('stroke-dasharray', dash(run).join(' '));
    line.append(path);
    return line;
  }

  function apply() {
    document.querySelectorAll('#key button[data-run]').forEach((button) => {
      button.setAttribute('aria-pressed', String(!hidden.has(Number(button.dataset.run))));
    });
    for (const { chart, shownRuns } of charts) {
      chart.batch(() => shownRuns.forEach((run, i) => {
        if (chart.series[i + 1].show === hidden.has(run)) chart.setSeries(i + 1, { show: !hidden.has(run) });
      }));
    }
  }

  function focus(run) {
    for (const { chart, shownRuns } of charts) {
      const i = shownRuns.indexOf(run);
      chart.setSeries(i < 0 ? null : i + 1, { focus: i >= 0 });
    }
  }

  function makeKey() {
    const key = document.getElementById('key');
    data.runs.forEach((run, i) => {
      const button = element('button');
      button.type = 'button';
      button.dataset.run = i;
      button.append(sample(i), element('span', '', `${i + 1} ${run.label}`));
      button.addEventListener('click', () => {
        if (!hidden.delete(i)) hidden.add(i);
        apply();
      });
      button.addEventListener('mouseenter', () => focus(i));
      button.addEventListener('mouseleave', () => focus(-1));
      key.append(button);
    });
    if (data.runs.some((run) => run.sessions.length > 1)) {
      const button = element('button', 'all', 'count days from the last session');
      button.type = 'button';
      button.addEventListener('click', () => {
        days = days === fromLast ? fromFirst : fromLast;
        button.textContent = `count days from the ${days === fromLast ? 'first' : 'last'} session`;
        drawTimelines();
      });
      key.append(button);
    }
    for (const [text, keep] of [['show all', () => true], ['baseline alone', (run) => run === data.baseline]]) {
      const button = element('button', 'all', text);
      button.type = 'button';
      button.addEventListener('click', () => {
        data.runs.forEach((_, run) => { if (keep(run)) hidden.delete(run); else hidden.add(run); });
        apply();
      });
      key.append(button);
    }
    apply();
  }

  /* ---- tables that can be sorted ---- */

  function sortBy(table, index, head) {
    const again = head.getAttribute('aria-sort') === 'descending';
    const body = table.tBodies[0];
    const value = (row) => (index === 0 ? Number(row.querySelector('.no').textContent)
      : row.cells[index].dataset.value === '' ? -Infinity : Number(row.cells[index].dataset.value));
    const sign = index === 0 || again ? 1 : -1;
    table.querySelectorAll('thead th').forEach((other) => other.removeAttribute('aria-sort'));
    head.setAttribute('aria-sort', sign > 0 ? 'ascending' : 'descending');
    body.append(...[...body.rows].sort((a, b) => sign * (value(a) - value(b))));
  }

  document.querySelectorAll('.sortable').forEach((table) => {
    table.querySelectorAll('thead th').forEach((head, index) => {
      const button = element('button');
      button.type = 'button';
      button.append(...head.childNodes);
      button.addEventListener('click', () => sortBy(table, index, head));
      head.append(button);
    });
  });

  /* ---- */

  document.getElementById('time-note').replaceChildren(
    `Averages over the treated dermis. ${firstMarks.length ? 'Dotted lines mark sessions of any run; the' : 'The'} thick line is ` +
      'the baseline, and each line ends in the number of its run. ',
    element('span', 'screen', 'Above the plots runs can be hidden and shown; drag across a plot to enlarge a part of it, ' +
      'double-click to see all of it.'));
  makeKey();
  drawTimelines();

  const watch = new ResizeObserver(() => {
    for (const { chart, box } of charts)
      if (box.clientWidth > 0 && box.clientWidth !== chart.width) chart.setSize({ width: box.clientWidth, height: HEIGHT });
  });
  document.querySelectorAll('.plots').forEach((place) => watch.observe(place));
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => drawTimelines());
  addEventListener('beforeprint', () => {
    root.classList.add('printing');
    drawTimelines(PRINT_WIDTH, PAPER_HEIGHT);
  });
  addEventListener('afterprint', () => {
    root.classList.remove('printing');
    drawTimelines();
  });

  document.body.dataset.ready = 'true';
})();
