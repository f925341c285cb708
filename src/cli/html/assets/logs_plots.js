// SPDX-License-Identifier: Apache-2.0
// The plots of `folio logs`: the time series, the latency over time, and the columns of panels with a natural order.
"use strict";

const COUNTS = { format: format.count, tick: format.countTick };
const SHARES = { format: format.share, tick: format.shareTick };
const SIZES = { format: format.bytes, tick: format.bytes, unit: byteUnit };
const TIMES = { format: format.seconds, tick: (value) => (value === 0 ? "0" : scaledSeconds(value)) };

/** Seconds for an axis, without zeros behind the point. */
function scaledSeconds(value) {
  const [factor, unit] = value < 1e-6 ? [1e9, "ns"] : value < 1e-3 ? [1e6, "\u00b5s"] : value < 1 ? [1e3, "ms"] : [1, "s"];
  return short(value * factor) + "\u00a0" + unit;
}

const filled = (key, label, color, value) => ({ key, label, style: seriesStyle(color), fill: true, value });

/** What the time series can show, by the name of the choice. */
function seriesMeasures({ series, words, web }) {
  const count = filled("count", words.records, 1, (bucket) => bucket.count);
  const errors = filled("errors", "Errors", 2, (bucket) => bucket.errors);
  const measures = [[words.records, { ...COUNTS, series: [count, errors] }]];
  if (series.visitors) measures.push(["Visitors", { ...COUNTS, series: [filled("visitors", "Visitors", 7, (bucket) => bucket.visitors)] }]);
  if (web) measures.push(["Bytes", { ...SIZES, series: [filled("bytes", "Bytes", 3, (bucket) => bucket.bytes)] }]);
  const client = filled("client", "Status 4xx", 6, (bucket) => bucket.errors - bucket.serverErrors);
  const server = filled("server", "Status 5xx", 2, (bucket) => bucket.serverErrors);
  measures.push(["Errors", { ...COUNTS, series: web ? [client, server] : [errors] }]);
  const share = (bucket) => partOf(bucket.errors, bucket.count);
  measures.push(["Error share", { ...SHARES, series: [filled("share", "Errors, of all " + words.records.toLowerCase(), 2, share)] }]);
  return new Map(measures);
}

/** A plot over time that is drawn anew when something is chosen, or when the zoom changes. */
function timeSection({ id, title, caption, report, zoom, controls, measure }) {
  const plot = new TimePlot(id + "-plot", caption, zoom);
  const { buckets, seconds } = report.series;
  const facts = (bucket) => tallyFacts(report, bucket, { bytes: report.web, errors: true, visitors: report.series.visitors });
  const show = () => {
    const { series, ...y } = measure();
    plot.show(timeDrawing({ buckets, length: seconds, zoom, y, series, facts }));
  };
  zoom.watchers.push(show);
  show();
  return section(id, title, null, html("div", { class: "panel" }, html("div", { class: "controls" }, controls(show), plot.hint), plot.element));
}

function overTime(report, zoom) {
  const measures = seriesMeasures(report);
  let chosen = report.words.records;
  return timeSection({ id: "time", title: `${report.words.records} by ${report.series.unit}`, caption: "Over time", report, zoom,
    measure: () => ({ label: "", ...measures.get(chosen) }),
    controls: (show) => choiceOf("Shown", [...measures.keys()].map((name) => [name, name]), chosen, (name) => {
      chosen = name;
      show();
    }) });
}

const LATENCY_CURVES = [["p50", "Half of them (p50)", 1], ["p90", "p90", 3], ["p95", "p95", 6], ["p99", "p99", 2], ["max", "Slowest", 4]];

function latencyOverTime(report, zoom) {
  if (!report.series.buckets.some(({ latency }) => latency !== null)) return null;
  let log = true;
  const series = LATENCY_CURVES.map(([key, label, color]) => ({ key, label, style: seriesStyle(color), fill: false,
    value: (bucket) => bucket.latency?.[key] ?? null }));
  return timeSection({ id: "latency", title: "Latency", caption: "Latency over time", report, zoom,
    measure: () => ({ label: "", ...TIMES, log, series }),
    controls: (show) => choiceOf("Scale", [[true, "Logarithmic"], [false, "Linear"]], log, (value) => {
      log = value;
      show();
    }) });
}

/** Panels with a natural order that are short enough for columns. */
const COLUMNS_MAX = 31;

function hasColumns(panel) {
  return !panel.ranked && panel.rows.length > 1 && panel.rows.length <= COLUMNS_MAX;
}

function columnCard(report, panel, id) {
  const plot = new Plot(id + "-plot", panel.title);
  const series = [{ key: "count", label: report.words.records, style: seriesStyle(1) },
    ...(panel.errors ? [{ key: "errors", label: "Errors", style: seriesStyle(2) }] : [])];
  plot.show(columnDrawing({ label: panel.key, ...COUNTS, series, columns: panel.rows.map((row) => (
    { label: row.key, values: { count: row.count, errors: row.errors }, facts: tallyFacts(report, row, panel) })) }));
  return html("section", { class: "panel card", id, "aria-labelledby": id + "-title" },
    html("h2", { id: id + "-title" }, panel.title), plot.element);
}
