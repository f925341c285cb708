// SPDX-License-Identifier: Apache-2.0
// Curves of values over sizes, threads or time, with error bars and lines of reference.
"use strict";

/**
 * lineDrawing({x: {label, format, log}, y: {label, format, tick, log}, series, references})
 * series: [{key, label, style, points: [{x, y, low, high, doubtful, facts}]}], points in the order of x;
 * references: [{label, points: [{x, y}]}], drawn dashed behind the curves.
 */
function lineDrawing(spec) {
  return {
    series: spec.series,
    table: lineTable(spec),
    draw: (root, width, shown) => drawLines(root, width, spec, spec.series.filter(({ key }) => shown.has(key))),
  };
}

function lineTable({ x, y, series }) {
  return {
    columns: [{ label: "Series" }, { label: x.label, number: true }, { label: y.label, number: true }],
    rows: series.flatMap((one) => one.points.map((point) => [point.title ?? one.label, x.format(point.x), y.format(point.y)])),
  };
}

function drawLines(root, width, spec, series) {
  const height = Math.round(Math.min(Math.max(width * 0.5, 250), 400));
  const points = series.flatMap((one) => one.points);
  if (points.length === 0) return { height: 120, marks: [] };
  const references = spec.references ?? [];
  const around = [...points, ...references.flatMap((one) => one.points)];
  const box = { left: 66, right: width - 22, top: 22, bottom: height - 44 };
  const x = pointScale(points.map((point) => point.x), { log: spec.x.log, start: box.left + 10, end: box.right - 10, room: 58 });
  const y = valueScale(around.flatMap((point) => [point.y, point.low ?? point.y, point.high ?? point.y]),
    { log: spec.y.log, start: box.bottom, end: box.top });
  drawAxes(root, box, x, y, spec);
  references.forEach((one) => drawReference(root, box, x, y, one));
  return { height, marks: series.flatMap((one) => drawSeries(root, x, y, spec, one)) };
}

function drawAxes(root, box, x, y, spec) {
  for (const tick of y.ticks) {
    const place = y.at(tick);
    root.append(svg("path", { class: "grid", d: `M${box.left},${place}H${box.right}` }),
      svg("text", { x: box.left - 6, y: place + 4, "text-anchor": "end" }, spec.y.tick(tick)));
  }
  root.append(svg("path", { class: "axis", d: `M${box.left},${box.bottom}H${box.right}` }));
  for (const tick of x.ticks) {
    const place = x.at(tick);
    root.append(svg("path", { class: "axis", d: `M${place},${box.bottom}v5` }),
      svg("text", { x: place, y: box.bottom + 18, "text-anchor": "middle" }, spec.x.format(tick)));
  }
  root.append(svg("text", { x: (box.left + box.right) / 2, y: box.bottom + 37, "text-anchor": "middle" }, spec.x.label),
    svg("text", { x: 4, y: 12 }, spec.y.label));
}

function drawReference(root, box, x, y, { label, points }) {
  const inside = points.filter((point) => point.y > 0);
  if (inside.length === 0) return;
  const level = inside.every((point) => point.y === inside[0].y);
  const path = level ? `M${box.left},${y.at(inside[0].y)}H${box.right}`
    : "M" + inside.map((point) => `${x.at(point.x)},${y.at(point.y)}`).join("L");
  root.append(svg("path", { class: "reference", d: path }),
    svg("text", { x: box.right, y: y.at(inside.at(-1).y) - 6, "text-anchor": "end" }, label));
}

function errorBar(point, x, y) {
  if (!isNumber(point.low) || !isNumber(point.high)) return null;
  const [low, high] = [y.at(point.low), y.at(point.high)];
  if (Math.abs(high - low) < 2) return null;
  return svg("path", { class: "error", d: `M${x},${low}V${high}M${x - 3},${low}h6M${x - 3},${high}h6` });
}

function drawSeries(root, x, y, spec, { key, label, style, points }) {
  const places = points.map((point) => [x.at(point.x), y.at(point.y)]);
  const group = svg("g", { class: style.color, "data-series": key });
  if (places.length > 1) group.append(svg("path", { class: "curve", d: "M" + places.join("L"), "stroke-dasharray": style.dash }));
  points.forEach((point, index) => {
    const [left, top] = places[index];
    const bar = errorBar(point, left, y);
    if (bar) group.append(bar);
    group.append(markerAt(style, left, top, { class: point.doubtful ? "mark doubtful" : "mark" }));
  });
  root.append(group);
  return points.map((point, index) => ({ x: places[index][0], y: places[index][1], series: key,
    title: point.title ?? label, facts: point.facts }));
}
