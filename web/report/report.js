/* Draws the figures of a report from the data inside the page. Colours come from the style sheet, so
 * that light, dark and print need no second set of them here. */
'use strict';
window.onerror = (message) => { document.body.dataset.error = String(message); };

(() => {
  const data = JSON.parse(document.getElementById('percuta-data').textContent);
  const root = document.documentElement;

  /* Perceptually uniform and readable without colour vision: anchors of viridis. */
  const VIRIDIS = [[68, 1, 84], [72, 36, 117], [65, 68, 135], [53, 95, 141], [42, 120, 142],
    [33, 145, 140], [34, 168, 132], [68, 191, 112], [122, 209, 81], [189, 223, 38], [253, 231, 37]];

  function colour(share) {
    const place = Math.min(Math.max(share, 0), 1) * (VIRIDIS.length - 1);
    const i = Math.min(Math.floor(place), VIRIDIS.length - 2);
    return VIRIDIS[i].map((low, c) => Math.round(low + (place - i) * (VIRIDIS[i + 1][c] - low)));
  }

  const css = (name) => getComputedStyle(root).getPropertyValue(name).trim();

  function element(tag, className, text) {
    const node = document.createElement(tag);
    if (className) node.className = className;
    if (text !== undefined) node.textContent = text;
    return node;
  }

  function svg(tag, attributes, parent, text) {
    const node = document.createElementNS('http://www.w3.org/2000/svg', tag);
    for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
    if (text !== undefined) node.textContent = text;
    if (parent) parent.append(node);
    return node;
  }

  /* A number with three significant digits, or more when neighbours would look the same. */
  function show(value, span) {
    if (value === 0) return '0';
    const digits = span > 0 ? Math.ceil(Math.log10(Math.abs(value) / span)) + 2 : 3;
    return String(Number(value.toPrecision(Math.min(Math.max(digits, 3), 7)))).replace('-', '−');
  }

  const mm = (um) => String(Number((um / 1000).toPrecision(3)));

  /* ---- cross-sections of a patch ---- */

  function bytes(text) {
    return Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
  }

  /* Paints one panel: every kept column one pixel wide, depth in even steps. */
  function paint(canvas, slice, values) {
    const depth = slice.z_um[slice.nz];
    const rows = Math.min(400, Math.max(120, 2 * slice.nz));
    canvas.width = slice.nx;
    canvas.height = rows;
    const context = canvas.getContext('2d');
    const image = context.createImageData(slice.nx, rows);
    const table = Array.from({ length: 255 }, (_, i) => colour(i / 254));
    for (let row = 0, k = 0; row < rows; ++row) {
      const z = (row + 0.5) / rows * depth;
      while (k + 1 < slice.nz && slice.z_um[k + 1] < z) ++k;
      for (let i = 0; i < slice.nx; ++i) {
        const value = values[k * slice.nx + i];
        if (value === 255) continue; /* not computed: the ground shows through */
        image.data.set([...table[value], 255], 4 * (row * slice.nx + i));
      }
    }
    context.putImageData(image, 0, 0);
  }

  function drawLayers(tissue, slice) {
    const depth = slice.z_um[slice.nz];
    for (const layer of data.layers) {
      if (layer.top_um <= 0 || layer.top_um >= depth || layer.name === 'viable epidermis') continue;
      const line = element('div', layer.name === 'reticular dermis' ? 'layer' : 'layer outer');
      line.style.top = `${100 * layer.top_um / depth}%`;
      line.title = `${layer.name} from ${Math.round(layer.top_um)} µm`;
      tissue.append(line);
    }
  }

  function drawBar(quantity) {
    const span = quantity.high - quantity.low;
    const bar = element('div', 'bar');
    const canvas = element('canvas');
    canvas.width = 255;
    canvas.height = 1;
    const context = canvas.getContext('2d');
    for (let i = 0; i < 255; ++i) {
      context.fillStyle = `rgb(${colour(i / 254)})`;
      context.fillRect(i, 0, 1, 1);
    }
    const below = quantity.least < quantity.low - 0.01 * span ? '≤ ' : '';
    const above = quantity.most > quantity.high + 0.01 * span ? '≥ ' : '';
    bar.append(element('span', '', below + show(quantity.low, span)), canvas,
      element('span', '', above + show(quantity.high, span)));
    return bar;
  }

  function drawSection(slice, quantity) {
    const box = element('div', 'quantity');
    box.dataset.figure = quantity.id;
    const head = element('div', 'quantity-head');
    const title = element('h3', '', `${quantity.title} `);
    title.append(element('span', '', quantity.unit));
    head.append(title, drawBar(quantity));
    const panels = element('div', 'panels');
    panels.style.setProperty('--count', slice.days.length);
    slice.days.forEach((day, index) => {
      const panel = element('figure', 'panel');
      const tissue = element('div', 'tissue');
      tissue.style.aspectRatio = `${slice.width_um} / ${slice.z_um[slice.nz]}`;
      const canvas = element('canvas');
      canvas.setAttribute('role', 'img');
      canvas.setAttribute('aria-label', `${quantity.title}, day ${day}`);
      paint(canvas, slice, bytes(quantity.panels[index]));
      tissue.append(canvas);
      drawLayers(tissue, slice);
      panel.append(tissue, element('figcaption', '', `day ${day}`));
      panels.append(panel);
    });
    box.append(head, panels);
    return box;
  }

  /* ---- profiles of a column ---- */

  function ticks(low, high, count) {
    const rough = (high - low) / count || 1;
    const power = 10 ** Math.floor(Math.log10(rough));
    const step = [1, 2, 5, 10].map((m) => m * power).find((s) => s >= rough);
    const list = [];
    for (let t = Math.ceil(low / step - 1e-9); t * step <= high + 1e-9 * step; ++t) {
      list.push(Number((t * step).toPrecision(12)));
    }
    return list;
  }

  const dayColour = (index, count) => `rgb(${colour(0.9 * index / Math.max(count - 1, 1))})`;

  function drawProfile(slice, quantity) {
    const box = element('figure', 'panel profile');
    box.dataset.figure = quantity.id;
    const W = 320, H = 290, left = 44, right = 12, top = 8, bottom = 40;
    const depth = slice.z_um[slice.nz];
    const pad = 0.06 * (quantity.high - quantity.low || Math.abs(quantity.high) || 1);
    const low = quantity.least >= 0 ? Math.max(quantity.low - pad, 0) : quantity.low - pad;
    const high = quantity.high + pad;
    const x = (v) => left + (v - low) / (high - low) * (W - left - right);
    const y = (z) => top + z / depth * (H - top - bottom);
    const plot = svg('svg', { viewBox: `0 0 ${W} ${H}`, role: 'img',
      'aria-label': `${quantity.title} by depth` });
    for (const t of ticks(low, high, 4)) {
      svg('path', { class: 'grid', d: `M${x(t)} ${top}V${H - bottom}` }, plot);
      svg('text', { x: x(t), y: H - bottom + 15, 'text-anchor': 'middle' }, plot, show(t, high - low));
    }
    for (const t of ticks(0, depth / 1000, 5)) {
      svg('path', { class: 'grid', d: `M${left} ${y(1000 * t)}H${W - right}` }, plot);
      svg('text', { x: left - 6, y: y(1000 * t) + 4, 'text-anchor': 'end' }, plot, String(t));
    }
    for (const layer of data.layers) {
      if (layer.top_um > 0 && layer.top_um < depth && layer.name !== 'viable epidermis') {
        svg('path', { class: 'junction', d: `M${left} ${y(layer.top_um)}H${W - right}` }, plot);
      }
    }
    quantity.panels.forEach((values, index) => {
      let path = '', n = 0;
      for (let k = 0; k < slice.nz; ++k) {
        if (!slice.dermal[k]) continue;
        const z = 0.5 * (slice.z_um[k] + slice.z_um[k + 1]);
        path += `${n === 0 ? 'M' : 'L'}${x(values[n]).toFixed(1)} ${y(z).toFixed(1)}`;
        ++n;
      }
      svg('path', { class: 'curve', d: path, stroke: dayColour(index, slice.days.length) }, plot);
    });
    svg('path', { class: 'axis', d: `M${left} ${top}V${H - bottom}H${W - right}` }, plot);
    svg('text', { x: (left + W - right) / 2, y: H - 8, 'text-anchor': 'middle' }, plot, quantity.unit);
    svg('text', { x: 12, y: (top + H - bottom) / 2, 'text-anchor': 'middle',
      transform: `rotate(-90 12 ${(top + H - bottom) / 2})` }, plot, 'depth (mm)');
    box.append(element('h3', '', quantity.title), plot);
    return box;
  }

  function drawInside() {
    const slice = data.slice;
    const place = document.getElementById('quantities');
    const note = document.getElementById('sections-note');
    if (!slice) {
      document.getElementById('sections').remove();
      return;
    }
    if (slice.nx === 1) {
      note.textContent = 'Values by depth, averaged over the patch, in the dermis. Dashed lines: ' +
        'where the papillary and the reticular dermis and the fat begin.';
      const days = element('p', 'days');
      slice.days.forEach((day, index) => {
        const item = element('span');
        const key = element('i');
        key.style.background = dayColour(index, slice.days.length);
        item.append(key, `day ${day}`);
        days.append(item);
      });
      const grid = element('div', 'profiles');
      grid.append(...slice.quantities.map((q) => drawProfile(slice, q)));
      place.replaceChildren(days, grid);
      return;
    }
    const what = slice.rings
      ? 'The skin around the mean puncture, from its axis (left) out to the middle between ' +
        `punctures, ${mm(slice.width_um)} mm,`
      : 'A vertical cut through the patch where most clot lay on the first day ' +
        `(y = ${mm(slice.y_um)} mm), ${mm(slice.width_um)} mm wide`;
    note.textContent = `${what} and ` +
      `${mm(slice.z_um[slice.nz])} mm deep. Repair is computed in the dermis; epidermis and fat are ` +
      `plain. The dashed line separates papillary and reticular dermis. One scale per row.`;
    place.replaceChildren(...slice.quantities.map((q) => drawSection(slice, q)));
  }

  /* ---- timelines ---- */

  const t = data.timeline;
  const percent = (column) => column && column.map((v) => 100 * v);
  const change = (values) => values && values.map((v) => 100 * (v - 1));
  /* A run holds the columns of the parts of the model that are on: what it lacks is not drawn. */
  const plots = [
    { id: 'time-collagen', title: 'Collagen', note: 'relative to before, 1 = unchanged',
      series: [['total', t.collagen_total_rel], ['type I', t.collagen_I_rel], ['type III', t.collagen_III_rel],
        ['cross-linked', t.collagen_mature_rel]] },
    { id: 'time-total', title: 'All collagen, enlarged', note: 'change against before (%)',
      series: [['total', change(t.collagen_total_rel)]] },
    { id: 'time-production', title: 'Collagen made', note: 'per day, relative to before',
      series: [['production', t.collagen_production_rel]] },
    { id: 'time-signal', title: 'Signal', note: 'mean, in % of the level above which tissue runs away',
      early: true, series: [['mean', percent(t.signal_rel)]] },
    { id: 'time-highest', title: 'Signal where it is strongest', note: 'highest cell, in % of the same level',
      early: true, series: [['highest cell', percent(t.signal_max_rel)]] },
    { id: 'time-cytokine', title: 'Cytokine', note: 'change against before (%); inflammatory signal in % of that in cut tissue at once',
      early: true, series: [['cytokine', change(t.cytokine_rel)], ['inflammatory signal', percent(t.inflammatory)]] },
    { id: 'time-cells', title: 'Cells', note: 'fibroblasts: change against before (%); myofibroblasts: share of both (%)',
      series: [['fibroblasts', change(t.fibroblast_rel)], ['myofibroblasts', percent(t.myofibroblast_frac)]] },
    { id: 'time-inflammation', title: 'Inflammation', note: 'macrophages per resting fibroblast',
      early: true, series: [['index', t.inflammation_index]] },
    { id: 'time-elastin', title: 'Elastin', note: 'change of all elastic fibre against before (%); new fibre and tropoelastin (%)',
      series: [['all fibre', change(t.elastin_rel)], ['new fibre', percent(t.elastin_new_rel)],
        ['tropoelastin', percent(t.tropoelastin_rel)]] },
    { id: 'time-capillaries', title: 'Capillaries', note: 'relative to before; and what oxygen allows repair to make',
      series: [['capillaries', t.capillary_rel], ['oxygen supply', t.oxygen_supply_rel]] },
    { id: 'time-epidermis', title: 'Epidermis', note: 'thickness (µm)',
      series: [['thickness', t.epidermis_um]] },
    { id: 'time-mechanics', title: 'Stiffness and tightness', note: 'relative to before, 1 = unchanged',
      series: [['stiffness', t.stiffness_rel], ['tightness', t.tightness_rel]] },
    { id: 'time-clot', title: 'Clot and open surface', note: 'in % of the treated dermis, and of the surface',
      early: true, series: [['clot and cut tissue', percent(t.clot_frac)], ['open surface', percent(t.barrier_open_frac)]] },
    { id: 'time-closing', title: 'The skin closes',
      note: 'what is left of the open surface, and of the rise in water loss, after the first session (%)',
      x: data.resealing && data.resealing.time_d,
      series: data.resealing ? [['open surface', data.resealing.open_pct], ['water loss', data.resealing.water_pct]] : [] },
  ].map((plot) => ({ ...plot, series: plot.series.filter(([, values]) => values) }))
    .filter((plot) => plot.series.length > 0);

  /* ---- products on the skin: in hours, each at its place in the page ---- */

  function enteringPlot(entry) {
    const blood = entry.needled ? 'of it in the blood' : 'in the blood';
    return { id: entry.plot, x: entry.time_h, unit: 'h', marks: [[entry.off_h]],
      title: 'What has got in', note: 'in living skin and blood (µg/cm²); dotted line: wiped off',
      series: [['needled skin', entry.needled], [blood, entry.blood, { colour: 3 }],
        ['intact skin', entry.intact, { colour: 2, dash: [6, 4] }]] };
  }

  /* Depth runs down, what is numb is filled, and at their moment the needles are drawn. */
  function depthPlot(n) {
    const marks = [[n.off_h]];
    const needled = n.needling_h !== undefined;
    if (needled) marks.push([n.needling_h, `needles of ${n.needle_mm} mm`, n.needle_mm]);
    return { id: 'numb-depth', x: n.time_h, unit: 'h', marks, down: true, early: true,
      reach: needled ? n.needle_mm : 0, title: 'How deep the skin is numb',
      note: 'from the surface down (mm); dotted line: wiped off' +
        (needled ? '; bar: how long the needles are, when they come' : ''),
      series: [['numb down to', n.depth_mm, { fill: true }]] };
  }

  /* A toxic level is drawn where the curve would still be seen beside it, else told. */
  function bloodPlot(n) {
    const series = [];
    let far = '';
    n.plasma.forEach((p, index) => {
      const most = Math.max(...p.level);
      series.push([p.name, p.level, { colour: index + 1 }]);
      if (p.warn > 20 * most && most > 0) {
        far += `; the toxic level of ${p.name}, ${show(p.warn, 0)}, lies ${Number((p.warn / most).toPrecision(2))} times higher`;
      } else if (p.warn > 0) {
        series.push([`${p.name}: toxic from`, p.level.map(() => p.warn), { colour: index + 1, dash: [6, 4], level: true }]);
      }
    });
    return { id: 'numb-blood', x: n.time_h, unit: 'h', marks: [[n.off_h]], title: 'In the blood',
      note: `level in the plasma (µg/ml); dotted line: wiped off${far}`, series };
  }

  const placed = data.entering.map(enteringPlot)
    .concat(data.numbing ? [depthPlot(data.numbing), bloodPlot(data.numbing)] : [])
    .map((plot) => ({ ...plot, series: plot.series.filter(([, values]) => values) }))
    .filter((plot) => plot.series.length > 0 && plot.x.length > 1);

  /* For what is over in weeks: the end of the part in which something happens, else all. */
  function interestingEnd(plot) {
    const x = plot.x || t.time_d;
    const all = x[x.length - 1];
    if (!plot.early) return all;
    let end = 0;
    for (const [, values, look] of plot.series) {
      if (look && look.level) continue;
      const most = Math.max(...values.map(Math.abs));
      values.forEach((v, i) => { if (Math.abs(v) > 0.01 * most) end = Math.max(end, x[i]); });
    }
    return end > 0.5 * all || end === 0 ? all : Math.min(all, 1.15 * end);
  }

  /* A bar from the surface down to the end of a needle, and what it says beside its end. */
  function drawNeedle(u, x, text, depth) {
    const { ctx, bbox } = u;
    const ratio = devicePixelRatio;
    const end = Math.round(u.valToPos(depth, 'y', true));
    const right = x > bbox.left + 0.6 * bbox.width;
    ctx.strokeStyle = css('--series-2');
    ctx.lineWidth = 3 * ratio;
    ctx.setLineDash([]);
    ctx.beginPath();
    ctx.moveTo(x, bbox.top);
    ctx.lineTo(x, end);
    ctx.stroke();
    ctx.textAlign = right ? 'right' : 'left';
    ctx.textBaseline = 'top';
    ctx.strokeStyle = css('--paper');
    const place = [text, x + (right ? -6 : 6) * ratio, end + 2 * ratio];
    ctx.strokeText(...place);
    ctx.fillText(...place);
  }

  /* Dotted upright lines, each a place; a third number makes it a needle of that length. */
  const drawMarks = (marks) => ({
    hooks: { draw: [(u) => {
      const { ctx, bbox } = u;
      ctx.save();
      ctx.strokeStyle = css('--soft');
      ctx.fillStyle = css('--ink');
      ctx.font = `${12 * devicePixelRatio}px system-ui, sans-serif`;
      ctx.lineWidth = devicePixelRatio;
      ctx.setLineDash([2 * devicePixelRatio, 3 * devicePixelRatio]);
      for (const [place, text, depth] of marks) {
        const x = Math.round(u.valToPos(place, 'x', true));
        if (x < bbox.left || x > bbox.left + bbox.width) continue;
        if (depth) {
          ctx.save();
          drawNeedle(u, x, text, depth);
          ctx.restore();
          continue;
        }
        ctx.beginPath();
        ctx.moveTo(x, bbox.top);
        ctx.lineTo(x, bbox.top + bbox.height);
        ctx.stroke();
      }
      ctx.restore();
    }] },
  });

  const HEIGHT = 230;
  const places = placed.map((plot) => document.querySelector(`[data-plot="${plot.id}"]`));
  let charts = [];

  function makeBox(plot) {
    const box = element('div', 'plot');
    box.dataset.figure = plot.id;
    box.append(element('h3', '', plot.title), element('p', '', plot.note));
    return box;
  }

  function drawPlot(plot, box, width) {
    const axis = { stroke: css('--soft'), grid: { stroke: css('--line'), width: 1 },
      ticks: { stroke: css('--line'), width: 1 }, font: '12px system-ui, sans-serif' };
    const all = plot.series.flatMap(([, values]) => values);
    const span = Math.max(...all) - Math.min(...all);
    const unit = plot.unit || 'd';
    const line = ([label, , look = {}], index) => {
      const stroke = css(`--series-${look.colour || index + 1}`);
      return { label, width: 2, stroke, dash: look.dash, points: { show: false },
        ...(look.fill ? { fill: `color-mix(in srgb, ${stroke} 18%, transparent)`, fillTo: 0 } : {}),
        value: (u, v) => (v === null ? '–' : show(v, span / 10)) };
    };
    const y = plot.down ? { dir: -1, range: (u, low, high) => [0, 1.2 * Math.max(high, plot.reach || 0) || 1] } : {};
    const chart = new uPlot({
      width,
      height: HEIGHT,
      plugins: [drawMarks(plot.marks || data.sessions_d.map((day) => [day]))],
      legend: { markers: { dash: (u, i) => (u.series[i].dash ? 'dashed' : 'solid') } },
      scales: { x: { time: false }, y },
      axes: [{ ...axis, values: (u, list) => list.map((v) => `${v} ${unit}`) },
        { ...axis, size: 62, values: (u, list) => list.map((v) => show(v, 0)) }],
      series: [{ label: unit === 'd' ? 'day' : 'hour',
        value: (u, v) => (v === null ? '–' : String(Number(v.toFixed(2)))) }, ...plot.series.map(line)],
    }, [plot.x || t.time_d, ...plot.series.map(([, values]) => values)], box);
    chart.setScale('x', { min: 0, max: interestingEnd(plot) });
    charts.push([chart, box]);
  }

  /* All boxes first: a scroll bar that their height brings would change the width of them all. */
  function drawTimelines(width) {
    charts.forEach(([chart]) => chart.destroy());
    charts = [];
    const shown = t.time_d.length < 2 ? [] : plots;
    const boxes = shown.concat(placed).map(makeBox);
    document.getElementById('timelines').replaceChildren(...boxes.slice(0, shown.length));
    placed.forEach((plot, i) => places[i].replaceChildren(boxes[shown.length + i]));
    boxes.forEach((box) => { box.style.minHeight = `${HEIGHT + 80}px`; });
    shown.concat(placed).forEach((plot, i) => drawPlot(plot, boxes[i], width || boxes[i].clientWidth));
  }

  function fit() {
    for (const [chart, box] of charts) {
      if (box.clientWidth !== chart.width) chart.setSize({ width: box.clientWidth, height: HEIGHT });
    }
  }

  function draw() {
    drawInside();
    drawTimelines();
    document.body.dataset.figures = document.querySelectorAll('[data-figure]').length;
  }

  draw();

  const watch = new ResizeObserver(fit);
  [document.getElementById('timelines'), ...places].forEach((place) => watch.observe(place));
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', draw);

  /* Paper is white and has no folds: light colours, everything open, plots of half its width. */
  const PRINT_WIDTH = 320; /* half of a page of A4 between its margins, in CSS pixels */
  const folded = [];
  addEventListener('beforeprint', () => {
    document.querySelectorAll('details:not([open])').forEach((d) => { d.open = true; folded.push(d); });
    root.classList.add('printing');
    drawTimelines(PRINT_WIDTH);
  });
  addEventListener('afterprint', () => {
    folded.splice(0).forEach((d) => { d.open = false; });
    root.classList.remove('printing');
    drawTimelines();
  });

  document.body.dataset.ready = 'true';
})();
