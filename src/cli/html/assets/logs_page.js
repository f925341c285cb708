// SPDX-License-Identifier: Apache-2.0
// The page of `folio logs`: its parts from top to bottom.
"use strict";

const REJECTS_BAD = 0.1;

function titleOf({ web, files, file_count: count }) {
  if (count === 1 && files.length === 1) return files[0].split("/").at(-1) || files[0];
  return `${web ? "Web traffic" : "Log"} of ${format.count(count)} files`;
}

function topOf(report) {
  const span = report.first === null ? "" : `${momentText(report.first)} to ${momentText(report.last)} UTC`;
  return html("header", { class: "top" },
    html("div", {}, html("h1", {}, titleOf(report)), html("p", { class: "quiet" }, span)), themeChoice());
}

function warningOf(report) {
  const share = partOf(report.rejected, report.lines);
  if (report.records === 0) return html("p", { class: "warning" }, "No line of these logs is in this report.");
  return share > REJECTS_BAD ? html("p", { class: "warning" },
    `${format.share(share)} of the lines did not fit the format; they are not in this report.`) : null;
}

function tile(value, label, exact, look) {
  return html("div", { class: "panel tile" }, html("span", {}, label), html("b", { class: look, title: exact }, value),
    html("small", { class: "quiet" }, exact === value ? null : exact));
}

const compact = (value) => (value < 1e5 ? format.count(value) : value.toLocaleString("en", { notation: "compact", maximumSignificantDigits: 4 }));

function tilesOf(report) {
  const { words, latency, visitors } = report;
  const errors = partOf(report.errors, report.count);
  return html("div", { class: "figures" },
    tile(compact(report.count), words.records, format.count(report.count)),
    isNumber(visitors) ? tile(compact(visitors), "Visitors", format.count(visitors)) : null,
    report.web ? tile(format.bytes(report.bytes), "Sent", format.count(report.bytes) + " bytes") : null,
    tile(format.share(errors), "Errors", format.count(report.errors) + (report.web ? `, ${format.count(report.serverErrors)} by the server` : ""),
      report.errors > 0 ? "bad" : null),
    latency ? tile(format.seconds(latency.p50), "Latency, half of them", `99 % within ${format.seconds(latency.p99)}`) : null,
    report.rejected > 0 ? tile(compact(report.rejected), "Lines rejected", format.share(partOf(report.rejected, report.lines)) + " of all lines") : null);
}

function latencyTable(latency) {
  if (latency === null) return null;
  const columns = [["p50", "p50"], ["p90", "p90"], ["p95", "p95"], ["p99", "p99"], ["p999", "p99.9"], ["max", "Slowest"], ["mean", "Mean"]];
  return html("div", {}, html("h3", {}, "Latency of all requests"), plainTable("Latency of all requests", {
    columns: columns.map(([, label]) => ({ label, number: true })), rows: [columns.map(([key]) => format.seconds(latency[key]))] }));
}

function rejectsTable({ rejects }) {
  if (rejects.length === 0) return null;
  return html("div", {}, html("h3", {}, "Rejected lines"), plainTable("Rejected lines", {
    columns: [{ label: "Lines", number: true }, { label: "Reason" }, { label: "First in" }, { label: "Line", number: true }, { label: "Byte", number: true }],
    rows: rejects.map(([reason, lines, file, line, offset]) => [format.count(lines), reason, nameText(file),
      line > 0 ? format.count(line) : NOTHING, format.count(offset)]) }));
}

function aboutSection(report) {
  const facts = [["Format", report.format], ["Lines", format.count(report.lines)], ["Records", format.count(report.records)],
    ["Left out by conditions", format.count(report.filtered)], ["Rejected", format.count(report.rejected)], ["Read", format.bytes(report.read)],
    ["Written by", report.version]];
  const more = report.file_count - report.files.length;
  return section("about", "About this report", report.explanation,
    html("dl", { class: "facts" }, facts.map(([name, value]) => html("div", {}, html("dt", {}, name), html("dd", {}, format.text(value))))),
    latencyTable(report.latency), rejectsTable(report),
    html("h3", {}, "Files"), html("ul", { class: "small" }, report.files.map((file) => html("li", { class: "code" }, file)),
      more > 0 ? html("li", {}, `and ${format.count(more)} more`) : null),
    report.notes.length > 0 ? [html("h3", {}, "Notes"), html("ul", { class: "small" }, report.notes.map((note) => html("li", {}, note)))] : null);
}

function logsPage(report) {
  const zoom = new Zoom(report.series.buckets.length);
  const cards = report.panels.map((panel, i) => ({ panel, id: `panel-${i}` }));
  const columns = cards.filter(({ panel }) => hasColumns(panel));
  const tables = cards.filter(({ panel }) => !hasColumns(panel));
  const parts = [report.series.buckets.length > 0 ? overTime(report, zoom) : null, latencyOverTime(report, zoom)].filter(Boolean);
  const links = [...parts.map((part) => [part.id, part.id === "time" ? "Over time" : "Latency"]),
    ...cards.map(({ panel, id }) => [id, panel.title]), ["about", "About"]];
  document.body.append(topOf(report), warningOf(report) ?? "", html("main", {}, tilesOf(report),
    html("nav", { class: "sections", "aria-label": "Sections" }, links.map(([id, text]) => html("a", { href: "#" + id }, text))), parts,
    html("div", { class: "cards three" }, columns.map(({ panel, id }) => columnCard(report, panel, id))),
    html("div", { class: "cards" }, tables.map(({ panel, id }) => tableCard(report, panel, id))), aboutSection(report)));
}

logsPage(logsReport(dataLines()));
