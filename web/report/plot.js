/* What all of Percuta's plots share: texts, numbers, axes and marks. Colours come from the style sheet,
 * so that light, dark and print need no second set of them here. */
'use strict';

const percutaPlot = (() => {
  const css = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

  function element(tag, className, text) {
    const node = document.createElement(tag);
    if (className) node.className = className;
    if (text !== undefined) node.textContent = text;
    return node;
  }

  /* A number with three significant digits, or more when neighbours would look the same. */
  function show(value, span) {
    if (value === 0) return '0';
    const digits = span > 0 ? Math.ceil(Math.log10(Math.abs(value) / span)) + 2 : 3;
    return String(Number(value.toPrecision(Math.min(Math.max(digits, 3), 7)))).replace('-', '−');
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

  /* Behind the lines, the band of each series that has one. */
  const drawBands = (all) => ({
    hooks: { drawAxes: [(u) => {
      const { ctx, bbox } = u;
      ctx.save();
      ctx.beginPath();
      ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
      ctx.clip();
      all.forEach(([, , look = {}], index) => {
        if (!look.low || !u.series[index + 1].show) return;
        const places = u.data[0].map((x, i) => [x, look.low[i], look.high[i]]).filter(([, low]) => low !== null);
        ctx.beginPath();
        places.forEach(([x, , high]) => ctx.lineTo(u.valToPos(x, 'x', true), u.valToPos(high, 'y', true)));
        places.reverse().forEach(([x, low]) => ctx.lineTo(u.valToPos(x, 'x', true), u.valToPos(low, 'y', true)));
        ctx.closePath();
        ctx.globalAlpha = 0.16;
        ctx.fillStyle = css(`--series-${look.colour || index + 1}`);
        ctx.fill();
      });
      ctx.restore();
    }] },
  });

  /* Time below, values at the left; `keep` sorts out the marks of a logarithmic axis that get a line and a number. */
  function axes(unit, keep) {
    const axis = { stroke: css('--soft'), grid: { stroke: css('--line'), width: 1 },
      ticks: { stroke: css('--line'), width: 1 }, font: '12px system-ui, sans-serif' };
    return [{ ...axis, values: (u, list) => list.map((v) => `${v} ${unit}`) },
      { ...axis,
        ...(keep ? { filter: (u, list) => keep(list), grid: { ...axis.grid, filter: (u, list) => keep(list) }, ticks: { ...axis.ticks, filter: (u, list) => keep(list) } } : {}),
        size: 62, values: (u, list) => list.map((v) => (v === null ? '' : show(v, 0))) }];
  }

  return { css, element, show, drawBands, drawMarks, axes };
})();
