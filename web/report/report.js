/* Draws the figures of a report from the data inside the page. Colours come from the style sheet, so
 * that light, dark and print need no second set of them here. */
'use strict';
window.onerror = (message) => { document.body.dataset.error = String(message); };

(() => {
  const data = JSON.parse(document.getElementById('percuta-data').textContent);
  const root = document.documentElement;
  const { css, element, show, drawBands, drawMarks, axes } = percutaPlot;

  /* Perceptually uniform and readable without colour vision: anchors of viridis. */
  const VIRIDIS = [[68, 1, 84], [72, 36, 117], [65, 68, 135], [53, 95, 141], [42, 120, 142],
    [33, 145, 140], [34, 168, 132], [68, 191, 112], [122, 209, 81], [189, 223, 38], [253, 231, 37]];

  function colour(share) {
    const place = Math.min(Math.max(share, 0), 1) * (VIRIDIS.length - 1);
    const i = Math.min(Math.floor(place), VIRIDIS.length - 2);
    return VIRIDIS[i].map((low, c) => Math.round(low + (place - i) * (VIRIDIS[i + 1][c] - low)));
  }

  function svg(tag, attributes, parent, text) {
    const node = document.createElementNS('http://www.w3.org/2000/svg', tag);
    for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
    if (text !== undefined) node.textContent = text;
    if (parent) parent.append(node);
    return node;
  }

  const mm = (um) => String(Number((um / 1000).toPrecision(3)));

  /* ---- cross-sections of a patch ---- */

  function bytes(text) {
    return Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
  }

  /* One panel as a picture: every kept column one pixel wide, depth in even steps. */
  function paint(slice, values) {
    const depth = slice.z_um[slice.nz];
    const rows = Math.min(400, Math.max(120, 2 * slice.nz));
    const canvas = element('canvas');
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
    return canvas.toDataURL();
  }

  function drawBar(quantity) {
    const span = quantity.high - quantity.low;
    const bar = element('div', 'colours');
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

  /* Round numbers from low to high, about `count` of them. */
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

  /* Borders of layers, and a scar's outline, at `x` and `y` of the picture. */
  function drawBorders(plot, slice, left, right, x, y) {
    for (const layer of data.layers) {
      if (layer.top_um <= 0 || layer.top_um >= slice.z_um[slice.nz] || layer.name === 'viable epidermis') continue;
      const line = svg('path', { class: 'layer', d: `M${left} ${y(layer.top_um)}H${right}` }, plot);
      svg('title', {}, line, `${layer.name} from ${Math.round(layer.top_um)} µm`);
    }
    const d = slice.defect;
    if (!d) return;
    const half = 0.5 * d.width_um, middle = 0.5 * slice.width_um;
    const bottom = Math.min(d.bottom_um, slice.z_um[slice.nz]);
    const box = svg('path', { class: 'defect',
      d: `M${x(middle - half)} ${y(d.top_um)}V${y(bottom)}H${x(middle + half)}V${y(d.top_um)}` }, plot);
    svg('title', {}, box, d.name);
  }

  /* A section with axes in mm; lengths across are stretched where it would be too narrow to see. */
  function drawPanel(slice, quantity, index) {
    const depth = slice.z_um[slice.nz];
    const narrow = slice.width_um < 0.5 * depth;
    const W = narrow ? 240 : 470, left = 46, right = 10, top = 6, bottom = 42;
    const w = W - left - right;
    const h = narrow ? 230 : Math.min(Math.max(w * depth / slice.width_um, 130), 330);
    const x = (um) => left + um / slice.width_um * w;
    const y = (um) => top + um / depth * h;
    const day = slice.days[index];
    const panel = element('figure', 'panel');
    const plot = svg('svg', { viewBox: `0 0 ${W} ${top + h + bottom}`, role: 'img',
      'aria-label': `${quantity.title}, day ${day}` });
    svg('rect', { class: 'ground', x: left, y: top, width: w, height: h }, plot);
    svg('image', { x: left, y: top, width: w, height: h, preserveAspectRatio: 'none',
      href: paint(slice, bytes(quantity.panels[index])) }, plot);
    drawBorders(plot, slice, left, left + w, x, y);
    svg('rect', { class: 'frame', x: left, y: top, width: w, height: h }, plot);
    for (const t of ticks(0, slice.width_um / 1000, narrow ? 3 : 6)) {
      svg('path', { class: 'tick', d: `M${x(1000 * t)} ${top + h}v4` }, plot);
      svg('text', { x: x(1000 * t), y: top + h + 17, 'text-anchor': 'middle' }, plot, String(t));
    }
    for (const t of ticks(0, depth / 1000, 4)) {
      svg('path', { class: 'tick', d: `M${left} ${y(1000 * t)}h-4` }, plot);
      svg('text', { x: left - 7, y: Math.max(y(1000 * t) + 4, 12), 'text-anchor': 'end' }, plot, String(t));
    }
    svg('text', { x: left + w / 2, y: top + h + 36, 'text-anchor': 'middle' }, plot,
      slice.rings ? 'distance from the axis (mm)' : 'across (mm)');
    svg('text', { x: 12, y: top + h / 2, 'text-anchor': 'middle',
      transform: `rotate(-90 12 ${top + h / 2})` }, plot, 'depth (mm)');
    panel.append(element('figcaption', '', `day ${day}`), plot);
    return panel;
  }

  /* Of the kept days, the first and those nearest to a month and to the end: what a page has room for. */
  function chooseDays(days) {
    const all = days.map((_, i) => i);
    if (all.length <= 4) return all;
    const month = all.reduce((best, i) => (Math.abs(days[i] - 30) < Math.abs(days[best] - 30) ? i : best));
    const wanted = new Set([0, month, all.length - 2, all.length - 1]);
    for (const i of [...all].reverse()) if (wanted.size < 4) wanted.add(i);
    return [...wanted].sort((a, b) => a - b);
  }

  function drawSection(slice, quantity, large) {
    const box = element('div', 'quantity');
    box.dataset.figure = quantity.id;
    const head = element('div', 'quantity-head');
    const title = element('h3', '', `${quantity.title} `);
    title.append(element('span', '', quantity.unit));
    head.append(title, drawBar(quantity));
    const narrow = !large || slice.width_um < 0.5 * slice.z_um[slice.nz];
    const panels = element('div', narrow ? 'panels narrow' : 'panels');
    panels.append(...chooseDays(slice.days).map((index) => drawPanel(slice, quantity, index)));
    box.append(head, panels);
    return box;
  }

  /* ---- profiles of a column ---- */

  const dayColour = (index, count) => `rgb(${colour(0.9 * index / Math.max(count - 1, 1))})`;

  function drawProfile(slice, quantity) {
    const box = element('figure', 'panel profile');
    box.dataset.figure = quantity.id;
    const W = 320, H = 272, left = 44, right = 24, top = 8, bottom = 22;
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
    svg('text', { x: 12, y: (top + H - bottom) / 2, 'text-anchor': 'middle',
      transform: `rotate(-90 12 ${(top + H - bottom) / 2})` }, plot, 'depth (mm)');
    box.append(element('h3', '', quantity.title), element('figcaption', '', quantity.unit), plot);
    return box;
  }

  function sayDays(slice) {
    const days = element('p', 'days');
    slice.days.forEach((day, index) => {
      const item = element('span');
      const key = element('i');
      key.style.background = dayColour(index, slice.days.length);
      item.append(key, `day ${day}`);
      days.append(item);
    });
    return days;
  }

  function sayWhere(slice) {
    if (slice.rings) {
      return 'The skin around the mean puncture, from its axis (left) to half the distance to the next puncture. ';
    }
    const through = slice.defect ? `through the middle of the ${slice.defect.name} (dotted outline)`
      : 'through the row with most clot on the first day';
    return `A vertical section ${through}, at y = ${mm(slice.y_um)} mm. `;
  }

  /* Collagen at a size that can be read; the other fields beside it, folded away. */
  function drawInside() {
    const slice = data.slice;
    if (!document.getElementById('sections')) return;
    const place = document.getElementById('quantities');
    const more = document.querySelector('#other-quantities > div');
    const note = document.getElementById('sections-note');
    if (!slice) {
      document.getElementById('sections').remove();
      return;
    }
    const [first, ...others] = slice.quantities;
    if (slice.nx === 1) {
      note.textContent = 'Values by depth in the dermis, averaged over the patch. Dashed lines: ' +
        'borders of the papillary dermis, the reticular dermis and the fat.';
      const grids = [element('div', 'profiles'), element('div', 'profiles')];
      grids[0].append(drawProfile(slice, first));
      grids[1].append(...others.map((q) => drawProfile(slice, q)));
      place.replaceChildren(sayDays(slice), grids[0]);
      more.replaceChildren(sayDays(slice), grids[1]);
      return;
    }
    note.textContent = `${sayWhere(slice)}Repair is computed in the dermis; epidermis and fat are plain. ` +
      'Dashed lines: borders of layers.';
    place.replaceChildren(drawSection(slice, first, true));
    more.replaceChildren(...others.map((q) => drawSection(slice, q, false)));
  }

  /* ---- timelines ---- */

  const t = data.timeline;
  const map = (values, make) => values && values.map((v) => (v === null ? null : make(v)));
  const as = { percent: (v) => 100 * v, change: (v) => 100 * (v - 1), plain: (v) => v };
  /* A column of the timeline as a series, with the band of its draws where there were any. */
  const series = (label, name, make = as.plain, look = {}) => [label, map(t[name], make), { ...look,
    low: map(t[`${name}_low`], make), high: map(t[`${name}_high`], make) }];
  /* A run holds the columns of the parts of the model that are on: what it lacks is not drawn. */
  const regions = data.regions || {};
  const plots = [
    { id: 'time-regions', main: true, title: 'Collagen inside and around', note: 'collagen: change from before (%), at the same depth',
      x: regions.time_d, series: [['inside', regions.inside_pct], ['around', regions.around_pct, { colour: 2 }]] },
    { id: 'time-total', main: true, title: 'All collagen', note: 'all collagen: change from before (%)',
      series: [series('total', 'collagen_total_rel', as.change)] },
    { id: 'time-cells', main: true, title: 'Cells', note: 'fibroblasts: change from before (%); myofibroblasts: share of both (%)',
      series: [series('fibroblasts', 'fibroblast_rel', as.change), series('myofibroblasts', 'myofibroblast_frac', as.percent)] },
    { id: 'time-inflammation', main: true, title: 'Inflammation', note: 'macrophages that the needles called, per mm³ of treated dermis',
      early: true, series: [series('macrophages', 'macrophages_per_mm3')] },
    { id: 'time-closing', main: true, title: 'Closing of the skin',
      note: 'remaining open surface, and remaining rise in water loss, after the first session (%)',
      x: data.resealing && data.resealing.time_d,
      series: data.resealing ? [['open surface', data.resealing.open_pct], ['water loss', data.resealing.water_pct]] : [] },
    { id: 'time-collagen', title: 'Collagen by type', note: 'relative to before, 1 = unchanged',
      series: [series('total', 'collagen_total_rel'), series('type I', 'collagen_I_rel'), series('type III', 'collagen_III_rel'),
        series('cross-linked', 'collagen_mature_rel')] },
    { id: 'time-production', title: 'Collagen production', note: 'per day, relative to before',
      series: [series('production', 'collagen_production_rel')] },
    { id: 'time-signal', title: 'Signal, mean', note: 'in % of the level above which the model’s tissue scars without limit',
      early: true, series: [series('mean', 'signal_rel', as.percent)] },
    { id: 'time-highest', title: 'Signal, highest cell', note: 'in % of the same level',
      early: true, series: [series('highest cell', 'signal_max_rel', as.percent)] },
    { id: 'time-cytokine', title: 'Cytokine', note: 'change from before (%); inflammatory signal in % of that in freshly cut tissue',
      early: true, series: [series('cytokine', 'cytokine_rel', as.change), series('inflammatory signal', 'inflammatory', as.percent)] },
    { id: 'time-elastin', title: 'Elastin', note: 'change in all elastic fibre from before (%); new fibre and tropoelastin (%)',
      series: [series('all fibre', 'elastin_rel', as.change), series('new fibre', 'elastin_new_rel', as.percent),
        series('tropoelastin', 'tropoelastin_rel', as.percent)] },
    { id: 'time-capillaries', title: 'Capillaries', note: 'relative to before; and the collagen production that oxygen allows',
      series: [series('capillaries', 'capillary_rel'), series('oxygen supply', 'oxygen_supply_rel')] },
    { id: 'time-epidermis', title: 'Epidermis', note: 'thickness (µm)',
      series: [series('thickness', 'epidermis_um')] },
    { id: 'time-mechanics', title: 'Stiffness and tightness', note: 'relative to before, 1 = unchanged',
      series: [series('stiffness', 'stiffness_rel'), series('tightness', 'tightness_rel')] },
    { id: 'time-clot', title: 'Clot and open surface', note: 'in % of the treated dermis, and of the surface',
      early: true, series: [series('clot and cut tissue', 'clot_frac', as.percent), series('open surface', 'barrier_open_frac', as.percent)] },
  ].map((plot) => ({ ...plot, series: plot.series.filter(([, values]) => values) }))
    .filter((plot) => plot.series.length > 0);

  /* ---- products on the skin: in hours, each at its place in the page ---- */

  function enteringPlot(entry) {
    const what = entry.flux ? 'flux, mean since the output before (µg/cm²/h)'
      : entry.cell ? 'amount through the skin, samples included (µg/cm²)' : 'amount in viable skin and blood (µg/cm²)';
    const series = [['needled skin', entry.needled],
      [entry.needled ? 'of which in the blood' : 'in the blood', entry.blood, { colour: 3 }],
      ['intact skin', entry.intact, { colour: 2, dash: [6, 4] }],
      ['measured, needled', entry.measured_needled, { colour: 1, points: true }],
      ['measured, intact', entry.measured_intact, { colour: 2, points: true }]];
    const days = entry.time_h[entry.time_h.length - 1] > 240; /* weeks are not told in hours */
    const time = (hours) => (days ? hours / 24 : hours);
    return { id: entry.plot, x: entry.time_h.map(time), unit: days ? 'd' : 'h', marks: [[time(entry.off_h)]],
      title: entry.cell ? 'Amount permeated' : 'Amount entered', note: `${what}; dotted line: ${entry.cell ? 'donor taken off' : 'wiped off'}`,
      series };
  }

  /* Levels over depth, each time a line of its own; what is not there cannot be drawn in decades. */
  function profilePlot(entry) {
    const most = Math.max(...entry.level.flat());
    const shown = (values) => values.map((v) => (v > 1e-5 * most ? v : null));
    return { id: entry.plot, x: entry.depth_um, unit: 'µm', xLabel: 'depth', marks: [], decades: true, title: 'Over depth',
      note: `level in ${entry.needled ? 'needled' : 'intact'} skin, mean over its area, punctures included (µg/ml)`,
      series: entry.time_h.map((hour, i) => [hour < 72 ? `${hour} h` : `${Number((hour / 24).toPrecision(3))} d`, shown(entry.level[i])]) };
  }

  /* Depth runs down, what is numb is filled, and at their moment the needles are drawn. */
  function depthPlot(n) {
    const marks = [[n.off_h]];
    const needled = n.needling_h !== undefined;
    if (needled) marks.push([n.needling_h, `needles of ${n.needle_mm} mm`, n.needle_mm]);
    return { id: 'numb-depth', x: n.time_h, unit: 'h', marks, down: true, early: true,
      reach: needled ? n.needle_mm : 0, title: 'Numb depth',
      note: 'depth from the surface (mm), to which half of the nerves are blocked, and to which a ' +
        'single needle would not hurt; dotted line: wiped off' +
        (needled ? '; bar: the needles, at their time' : ''),
      series: [['numb down to', n.depth_mm, { fill: true }],
        ['a needle does not hurt down to', n.pain_free_mm, { colour: 2, dash: [6, 4] }]] };
  }

  /* A toxic level is drawn where the curve would still be seen beside it, else told. */
  function bloodPlot(n) {
    const series = [];
    let far = '';
    n.plasma.forEach((p, index) => {
      const most = Math.max(...p.level);
      series.push([p.name, p.level, { colour: index + 1 }]);
      if (p.warn > 20 * most && most > 0) {
        far += `; the toxic level of ${p.name}, ${show(p.warn, 0)}, is ${Number((p.warn / most).toPrecision(2))} times higher`;
      } else if (p.warn > 0) {
        series.push([`${p.name}, toxic level`, p.level.map(() => p.warn), { colour: index + 1, dash: [6, 4], level: true }]);
      }
    });
    return { id: 'numb-blood', x: n.time_h, unit: 'h', marks: [[n.off_h]], title: 'Blood level',
      note: `level in plasma (µg/ml); dotted line: wiped off${far}`, series };
  }

  const placed = data.entering.map(enteringPlot)
    .concat(data.profiles.filter((p) => p.level && p.level.some((v) => v.some((c) => c > 0))).map(profilePlot))
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

  const HEIGHT = 230, PAPER_HEIGHT = 180;
  const places = placed.map((plot) => document.querySelector(`[data-plot="${plot.id}"]`));
  let charts = [];

  function makeBox(plot) {
    const box = element('div', 'plot');
    box.dataset.figure = plot.id;
    const message = data.messages[plot.id];
    const title = element('h3', '', plot.title);
    if (message) title.innerHTML = message; /* made and escaped by the program */
    box.append(title, element('p', '', plot.note));
    return box;
  }

  /* Lines and bands of what is seen of the time, with a tenth to spare. */
  function bandRange(u, banded, low, high) {
    const [from, to] = u.series[0].idxs || [0, u.data[0].length - 1];
    const seen = banded.flatMap(([, , look]) => [look.low, look.high])
      .flatMap((end) => end.slice(from, to + 1));
    const all = [low, high, ...seen].filter((v) => v !== null && v !== undefined);
    const least = Math.min(...all), most = Math.max(...all);
    const spare = 0.1 * (most - least || Math.abs(most) || 1);
    return [least >= 0 && least < spare ? 0 : least - spare, most + spare];
  }

  const decades = (list) => list.map((v) => (Math.abs(Math.log10(v) % 1) < 1e-9 ? v : null));

  function drawPlot(plot, box, width, height) {
    const all = plot.series.flatMap(([, values]) => values).filter((v) => v !== null);
    const span = Math.max(...all) - Math.min(...all);
    const unit = plot.unit || 'd';
    const line = ([label, , look = {}], index) => {
      const stroke = css(`--series-${look.colour || index + 1}`);
      return { label, width: 2, stroke, dash: look.dash, points: look.points ? { show: true, size: 8, fill: stroke } : { show: false },
        ...(look.points ? { paths: () => null } : {}),
        ...(look.fill ? { fill: `color-mix(in srgb, ${stroke} 18%, transparent)`, fillTo: 0 } : {}),
        value: (u, v) => (v === null ? '–' : show(v, span / 10)) };
    };
    const banded = plot.series.filter(([, , look = {}]) => look.low);
    const y = banded.length > 0 ? { range: (u, low, high) => bandRange(u, banded, low, high) } : plot.decades ? { distr: 3 } : plot.down ? { dir: -1, range: (u, low, high) => [0, 1.2 * Math.max(high, plot.reach || 0) || 1] } : {};
    const chart = new uPlot({
      width,
      height,
      plugins: [drawBands(plot.series), drawMarks(plot.marks || data.sessions_d.map((day) => [day]))],
      legend: { markers: { dash: (u, i) => (u.series[i].dash ? 'dashed' : 'solid') } },
      scales: { x: { time: false }, y },
      axes: axes(unit, plot.decades ? decades : undefined),
      series: [{ label: plot.xLabel || (unit === 'd' ? 'day' : 'hour'),
        value: (u, v) => (v === null ? '–' : String(Number(v.toFixed(2)))) }, ...plot.series.map(line)],
    }, [plot.x || t.time_d, ...plot.series.map(([, values]) => values)], box);
    chart.setScale('x', { min: 0, max: interestingEnd(plot) });
    charts.push([chart, box]);
  }

  const HIDDEN = 400; /* width of what is folded away, until it is opened */

  /* All boxes first: a scroll bar that their height brings would change the width of them all. */
  function drawTimelines(width, height = HEIGHT) {
    charts.forEach(([chart]) => chart.destroy());
    charts = [];
    const shown = t.time_d.length < 2 ? [] : plots;
    const boxes = shown.concat(placed).map(makeBox);
    const of = (main) => boxes.slice(0, shown.length).filter((_, i) => Boolean(shown[i].main) === main);
    if (document.getElementById('timelines')) { /* the page of a diffusion cell has no course */
      document.getElementById('timelines').replaceChildren(...of(true));
      document.querySelector('#other-timelines > div').replaceChildren(...of(false));
    }
    placed.forEach((plot, i) => places[i].replaceChildren(boxes[shown.length + i]));
    boxes.forEach((box) => { box.style.minHeight = `${height + 60}px`; });
    shown.concat(placed).forEach((plot, i) => drawPlot(plot, boxes[i], width || boxes[i].clientWidth || HIDDEN, height));
  }

  function fit() {
    for (const [chart, box] of charts) {
      if (box.clientWidth > 0 && box.clientWidth !== chart.width) chart.setSize({ width: box.clientWidth, height: HEIGHT });
    }
  }

  function draw() {
    drawInside();
    drawTimelines();
    document.body.dataset.figures = document.querySelectorAll('[data-figure]').length;
  }

  draw();

  const watch = new ResizeObserver(fit);
  [...document.querySelectorAll('.plots'), ...places].forEach((place) => watch.observe(place));
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', draw);

  /* Paper is white: light colours, plots of half its width; what is folded stays so, but for the donors of a diffusion
     cell, which are all that there is. */
  const PRINT_WIDTH = 320; /* half of a page of A4 between its margins, in CSS pixels */
  const opened = [];
  addEventListener('beforeprint', () => {
    root.classList.add('printing');
    if (!document.getElementById('timelines'))
      opened.push(...document.querySelectorAll('details.product:not([open])'));
    opened.forEach((product) => { product.open = true; });
    drawTimelines(PRINT_WIDTH, PAPER_HEIGHT);
  });
  addEventListener('afterprint', () => {
    root.classList.remove('printing');
    opened.splice(0).forEach((product) => { product.open = false; });
    drawTimelines();
  });

  document.body.dataset.ready = 'true';
})();
