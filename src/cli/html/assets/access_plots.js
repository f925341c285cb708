// SPDX-License-Identifier: Apache-2.0
// The plots of `folio bench access`: what each one shows of the cells that its lists leave.
"use strict";

const MEASURES = new Map([
  ["bytes_per_second", { label: "Bytes a second", format: format.rate, tick: format.rateTick }],
  ["operations_per_second", { label: "Operations a second", format: format.operations, tick: format.operationsTick }],
  ["limit_share", { label: "Share of the limit", format: format.share, tick: format.shareTick }],
]);

/** What cells cost beside time: pairs of counts, each by the bytes that were looked at. */
const COSTS = new Map([
  ["faults", { label: "Page faults per MiB", unit: 2 ** 20, pair: [["minor_faults", "minor"], ["major_faults", "major"]] }],
  ["cpu", { label: "CPU seconds per GiB", unit: 2 ** 30, pair: [["user_seconds", "user"], ["system_seconds", "system"]] }],
  ["switches", { label: "Context switches per GiB", unit: 2 ** 30,
    pair: [["voluntary_switches", "voluntary"], ["involuntary_switches", "involuntary"]] }],
]);

const BEST = "best of each method";

function methodStyle(method) {
  const known = METHODS.indexOf(method);
  return seriesStyle(known < 0 ? METHODS.length - 1 : known);
}

/** Prefers the value with the most rows behind it; among equals the last. */
function mostRows(key) {
  return (values, rows) => {
    const count = (value) => rows.filter((row) => row[key] === value).length;
    return values.reduce((best, value) => (count(value) >= count(best) ? value : best));
  };
}

const DIMENSIONS = {
  shape: { key: "shape", label: "Shape", format: shapeWord, order: [...SHAPES.keys()] },
  work: { key: "work", label: "Work", format: workWord, order: [...WORKS.keys()] },
  state: { key: "state", label: "State", format: stateWord, order: [...STATES.keys()], prefer: mostRows("state") },
  size: { key: "size", label: "Size", format: format.bytes, prefer: mostRows("size") },
  threads: { key: "threads", label: "Threads", format: format.count, prefer: mostRows("threads") },
};

/** Methods with more than one variant among the cells. */
function methodsWithVariants(cells) {
  const labels = new Map();
  for (const { method, label } of cells) labels.set(method, (labels.get(method) ?? new Set()).add(label));
  return inOrder([...labels.keys()].filter((method) => labels.get(method).size > 1), METHODS);
}

/** Groups of cells, each a curve or a row: a method with its best variant, or the variants of one method. */
function groupsOf(cells, lines) {
  const wanted = lines === BEST ? cells : cells.filter((cell) => cell.method === lines);
  const key = lines === BEST ? "method" : "label";
  const names = inOrder([...new Set(wanted.map((cell) => cell[key]))], METHODS);
  return names.map((name, index) => ({ key: name, label: name, cells: wanted.filter((cell) => cell[key] === name),
    style: lines === BEST ? methodStyle(name) : seriesStyle(index + 1) }));
}

/** The fastest of cells that have the measure; nothing where none has. */
function fastest(cells, measure) {
  return cells.filter((cell) => cell[measure] > 0)
    .reduce((best, cell) => (best === null || cell[measure] > best[measure] ? cell : best), null);
}

function pointOf(cell, x, measure) {
  const by = (seconds) => (seconds > 0 ? (cell[measure] * cell.seconds) / seconds : null);
  return { x: cell[x], y: cell[measure], value: cell[measure], low: by(cell.seconds_max), high: by(cell.seconds_min),
    doubtful: notesOf(cell).length > 0, title: cell.label, facts: cellFacts(cell) };
}

/** The limit that most of the cells are compared with. */
function limitLine(cells, x, measure, limits) {
  const names = cells.map((cell) => cell.limit).filter((name) => typeof name === "string");
  const name = mostOften(names);
  if (name === null) return [];
  if (measure === "limit_share") return [{ label: `limit: ${name}`, points: [{ y: 1 }] }];
  const same = limits.filter((limit) => limit.name === name && limit[measure] > 0);
  const at = (threads) => same.find((limit) => limit.threads === threads);
  const xs = [...new Set(cells.map((cell) => cell[x]))].sort((a, b) => a - b);
  const points = x === "threads" ? xs.filter(at).map((threads) => ({ x: threads, y: at(threads)[measure] }))
    : [at(cells[0].threads)].filter(Boolean).map((limit) => ({ y: limit[measure] }));
  if (points.length === 0 && same.length > 0) points.push({ y: Math.max(...same.map((limit) => limit[measure])) });
  return [{ label: `limit: ${name}`, points }];
}

function mostOften(names) {
  const count = new Map();
  for (const name of names) count.set(name, (count.get(name) ?? 0) + 1);
  return [...count.entries()].reduce((best, one) => (best === null || one[1] > best[1] ? one : best), null)?.[0] ?? null;
}

/** Curves over sizes or threads. */
function curves(cells, view, x, limits) {
  const series = groupsOf(cells, view.lines).map((group) => {
    const values = [...new Set(group.cells.map((cell) => cell[x]))].sort((a, b) => a - b);
    const best = values.map((value) => fastest(group.cells.filter((cell) => cell[x] === value), view.measure));
    return { ...group, points: best.filter(Boolean).map((cell) => pointOf(cell, x, view.measure)) };
  }).filter((one) => one.points.length > 0);
  const { label, format: show, tick } = MEASURES.get(view.measure);
  return lineDrawing({ series, references: cells.length > 0 ? limitLine(cells, x, view.measure, limits) : [],
    x: { label: DIMENSIONS[x].label, format: DIMENSIONS[x].format, log: true },
    y: { label, format: show, tick, log: view.log } });
}

/** Rows of methods with a bar for each state. */
function stateBars(cells, view) {
  const states = inOrder([...new Set(cells.map((cell) => cell.state))], [...STATES.keys()]);
  const looks = { cold: 1, limited: 7, "warm-4k": 6, "warm-2m": 2 };
  const rows = groupsOf(cells, view.lines).map((group) => ({ label: group.label, bars: states.map((state) => {
    const cell = fastest(group.cells.filter((one) => one.state === state), view.measure);
    return cell && { ...pointOf(cell, "size", view.measure), series: state };
  }).filter(Boolean) }));
  const { label, format: show, tick } = MEASURES.get(view.measure);
  return barDrawing({ label, format: show, tick, rows,
    series: states.map((state, i) => ({ key: state, label: stateWord(state), style: seriesStyle(looks[state] ?? 3 + i) })) });
}

/** Rows of methods with what they cost. */
function costBars(cells, view) {
  const { label, unit, pair } = COSTS.get(view.cost);
  const rows = groupsOf(cells, view.lines).map((group) => {
    const cell = fastest(group.cells, "bytes_per_second");
    const bars = cell === null || !(cell.bytes > 0) ? [] : pair.filter(([key]) => isNumber(cell[key])).map(([key]) =>
      ({ series: key, value: (cell[key] * unit) / cell.bytes, title: cell.label, facts: cellFacts(cell) }));
    return { label: group.label, bars };
  });
  return barDrawing({ label, format: format.number, tick: short, rows,
    series: pair.map(([key, name], index) => ({ key, label: name, style: seriesStyle(index === 0 ? 1 : 2) })) });
}

/** The lists of a plot that do not narrow down, but say how the rest is shown. */
function viewLists(cells, view, { measures, costs, logs }, change) {
  const lists = [];
  const variants = methodsWithVariants(cells);
  if (view.lines !== BEST && !variants.includes(view.lines)) view.lines = BEST;
  const set = (key) => (value) => change({ ...view, [key]: value });
  lists.push(selectOf("Methods", [[BEST, BEST], ...variants.map((method) => [method, `every ${method}`])], view.lines, set("lines")));
  if (measures) {
    const known = [...MEASURES.keys()].filter((key) => cells.some((cell) => cell[key] > 0));
    if (!known.includes(view.wanted)) view.measure = known.includes("operations_per_second") ? "operations_per_second" : known[0] ?? "bytes_per_second";
    else view.measure = view.wanted;
    lists.push(selectOf("Measure", known.map((key) => [key, MEASURES.get(key).label]), view.measure, set("wanted")));
  }
  if (costs) lists.push(selectOf("Cost", [...COSTS].map(([key, cost]) => [key, cost.label]), view.cost, set("cost")));
  if (logs) lists.push(selectOf("Scale", [[false, "linear"], [true, "logarithmic"]], view.log, set("log")));
  return lists;
}

/** A plot with its lists. */
function plotSection({ id, title, text, cells, dimensions, lists, draw }) {
  const plot = new Plot(id + "-plot", title);
  const views = html("div", { class: "controls" });
  let left = [];
  const show = (view, changed) => {
    const shown = { ...view };
    const at = [...views.children].findIndex((one) => one.contains(document.activeElement));
    views.replaceChildren(...viewLists(left, shown, lists, (next) => show(next, true)));
    if (changed && at >= 0) views.children[at].querySelector("select").focus();
    current = shown;
    plot.show(draw(left, shown));
  };
  let current = { lines: BEST, measure: "bytes_per_second", wanted: null, cost: "faults", log: false };
  const chooser = new Chooser(cells, dimensions.map((key) => DIMENSIONS[key]), (rows) => {
    left = rows;
    show(current, false);
  });
  return section(id, title, text, html("div", { class: "panel" }, chooser.element, views, plot.element));
}
