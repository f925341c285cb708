// SPDX-License-Identifier: Apache-2.0
// What all plots share: the figure with its legend, the values shown at the pointer or by the arrow keys, and the table
// with the same values.
//
// A plot shows a *drawing*: {series: [{key, label, style}], isBar, table: {columns, rows}, draw(root, width, shown)}. draw()
// puts elements into the svg `root`, for the series in the set `shown`, and returns {height, marks}; a mark is
// {x, y, series, title, facts: [[name, value], ...]}, with {band: {left, right, top, bottom}} where it stands for a stripe
// of the plot.
"use strict";

const MARKERS = [
  (r) => `M${-r},0a${r},${r} 0 1,0 ${2 * r},0a${r},${r} 0 1,0 ${-2 * r},0Z`,
  (r) => `M${-r},${-r}H${r}V${r}H${-r}Z`,
  (r) => `M0,${-1.25 * r}L${1.15 * r},${0.85 * r}H${-1.15 * r}Z`,
  (r) => `M0,${-1.35 * r}L${1.35 * r},0L0,${1.35 * r}L${-1.35 * r},0Z`,
  (r) => `M0,${1.25 * r}L${1.15 * r},${-0.85 * r}H${-1.15 * r}Z`,
  (r) => `M${-r / 2},${-r}H${r / 2}L${r},${-r / 2}V${r / 2}L${r / 2},${r}H${-r / 2}L${-r},${r / 2}V${-r / 2}Z`,
  (r) => `M${-r / 2.5},${-r}h${r * 0.8}v${r * 0.6}h${r * 0.6}v${r * 0.8}h${-r * 0.6}v${r * 0.6}h${-r * 0.8}v${-r * 0.6}h${-r * 0.6}v${-r * 0.8}h${r * 0.6}Z`,
  (r) => `M${-1.3 * r},${-r * 0.6}H${1.3 * r}V${r * 0.6}H${-1.3 * r}Z`,
  (r) => `M${-r * 0.6},${-1.3 * r}H${r * 0.6}V${1.3 * r}H${-r * 0.6}Z`,
];
const DASHES = [null, null, null, null, null, "7 3", "2 3", "9 3 2 3", "4 2"];

/** The look of the n-th series: a colour (a class of page.css), a marker and a dash. */
function seriesStyle(n) {
  return { color: "c" + (n % 9), marker: n % MARKERS.length, dash: DASHES[n % 9] };
}

function markerAt(style, x, y, attributes = {}) {
  return svg("path", { class: "mark", d: MARKERS[style.marker](4), transform: `translate(${x},${y})`, ...attributes });
}

function legendSample(style, isBar) {
  const sample = { width: isBar ? 12 : 26, height: 12, class: style.color, "aria-hidden": "true" };
  if (isBar) return svg("svg", sample, svg("path", { class: "bar", d: "M0,0H12V12H0Z" }));
  return svg("svg", sample,
    svg("path", { class: "curve", d: "M1,6H25", "stroke-dasharray": style.dash }), markerAt(style, 13, 6));
}

function tipContent(mark) {
  return [html("b", {}, mark.title),
    html("dl", {}, mark.facts.map(([name, value]) => [html("dt", {}, name), html("dd", {}, value)]))];
}

/** What shows the mark that the values belong to. */
function haloOf({ x, y, band }) {
  if (!band) return svg("circle", { class: "halo", cx: x, cy: y, r: 8 });
  const width = Math.max(band.right - band.left, 1.5);
  return svg("rect", { class: "halo band", x: (band.left + band.right - width) / 2, y: band.top, width, height: band.bottom - band.top });
}

class Plot {
  constructor(name, caption) {
    this.caption = caption;
    this.hidden = new Set();
    this.marks = [];
    this.at = -1;
    this.root = svg("svg", { class: "drawing", tabindex: "0", role: "img",
      "aria-label": caption + ". Arrow keys walk through the values; the table below holds all of them." });
    this.tip = html("div", { class: "tip", role: "status" });
    this.body = html("div", { class: "plot-body" }, this.root, this.tip);
    this.legend = html("div", { class: "legend", role: "group", "aria-label": "Series" });
    this.table = html("details", {}, html("summary", {}, "These values as a table"));
    this.element = html("figure", { class: "plot", id: name, "aria-label": caption }, this.body, this.legend, this.table);
    this.root.addEventListener("pointermove", (event) => this.point(event));
    this.root.addEventListener("pointerdown", (event) => this.point(event));
    this.root.addEventListener("pointerleave", () => this.mark(-1));
    this.root.addEventListener("blur", () => this.mark(-1));
    this.root.addEventListener("keydown", (event) => this.key(event));
    this.table.addEventListener("toggle", () => this.fillTable());
    new ResizeObserver(() => requestAnimationFrame(() => this.redraw())).observe(this.body);
  }

  show(drawing) {
    this.drawing = drawing;
    this.legend.replaceChildren(...(drawing.series.length > 1 ? drawing.series.map((one) => this.switchOf(one)) : []));
    this.fillTable();
    this.width = 0;
    this.redraw();
  }

  /** Long tables are made when they are looked at. */
  fillTable() {
    const filled = this.table.open ? [plainTable(this.caption, this.drawing.table)] : [];
    this.table.replaceChildren(this.table.firstChild, ...filled);
  }

  switchOf({ key, label, style }) {
    const button = html("button", { type: "button", "aria-pressed": String(!this.hidden.has(key)) }, legendSample(style, this.drawing.isBar), label);
    button.addEventListener("click", () => {
      if (!this.hidden.delete(key)) this.hidden.add(key);
      button.setAttribute("aria-pressed", String(!this.hidden.has(key)));
      this.width = 0;
      this.redraw();
    });
    return button;
  }

  /** Draws for the width that there is, unless that was done already. */
  redraw() {
    const width = Math.max(Math.floor(this.body.clientWidth), 240);
    if (!this.drawing || width === this.width || this.body.clientWidth === 0) return;
    this.width = width;
    this.mark(-1);
    this.root.replaceChildren();
    const shown = new Set(this.drawing.series.map((one) => one.key).filter((key) => !this.hidden.has(key)));
    const { height, marks } = this.drawing.draw(this.root, width, shown);
    this.marks = marks;
    this.root.setAttribute("viewBox", `0 0 ${width} ${height}`);
    if (marks.length === 0) {
      this.root.append(svg("text", { x: width / 2, y: height / 2, "text-anchor": "middle" }, "Nothing was measured here"));
    }
  }

  /** Shows what belongs to the mark nearest to the pointer. */
  point(event) {
    const box = this.root.getBoundingClientRect();
    const scale = this.width / box.width;
    const x = (event.clientX - box.left) * scale;
    const y = (event.clientY - box.top) * scale;
    let nearest = -1;
    let least = 48;
    this.marks.forEach((mark, index) => {
      const distance = Math.hypot(mark.x - x, mark.y - y);
      if (distance < least) [least, nearest] = [distance, index];
    });
    this.mark(nearest);
  }

  key(event) {
    const last = this.marks.length - 1;
    const next = { ArrowRight: () => Math.min(this.at + 1, last), ArrowLeft: () => Math.max(this.at - 1, 0),
      ArrowDown: () => this.otherSeries(1), ArrowUp: () => this.otherSeries(-1),
      Home: () => 0, End: () => last, Escape: () => -1 }[event.key];
    if (!next || last < 0) return;
    event.preventDefault();
    this.mark(next());
  }

  /** The mark of the next series (or the one before) that is nearest sideways. */
  otherSeries(step) {
    if (this.at < 0) return 0;
    const here = this.marks[this.at];
    const keys = [...new Set(this.marks.map((mark) => mark.series))];
    const key = keys[(keys.indexOf(here.series) + step + keys.length) % keys.length];
    let best = -1;
    this.marks.forEach((mark, index) => {
      if (mark.series !== key) return;
      if (best < 0 || Math.abs(mark.x - here.x) < Math.abs(this.marks[best].x - here.x)) best = index;
    });
    return best;
  }

  mark(index) {
    if (index === this.at) return;
    this.at = index;
    this.root.querySelector(".halo")?.remove();
    this.tip.replaceChildren();
    if (index < 0) return;
    const mark = this.marks[index];
    this.root.append(haloOf(mark));
    this.tip.append(...tipContent(mark));
    const room = this.body.clientWidth;
    const x = (mark.x * room) / this.width;
    const width = this.tip.offsetWidth;
    const left = x + 14 + width <= room ? x + 14 : Math.max(x - 14 - width, 0);
    this.tip.style.left = Math.max(Math.min(left, room - width), 0) + "px";
    const y = (mark.y * room) / this.width;
    this.tip.style.top = Math.max(left < x && left + width > x ? y + 14 : y - this.tip.offsetHeight / 2, 0) + "px";
  }
}
