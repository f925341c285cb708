// SPDX-License-Identifier: Apache-2.0
// Values over time, in buckets without gaps. Dragging shows a part of the time, a double click all of it; plots with the
// same zoom show the same part.
"use strict";

const MINUTE = 60;
const DAY = 86400;
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const WEEKDAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const MONDAY = 4 * DAY;  // the first one after 1970 began

const two = (number) => String(number).padStart(2, "0");

/** The parts of a moment in UTC; nothing where there is no such date. */
function momentOf(seconds) {
  const date = new Date(seconds * 1000);
  if (Number.isNaN(date.getTime())) return null;
  return { year: date.getUTCFullYear(), month: date.getUTCMonth(), day: date.getUTCDate(), weekday: date.getUTCDay(),
    time: `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}`, second: date.getUTCSeconds() };
}

/** "Thu 15 Jan 2026, 14:00", as far as buckets of this length need it; 0 seconds are a month. */
function momentText(seconds, length = 1) {
  const at = momentOf(seconds);
  if (at === null) return NOTHING;
  if (length === 0) return `${MONTHS[at.month]} ${at.year}`;
  const date = `${WEEKDAYS[at.weekday]} ${at.day} ${MONTHS[at.month]} ${at.year}`;
  if (length % DAY === 0) return date;
  return `${date}, ${at.time}${length % MINUTE === 0 ? "" : ":" + two(at.second)}`;
}

/** Ways to tell where a tick stands: where the number of the unit changes from one bucket to the next. */
const TICK_UNITS = [1, 5, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10800, 21600, 43200, DAY, 2 * DAY]
  .map((step) => ({ of: (seconds) => Math.floor(seconds / step), length: step < DAY ? Math.min(step, MINUTE) : DAY }))
  .concat([7, 14].map((days) => ({ of: (seconds) => Math.floor((seconds - MONDAY) / (days * DAY)), length: DAY })))
  .concat([1, 2, 3, 6].map((months) => ({ length: 0, of: (seconds) => {
    const at = momentOf(seconds);
    return at === null ? 0 : Math.floor((at.year * 12 + at.month) / months);
  } })))
  .concat([1, 2, 5, 10, 100, 1000].map((years) => ({ length: null, of: (seconds) => Math.floor((momentOf(seconds)?.year ?? 0) / years) })));

function tickText(seconds, before, { length }) {
  const at = momentOf(seconds);
  if (at === null) return NOTHING;
  if (length === null) return String(at.year);
  if (length === 0) return at.month === 0 || before === null ? `${MONTHS[at.month]} ${at.year}` : MONTHS[at.month];
  const newDay = before === null || Math.floor(before / DAY) !== Math.floor(seconds / DAY);
  return length === DAY || newDay ? `${at.day} ${MONTHS[at.month]}` : at.time;
}

/** Indices of buckets with a tick, at most `most`, with their texts. */
function timeTicks(buckets, from, to, most) {
  const unit = TICK_UNITS.find(({ of }) => {
    let count = 0;
    for (let i = from + 1; i < to; ++i) if (of(buckets[i].begin) !== of(buckets[i - 1].begin)) ++count;
    return count < most;
  }) ?? TICK_UNITS.at(-1);
  const ticks = [];
  for (let i = from; i < to; ++i) {
    const isFirst = i === from;
    if (!isFirst && unit.of(buckets[i].begin) === unit.of(buckets[i - 1].begin)) continue;
    ticks.push({ index: i, text: tickText(buckets[i].begin, isFirst ? null : buckets[ticks.at(-1).index].begin, unit) });
  }
  return ticks;
}

/** The part of the time that is shown: buckets from `from` to before `to`. */
class Zoom {
  constructor(count) {
    Object.assign(this, { count, from: 0, to: count, watchers: [] });
  }

  get isWhole() {
    return this.from === 0 && this.to === this.count;
  }

  set(from, to) {
    const span = Math.min(Math.max(Math.round(to - from), 2), this.count);
    this.from = Math.min(Math.max(Math.round(from), 0), this.count - span);
    this.to = this.from + span;
    this.watchers.forEach((watcher) => watcher());
  }

  reset() {
    this.set(0, this.count);
  }

  /** Shows `factor` times as much, around a bucket. */
  scale(factor, around) {
    const span = this.to - this.from;
    const share = (around - this.from) / span;
    const next = Math.max(span * factor, 2);
    this.set(around - share * next, around + (1 - share) * next);
  }
}

/**
 * timeDrawing({buckets, length, zoom, y: {label, format, tick, log}, series, facts(bucket)})
 * buckets: [{begin, ...}]; series: [{key, label, style, fill, value(bucket)}]: filled ones are steps, others curves.
 */
function timeDrawing(spec) {
  return {
    series: spec.series,
    isBar: spec.series.every(({ fill }) => fill),
    get table() { return timeTable(spec); },
    draw: (root, width, shown) => drawTime(root, width, spec, spec.series.filter(({ key }) => shown.has(key))),
  };
}

function timeTable({ buckets, length, zoom, y, series }) {
  return {
    columns: [{ label: "Time (UTC)" }, ...series.map(({ label }) => ({ label, number: true }))],
    rows: buckets.slice(zoom.from, zoom.to).map((bucket) =>
      [momentText(bucket.begin, length), ...series.map(({ value }) => y.format(value(bucket)))]),
  };
}

function drawTime(root, width, spec, series) {
  const { buckets, zoom } = spec;
  if (zoom.to <= zoom.from) return { height: 120, marks: [] };
  const height = Math.round(Math.min(Math.max(width * 0.3, 210), 330));
  const box = { left: 62, right: width - 14, top: 24, bottom: height - 28 };
  const step = (box.right - box.left) / (zoom.to - zoom.from);
  const x = (index) => box.left + (index - zoom.from) * step;
  const shown = buckets.slice(zoom.from, zoom.to);
  const values = series.flatMap(({ value }) => shown.map(value)).filter(isNumber);
  const y = valueScale(values.length > 0 ? values : [1], { log: spec.y.log, start: box.bottom, end: box.top, count: 7, unit: spec.y.unit?.(values) });
  drawTimeAxes(root, box, x, y, spec, step);
  for (const one of series) (one.fill ? drawSteps : drawCurve)(root, box, shown, x, y, zoom.from, one);
  return { height, marks: shown.map((bucket, i) => markOf(bucket, zoom.from + i, box, x, y, spec, series)) };
}

function markOf(bucket, index, box, x, y, spec, series) {
  const tops = series.map(({ value }) => value(bucket)).filter(isNumber).map((value) => y.at(value));
  return { x: x(index + 0.5), y: tops.length > 0 ? Math.min(...tops) : box.bottom, series: "time", index,
    band: { left: x(index), right: x(index + 1), top: box.top, bottom: box.bottom },
    title: momentText(bucket.begin, spec.length), facts: spec.facts(bucket) };
}

function drawTimeAxes(root, box, x, y, spec, step) {
  for (const tick of y.ticks) {
    const place = y.at(tick);
    if (place < box.top - 1) continue;
    root.append(svg("path", { class: "grid", d: `M${box.left},${place}H${box.right}` }),
      svg("text", { x: box.left - 6, y: place + 4, "text-anchor": "end" }, spec.y.tick(tick)));
  }
  const most = Math.max(Math.floor((box.right - box.left) / 76), 2);
  let free = -Infinity;
  for (const { index, text } of timeTicks(spec.buckets, spec.zoom.from, spec.zoom.to, most)) {
    const place = x(index);
    const half = text.length * 3.6;
    const middle = Math.min(Math.max(place, half + 1), box.right + 13 - half);
    if (middle - half < free) continue;
    free = middle + half + 8;
    root.append(svg("path", { class: "axis", d: `M${place},${box.bottom}v5` }),
      svg("text", { x: middle, y: box.bottom + 19, "text-anchor": "middle" }, text));
  }
  root.append(svg("path", { class: "axis", d: `M${box.left},${box.bottom}H${box.right}` }), svg("text", { x: 4, y: 12 }, spec.y.label));
}

const rounded = (place) => Math.round(place * 100) / 100;

/** One level for each bucket. */
function drawSteps(root, box, shown, x, y, from, { key, style, value }) {
  let line = "";
  shown.forEach((bucket, i) => {
    const level = value(bucket);
    const top = rounded(isNumber(level) ? y.at(level) : box.bottom);
    line += `${i === 0 ? "M" + box.left + "," + top : "V" + top}H${rounded(x(from + i + 1))}`;
  });
  root.append(svg("g", { class: style.color, "data-series": key },
    svg("path", { class: "area", d: `${line}V${box.bottom}H${box.left}Z` }), svg("path", { class: "curve", d: line })));
}

/** A curve from middle to middle; buckets without a value interrupt it. */
function drawCurve(root, box, shown, x, y, from, { key, style, value }) {
  const group = svg("g", { class: style.color, "data-series": key });
  let run = [];
  const end = () => {
    if (run.length === 1) group.append(svg("circle", { class: "mark", cx: run[0][0], cy: run[0][1], r: 3 }));
    if (run.length > 1) group.append(svg("path", { class: "curve", d: "M" + run.join("L"), "stroke-dasharray": style.dash }));
    run = [];
  };
  shown.forEach((bucket, i) => {
    const level = value(bucket);
    if (isNumber(level)) run.push([rounded(x(from + i + 0.5)), rounded(y.at(level))]);
    else end();
  });
  end();
  root.append(group);
}

class TimePlot extends Plot {
  constructor(name, caption, zoom) {
    super(name, caption);
    this.zoom = zoom;
    this.start = null;
    this.root.classList.add("time");
    this.root.addEventListener("pointerdown", (event) => this.begin(event));
    this.root.addEventListener("pointerup", (event) => this.finish(event));
    this.root.addEventListener("pointercancel", () => this.select(null));
    this.root.addEventListener("dblclick", () => this.zoom.reset());
    this.reset = html("button", { type: "button", onclick: () => this.zoom.reset() }, "Show all of the time");
    this.hint = html("div", { class: "under hint", role: "status" });
  }

  show(drawing) {
    this.select(null);
    super.show(drawing);
    const { from, to, count, isWhole } = this.zoom;
    this.hint.replaceChildren(...(isWhole ? (count > 2 ? ["Drag to zoom, double click for all of it."] : [])
      : [`${format.count(to - from)} of ${format.count(count)} buckets`, this.reset]));
  }

  /** The mark under the pointer, or the nearest one sideways. */
  nearest(event) {
    const box = this.root.getBoundingClientRect();
    const x = ((event.clientX - box.left) * this.width) / box.width;
    const distance = ({ band }) => Math.max(band.left - x, x - band.right, 0);
    return this.marks.reduce((best, mark, i) => (best < 0 || distance(mark) < distance(this.marks[best]) ? i : best), -1);
  }

  point(event) {
    const at = this.nearest(event);
    this.mark(at);
    if (this.start !== null) this.select(this.start, at);
  }

  begin(event) {
    if (event.button !== 0 || this.zoom.count <= 2) return;
    this.start = this.nearest(event);
    this.root.setPointerCapture(event.pointerId);
  }

  finish(event) {
    if (this.start === null || this.marks.length === 0) return;
    const [first, last] = [this.start, this.nearest(event)].sort((a, b) => a - b).map((at) => this.marks[at].index);
    this.select(null);
    if (last > first) this.zoom.set(first, last + 1);
  }

  /** Shows what is being chosen; null: nothing. */
  select(start, end) {
    this.start = start;
    this.root.querySelector(".selection")?.remove();
    if (start === null || start === end) return;
    const [first, last] = [Math.min(start, end), Math.max(start, end)].map((at) => this.marks[at].band);
    this.root.append(svg("rect", { class: "selection", x: first.left, y: first.top, width: last.right - first.left,
      height: first.bottom - first.top }));
  }

  key(event) {
    const around = this.at >= 0 ? this.marks[this.at].index + 0.5 : (this.zoom.from + this.zoom.to) / 2;
    const act = { "+": () => this.zoom.scale(0.5, around), "-": () => this.zoom.scale(2, around), "0": () => this.zoom.reset() }[event.key];
    if (!act) return super.key(event);
    event.preventDefault();
    return act();
  }
}
