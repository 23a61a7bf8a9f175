/* The page of a study: one outcome at a time over what is varied, over time and over people, and a table of
 * arms that can be sorted. An arm that the pointer is on, in the table or a plot, is marked in all of them. */
'use strict';
window.onerror = (message) => { document.body.dataset.error = String(message); };

(() => {
  const data = JSON.parse(document.getElementById('percuta-data').textContent);
  const { css, element, show, axes } = percutaPlot;
  const HEIGHT = 280, COLOURS = 6, FIRST = ['collagen_gain_um', 'collagen_peak_rel', 'collagen_total_rel',
    'depth_mean_um', 'pain_vas', 'downtime_d', 'healed_after_last_session_d'];
  const DASHES = [[], [7, 4], [2, 3], [10, 3, 2, 3]];
  const colour = (i) => css(`--series-${i % COLOURS + 1}`);
  const byId = (id) => document.getElementById(id);
  const people = data.people > 0;
  let charts = [], rows = [], chosen = 0, axis = '';

  /* ---- what is varied ---- */

  const leaf = (key) => key.split('.').pop();
  const keys = [...new Set(data.arm.flatMap((arm) => Object.keys(arm.settings)))];
  const varied = keys.filter((key) => new Set(data.arm.map((arm) => arm.settings[key])).size > 1);
  const numberOf = (text) => (/^\s*[-+]?[\d.]/.test(text || '') ? parseFloat(text) : NaN);
  const unitOf = (text) => (text || '').replace(/^\s*[-+]?[\d.]+(e[-+]?\d+)?\s*/i, '');
  const numeric = varied.filter((key) => data.arm.every((arm) => Number.isFinite(numberOf(arm.settings[key])) &&
    unitOf(arm.settings[key]) === unitOf(data.arm[0].settings[key])));
  axis = [...numeric].sort((a, b) => new Set(data.arm.map((arm) => arm.settings[b])).size -
    new Set(data.arm.map((arm) => arm.settings[a])).size)[0] || '';

  /* ---- figures ---- */

  const named = (outcome) => `${outcome.name}${outcome.day === null ? '' : `, day ${Number(outcome.day.toFixed(1))}`}`;
  const amount = (value, unit) => (value === null || value === undefined ? '–' : `${show(value, 0)}${unit === '1' ? '' : ` ${unit}`}`);

  /* Lines through points [x, y, arm], sorted by x: {label, points}. */
  function overAxis(outcome) {
    const groups = new Map();
    data.arm.forEach((arm, a) => {
      if (outcome.mean[a] === null) return;
      const label = varied.filter((key) => key !== axis).map((key) => `${leaf(key)} ${arm.settings[key]}`).join(', ') || 'all';
      if (!groups.has(label)) groups.set(label, []);
      groups.get(label).push([numberOf(arm.settings[axis]), outcome.mean[a], a]);
    });
    return [...groups].map(([label, points]) => ({ label, points: points.sort((p, q) => p[0] - q[0]) }));
  }
  function overTime(outcome) {
    const times = data.outcome.filter((other) => other.name === outcome.name && other.day !== null);
    return data.arm.map((arm, a) => ({ label: arm.name, arm: a,
      points: times.filter((other) => other.mean[a] !== null).map((other) => [other.day, other.mean[a], a]) }));
  }
  function overPeople(outcome) {
    const values = data.arm.map(() => []);
    outcome.value.forEach((value, run) => { if (value !== null) values[run % data.arms]?.push(value); });
    return data.arm.map((arm, a) => ({ label: arm.name, arm: a,
      points: values[a].sort((p, q) => p - q).map((value, i, all) => [100 * (i + 0.5) / all.length, value, a]) }));
  }

  /* Of the same people in the first arm and in each other one; runs go person by person, arm by arm. */
  function overPairs(outcome) {
    const differences = data.arm.map(() => []);
    outcome.value.forEach((value, run) => {
      const a = run % data.arms, first = outcome.value[run - a];
      if (value !== null && first !== null && a > 0) differences[a]?.push(value - first);
    });
    return data.arm.map((arm, a) => ({ label: arm.name, arm: a,
      points: differences[a].sort((p, q) => p - q).map((value, i, all) => [100 * (i + 0.5) / all.length, value, a]) }));
  }

  function figures(outcome) {
    const list = [];
    if (axis) list.push({ id: 'axis', title: `${outcome.name} over ${axis}${unitOf(data.arm[0].settings[axis]) && ` [${unitOf(data.arm[0].settings[axis])}]`}`, unit: '',
      note: people ? 'means of the people of each arm' : '', lines: overAxis(outcome), points: true });
    if (outcome.day !== null) list.push({ id: 'time', title: `${outcome.name} over time`, unit: 'd',
      note: `days since the ${data.mode === 'trial' ? 'last' : 'first'} session; times that were read off`, lines: overTime(outcome), points: true });
    if (people) list.push({ id: 'people', title: `${named(outcome)} over people`, unit: '%',
      note: 'people in the order of their values: share of people at or below', lines: overPeople(outcome), points: false });
    if (people && data.arm.length > 1) list.push({ id: 'pairs', title: `${named(outcome)}: difference from ${data.arm[0].name}`, unit: '%',
      note: 'of the same person in both arms; people in the order of their differences', lines: overPairs(outcome), points: false });
    return list.filter((figure) => figure.lines.some((line) => line.points.length > 1));
  }

  function readOut(u, figure, place) {
    const at = u.cursor.idx, line = u.series.findIndex((series, i) => i > 0 && series._focus) - 1;
    if (at === null || at === undefined || line < 0) { place.textContent = ''; mark(-1); return; }
    const x = u.data[0][at], { label, points } = figure.lines[line];
    const near = points.reduce((best, point) => (Math.abs(point[0] - x) < Math.abs(best[0] - x) ? point : best), points[0]);
    if (!near) return;
    place.textContent = `${label}: ${show(near[0], 0)} ${figure.unit}: ${show(near[1], 0)}`;
    mark(near[2], u);
  }

  function draw(figure) {
    const box = element('div', 'plot'), place = element('p', 'readout');
    box.dataset.figure = figure.id;
    box.append(element('h3', '', figure.title), element('p', '', figure.note));
    byId('figures').append(box);
    figure.lines = figure.lines.filter((line) => line.points.length);
    const joined = uPlot.join(figure.lines.map((line) => [line.points.map((p) => p[0]), line.points.map((p) => p[1])]));
    const few = figure.lines.length <= 24;
    const chart = new uPlot({
      width: box.clientWidth || 400, height: HEIGHT, padding: [8, 20, 0, 0], legend: { show: false },
      focus: { alpha: 0.2 }, cursor: { focus: { prox: 24 }, points: { show: false } },
      scales: { x: { time: false } }, axes: axes(figure.unit),
      hooks: { setCursor: [(u) => readOut(u, figure, place)] },
      series: [{}, ...figure.lines.map((line, i) => ({ label: line.label, stroke: few ? colour(line.arm ?? i) : css('--soft'),
        dash: few ? DASHES[Math.floor((line.arm ?? i) / COLOURS) % DASHES.length] : [], width: few ? 2 : 1, spanGaps: true,
        points: { show: figure.points && few, size: 6 } }))],
    }, joined, box);
    box.append(place);
    if (few && figure.lines.length > 1) {
      const key = element('div', 'key-of-runs');
      figure.lines.forEach((line, i) => {
        const item = element('button'), dot = element('span', '', '●');
        item.type = 'button';
        dot.style.color = colour(line.arm ?? i);
        item.append(dot, element('span', '', line.label));
        item.addEventListener('mouseenter', () => chart.setSeries(i + 1, { focus: true }));
        item.addEventListener('mouseleave', () => chart.setSeries(null, { focus: false }));
        item.addEventListener('click', () => {
          const shown = !chart.series[i + 1].show;
          chart.setSeries(i + 1, { show: shown });
          item.setAttribute('aria-pressed', String(shown));
        });
        key.append(item);
      });
      box.append(key);
    }
    charts.push({ chart, box, figure });
  }

  function drawAll() {
    const outcome = data.outcome[chosen];
    charts.forEach(({ chart }) => chart.destroy());
    charts = [];
    byId('figures').replaceChildren();
    byId('meaning').textContent = `${named(outcome)}: ${outcome.text}${outcome.unit === '1' ? '' : ` [${outcome.unit}]`}`;
    figures(outcome).forEach(draw);
    document.body.dataset.figures = charts.length;
    document.body.dataset.ready = 'true';
  }

  /* Marks an arm everywhere but where the pointer is. */
  function mark(arm, but) {
    rows.forEach(({ row, index }) => row.classList.toggle('marked', index === arm));
    for (const { chart, figure } of charts) {
      if (chart === but) continue;
      const line = arm < 0 ? -1 : figure.lines.findIndex((l) => l.points.some((p) => p[2] === arm));
      chart.setSeries(line < 0 ? null : line + 1, { focus: line >= 0 });
    }
  }

  /* ---- the table ---- */

  const leading = [...new Set(FIRST.flatMap((name) => {
    const all = data.outcome.map((outcome, i) => [outcome, i]).filter(([outcome]) => outcome.name === name);
    return all.length ? [all[all.length - 1][1]] : [];
  }))];

  function columns() {
    const list = varied.length ? varied.map((key) => ({ head: leaf(key), title: key, text: (a) => data.arm[a].settings[key] ?? '',
      value: (a) => (numeric.includes(key) ? numberOf(data.arm[a].settings[key]) : data.arm[a].settings[key] ?? '') })) : [];
    const own = data.arm.some((arm) => varied.some((key) => !arm.name.includes(arm.settings[key])));
    if (!varied.length || own) list.unshift({ head: 'arm', title: '', text: (a) => data.arm[a].name, value: (a) => data.arm[a].name });
    const shown = leading.includes(chosen) ? leading : [chosen, ...leading];
    for (const i of shown) {
      const outcome = data.outcome[i];
      list.push({ head: `${named(outcome)}${outcome.unit === '1' ? '' : `, ${outcome.unit}`}`, title: outcome.text, number: true,
        text: (a) => (outcome.mean[a] === null ? '–' : `${show(outcome.mean[a], 0)}${outcome.spread[a] === null ? '' : ` ± ${show(Number(outcome.spread[a].toPrecision(2)), 0)}`}`),
        value: (a) => outcome.mean[a] ?? -Infinity });
    }
    if (data.arm.some((arm) => arm.failed)) list.push({ head: 'failed', title: 'runs that failed', number: true,
      text: (a) => String(data.arm[a].failed), value: (a) => data.arm[a].failed });
    return list;
  }

  function makeTable() {
    const table = byId('table'), head = element('tr'), body = element('tbody'), list = columns();
    rows = data.arm.map((_, index) => {
      const row = element('tr');
      list.forEach((column, c) => row.append(element(c ? 'td' : 'th', column.number ? 'n' : '', column.text(index))));
      row.addEventListener('mouseenter', () => mark(index));
      row.addEventListener('mouseleave', () => mark(-1));
      return { row, index };
    });
    list.forEach((column) => {
      const cell = element('th', column.number ? 'n' : ''), button = element('button');
      column.head.split('_').forEach((word, i) => button.append(...(i ? ['_', element('wbr')] : []), word));
      button.type = 'button';
      button.title = column.title;
      button.addEventListener('click', () => {
        const down = cell.getAttribute('aria-sort') === 'ascending';
        head.querySelectorAll('th').forEach((other) => other.removeAttribute('aria-sort'));
        cell.setAttribute('aria-sort', down ? 'descending' : 'ascending');
        const order = (p, q) => (p < q ? -1 : p > q ? 1 : 0) * (down ? -1 : 1);
        body.append(...[...rows].sort((p, q) => order(column.value(p.index), column.value(q.index))).map(({ row }) => row));
      });
      cell.append(button);
      head.append(cell);
    });
    body.append(...rows.map(({ row }) => row));
    const top = element('thead');
    top.append(head);
    table.replaceChildren(top, body);
  }

  /* ---- choices ---- */

  function fill(select, words, first) {
    words.forEach(([value, text]) => {
      const option = element('option', '', text);
      option.value = value;
      select.append(option);
    });
    select.value = first;
  }

  if (!data.outcome.length) {
    byId('meaning').textContent = 'No run has an outcome.';
    document.body.dataset.figures = 0;
    return;
  }
  chosen = leading[0] ?? 0;
  fill(byId('outcome'), data.outcome.map((outcome, i) => [i, named(outcome)]), chosen);
  fill(byId('axis'), numeric.map((key) => [key, key]), axis);
  if (numeric.length < 2) byId('axis-label').hidden = true;
  byId('outcome').addEventListener('change', (event) => { chosen = Number(event.target.value); drawAll(); makeTable(); });
  byId('axis').addEventListener('change', (event) => { axis = event.target.value; drawAll(); });
  const cut = data.arm.length < data.arms ? ` The first ${data.arm.length} of ${data.arms} arms.` : '';
  byId('arms-hint').textContent = (people ? 'Means and standard deviations between people; press a head to sort.' : 'Press a head to sort.') + cut;
  makeTable();
  drawAll();
  let width = innerWidth;
  addEventListener('resize', () => { if (innerWidth !== width) { width = innerWidth; drawAll(); } });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', drawAll);
})();
