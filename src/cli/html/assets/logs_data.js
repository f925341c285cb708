// SPDX-License-Identifier: Apache-2.0
// The data lines of a page of `folio logs`, which src/cli/logs/html_data.cpp writes, as objects.
"use strict";

const NANO = 1e9;

/** [count, p50, p90, p95, p99, p999, max, mean] in nanoseconds, as seconds. */
function latencyOf(values) {
  if (!Array.isArray(values)) return null;
  const [count, ...times] = values;
  const [p50, p90, p95, p99, p999, max, mean] = times.map((time) => time / NANO);
  return { count, p50, p90, p95, p99, p999, max, mean };
}

function rowOf([key, count, bytes, errors, serverErrors, visitors, latency, sample, first, last], index) {
  return { index, key: nameText(key), count, bytes, errors, serverErrors, visitors, latency: latencyOf(latency),
    sample: sample === undefined ? null : nameText(sample), first, last };
}

function bucketOf([begin, count, bytes, errors, serverErrors, visitors, latency]) {
  return { begin, count, bytes, errors, serverErrors, visitors, latency: latencyOf(latency) };
}

function logsReport(lines) {
  const all = (type) => lines.filter((line) => line.type === type);
  const [report] = all("report");
  const [series] = all("series");
  return {
    ...report,
    files: report.files.map(nameText),
    latency: latencyOf(report.latency),
    words: report.web ? { records: "Requests", one: "request" } : { records: "Lines", one: "line" },
    series: { ...series, buckets: series.buckets.map(bucketOf) },
    panels: all("panel").map((panel) => ({ ...panel, rows: panel.rows.map(rowOf),
      hasLatency: panel.rows.some((row) => Array.isArray(row[6])), hasSamples: panel.rows.some((row) => row[7] !== undefined) })),
  };
}

function partOf(part, whole) {
  return whole > 0 ? part / whole : null;
}

function latencyFacts(latency) {
  if (latency === null) return [];
  return [["p50", "p50"], ["p95", "p95"], ["p99", "p99"], ["Slowest", "max"]].map(([label, key]) => [label, format.seconds(latency[key])]);
}

/** What a plot says about a bucket or a row. */
function tallyFacts(report, row, { bytes, errors, visitors }) {
  return [
    [report.words.records, format.count(row.count)],
    ...(errors ? [["Errors", `${format.count(row.errors)} (${format.share(partOf(row.errors, row.count))})`]] : []),
    ...(errors && report.web ? [["Server errors", format.count(row.serverErrors)]] : []),
    ...(bytes ? [["Bytes", format.bytes(row.bytes)]] : []),
    ...(visitors ? [["Visitors", format.count(row.visitors)]] : []),
    ...latencyFacts(row.latency),
  ];
}
