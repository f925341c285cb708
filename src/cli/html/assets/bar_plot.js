// SPDX-License-Identifier: Apache-2.0
// Bars from left to right, in rows that have names: short enough for a phone, and names stay readable.
"use strict";

/**
 * barDrawing({label, format, tick, series, rows})
 * series: [{key, label, style}]; rows: [{label, bars: [{series, value, low, high, doubtful, title, facts}]}].
 */
function barDrawing(spec) {
  return {
    series: spec.series,
    isBar: true,
    table: barTable(spec),
    draw: (root, width, shown) => drawBars(root, width, spec, shown),
  };
}

function barTable({ label, format: show, series, rows }) {
  const names = new Map(series.map((one) => [one.key, one.label]));
  return {
    columns: [{ label: "Row" }, { label: "Series" }, { label, number: true }],
    rows: rows.flatMap((row) => row.bars.map((bar) => [bar.title ?? row.label, names.get(bar.series), show(bar.value)])),
  };
}

function drawBars(root, width, spec, shown) {
  const rows = spec.rows.map((row) => ({ ...row, bars: row.bars.filter((bar) => shown.has(bar.series)) }))
    .filter((row) => row.bars.length > 0);
  const bars = rows.flatMap((row) => row.bars);
  if (bars.length === 0) return { height: 120, marks: [] };
  const [thick, gap, top] = [13, 12, 26];
  const names = Math.min(Math.max(...rows.map((row) => row.label.length)) * 6.7 + 10, width * 0.4);
  const box = { left: names, right: width - 76, top };
  box.bottom = top + rows.reduce((sum, row) => sum + row.bars.length * thick + gap, 0);
  const x = valueScale(bars.flatMap((bar) => [bar.value, bar.high ?? bar.value]),
    { log: false, start: box.left, end: box.right, count: Math.max(Math.floor((box.right - box.left) / 90), 2) });
  drawBarAxis(root, box, x, spec);
  const marks = [];
  let y = top + gap / 2;
  for (const row of rows) {
    const middle = y + (row.bars.length * thick) / 2;
    root.append(svg("text", { class: "row", x: box.left - 8, y: middle + 4, "text-anchor": "end" }, fitted(row.label, names)));
    for (const bar of row.bars) {
      marks.push(drawBar(root, x, box, y, thick, bar, row, spec));
      y += thick;
    }
    y += gap;
  }
  return { height: box.bottom + 8, marks };
}

function fitted(label, room) {
  const most = Math.floor((room - 10) / 6.5);
  return label.length <= most ? label : label.slice(0, most - 1) + "\u2026";
}

function drawBarAxis(root, box, x, spec) {
  for (const tick of x.ticks) {
    root.append(svg("path", { class: tick === 0 ? "axis" : "grid", d: `M${x.at(tick)},${box.top}V${box.bottom}` }),
      svg("text", { x: x.at(tick), y: box.top - 7, "text-anchor": "middle" }, spec.tick(tick)));
  }
}

function drawBar(root, x, box, y, thick, bar, row, spec) {
  const { style } = spec.series.find((one) => one.key === bar.series);
  const end = x.at(bar.value);
  const middle = y + thick / 2;
  const group = svg("g", { class: style.color, "data-series": bar.series },
    svg("path", { class: bar.doubtful ? "bar doubtful" : "bar", d: `M${box.left},${y + 1}H${end}v${thick - 2}H${box.left}Z` }));
  let after = end;
  if (isNumber(bar.low) && isNumber(bar.high)) {
    const [low, high] = [x.at(bar.low), x.at(bar.high)];
    if (high - low > 3) {
      group.append(svg("path", { class: "error", d: `M${low},${middle}H${high}M${low},${middle - 3}v6M${high},${middle - 3}v6` }));
      after = Math.max(end, high);
    }
  }
  group.append(svg("text", { x: after + 5, y: middle + 4 }, spec.format(bar.value)));
  root.append(group);
  return { x: end, y: middle, series: bar.series, title: bar.title ?? row.label, facts: bar.facts };
}
