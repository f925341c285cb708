// SPDX-License-Identifier: Apache-2.0
// Columns that stand side by side: the hours of a day, the days of a week.
"use strict";

/**
 * columnDrawing({label, format, tick, series, columns})
 * series: [{key, label, style}], each drawn in front of the one before; columns: [{label, values: {key: number}, facts}].
 */
function columnDrawing(spec) {
  return {
    series: spec.series,
    isBar: true,
    get table() { return columnTable(spec); },
    draw: (root, width, shown) => drawColumns(root, width, spec, spec.series.filter(({ key }) => shown.has(key))),
  };
}

function columnTable({ label, format: show, series, columns }) {
  return {
    columns: [{ label }, ...series.map((one) => ({ label: one.label, number: true }))],
    rows: columns.map((column) => [column.label, ...series.map(({ key }) => show(column.values[key]))]),
  };
}

/** Names that fit under their columns: whole, or begun, and as many as there is room for. */
function columnNames(columns, room) {
  const texts = columns.map(({ label }) => visible(label));
  const longest = Math.max(...texts.map((text) => text.length));
  const most = longest * 7.2 + 4 <= room ? longest : Math.min(longest, 3);
  const step = Math.ceil((most * 7.2 + 4) / room);
  return texts.map((text, i) => (i % step === 0 ? text.slice(0, most) : ""));
}

function drawColumns(root, width, spec, series) {
  const { columns } = spec;
  if (columns.length === 0) return { height: 120, marks: [] };
  const height = 190;
  const box = { left: 58, right: width - 12, top: 14, bottom: height - 26 };
  const room = (box.right - box.left) / columns.length;
  const values = columns.flatMap((column) => series.map(({ key }) => column.values[key]));
  const y = valueScale(values.length > 0 ? values : [1], { log: false, start: box.bottom, end: box.top, count: 4 });
  for (const tick of y.ticks) {
    root.append(svg("path", { class: tick === 0 ? "axis" : "grid", d: `M${box.left},${y.at(tick)}H${box.right}` }),
      svg("text", { x: box.left - 6, y: y.at(tick) + 4, "text-anchor": "end" }, spec.tick(tick)));
  }
  const names = columnNames(columns, room);
  const gap = Math.min(room * 0.16, 10);
  const marks = columns.map((column, i) => {
    const band = { left: box.left + i * room + gap, right: box.left + (i + 1) * room - gap, top: box.top, bottom: box.bottom };
    const tops = series.map(({ key, style }) => drawColumn(root, band, y.at(column.values[key]), key, style));
    const x = (band.left + band.right) / 2;
    if (names[i]) root.append(svg("text", { x, y: box.bottom + 18, "text-anchor": "middle" }, names[i]));
    return { x, y: Math.min(box.bottom, ...tops), band, series: "columns", title: column.label, facts: column.facts };
  });
  return { height, marks };
}

function drawColumn(root, { left, right, bottom }, top, key, style) {
  const radius = Math.min(3, (right - left) / 3, Math.max(bottom - top, 0));
  root.append(svg("g", { class: style.color, "data-series": key }, svg("path", { class: "bar",
    d: `M${left},${bottom}V${top + radius}q0,${-radius} ${radius},${-radius}H${right - radius}q${radius},0 ${radius},${radius}V${bottom}Z` })));
  return top;
}
