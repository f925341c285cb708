// SPDX-License-Identifier: Apache-2.0
// The tables of `folio logs`: bars behind the keys, sorted by any column, narrowed down by words.
"use strict";

const ROWS_AT_FIRST = 10;

/** The key in front of its bar; a click shows all of a long one. */
function keyCell(row, most) {
  const bar = html("span", { class: "fill", "aria-hidden": "true" });
  bar.style.width = `${most > 0 ? (row.count / most) * 100 : 0}%`;
  const text = html("span", { class: "key" }, row.key === "" ? html("i", {}, "empty") : row.key);
  const sample = row.sample === null ? null : html("span", { class: "key sample code" }, row.sample);
  const cell = html("div", { class: "barred", title: visible(row.key), onclick: () => cell.classList.toggle("open") }, bar, text, sample);
  return cell;
}

function latencyColumn(key, label, hint) {
  return { key, label, hint, number: true, format: format.seconds, value: (row) => row.latency?.[key] };
}

function columnsOf(report, panel) {
  const most = panel.rows.reduce((highest, row) => Math.max(highest, row.count), 0);
  const badOf = (row) => (row.serverErrors > 0 || (!report.web && row.errors > 0) ? "bad" : "");
  const time = (key, label) => ({ key, label, format: (value) => momentText(value), look: () => "stamp" });
  return [
    { key: "key", label: panel.key, value: panel.ranked ? (row) => row.key : (row) => row.index, wide: true,
      format: (value, row) => keyCell(row, most) },
    { key: "count", label: report.words.records, number: true, format: format.count },
    { key: "share", label: "%", hint: "Share of all", number: true, format: format.share, value: (row) => partOf(row.count, panel.total) },
    panel.visitors && { key: "visitors", label: "Visitors", number: true, format: format.count },
    panel.bytes && { key: "bytes", label: "Bytes", number: true, format: format.bytes },
    panel.errors && { key: "errors", label: "Errors", number: true, format: format.count, look: badOf },
    ...(panel.hasLatency ? [latencyColumn("p50", "p50", "Half of them were answered within this time"),
      latencyColumn("p95", "p95", "95 % were answered within this time"), latencyColumn("p99", "p99", "99 % were answered within this time"),
      latencyColumn("max", "Slowest")] : []),
    ...(panel.hasSamples ? [time("first", "First"), time("last", "Last")] : []),
  ].filter(Boolean);
}

function searchOf(panel, table) {
  const all = panel.rows.map((row) => ({ row, words: `${visible(row.key)} ${visible(row.sample ?? "")}`.toLowerCase() }));
  const input = html("input", { type: "search", placeholder: "Search", "aria-label": `Search in ${visible(panel.title)}`, oninput: () => {
    const words = input.value.trim().toLowerCase().split(/\s+/);
    table.show(all.filter((one) => words.every((word) => one.words.includes(word))).map(({ row }) => row));
  } });
  return input;
}

const LONG_KEY = 45;

/** Whether a table needs all of the page's width. */
function isBroad({ rows, hasLatency, hasSamples }) {
  const first = rows.slice(0, ROWS_AT_FIRST);
  return hasLatency || hasSamples || first.reduce((sum, { key }) => sum + key.length, 0) > LONG_KEY * first.length;
}

function tableCard(report, panel, id) {
  const order = panel.ranked ? { sort: "count", descending: true } : { sort: "key" };
  const table = new SortedTable(panel.title, columnsOf(report, panel), { ...order, most: ROWS_AT_FIRST });
  table.show(panel.rows);
  const isCut = panel.distinct > panel.rows.length;
  const facts = `${format.count(panel.distinct)} different${isCut ? `, the first ${format.count(panel.rows.length)} are here` : ""}`;
  return html("section", { class: `panel card${isBroad(panel) ? " broad" : ""}`, id, "aria-labelledby": id + "-title" },
    html("div", { class: "card-head" },
      html("div", {}, html("h2", { id: id + "-title" }, panel.title), panel.distinct > ROWS_AT_FIRST ? html("div", { class: "small quiet" }, facts) : null),
      panel.rows.length > ROWS_AT_FIRST ? searchOf(panel, table) : null),
    table.element);
}
