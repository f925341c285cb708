// SPDX-License-Identifier: Apache-2.0
// The table of all cells of `folio bench access`, with lists and words that narrow it down.
"use strict";

const CELL_COLUMNS = [
  DIMENSIONS.shape, DIMENSIONS.work, DIMENSIONS.state,
  { ...DIMENSIONS.size, number: true },
  { ...DIMENSIONS.threads, number: true },
  { key: "label", label: "Method" },
  { key: "bytes_per_second", label: "Speed", format: format.rate, number: true },
  { key: "operations_per_second", label: "Operations", format: format.operations, number: true },
  { key: "limit_share", label: "Of limit", format: format.share, number: true },
  { key: "seconds", label: "Time", format: format.seconds, number: true },
  { key: "spread", label: "Spread", format: format.share, number: true },
  { key: "rounds", label: "Rounds", format: format.count, number: true },
  { key: "user_seconds", label: "User", format: format.seconds, number: true },
  { key: "system_seconds", label: "System", format: format.seconds, number: true },
  { key: "minor_faults", label: "Minor faults", format: format.count, number: true },
  { key: "major_faults", label: "Major faults", format: format.count, number: true },
  { key: "voluntary_switches", label: "Voluntary switches", format: format.count, number: true },
  { key: "involuntary_switches", label: "Involuntary", format: format.count, number: true },
  { key: "peak_memory", label: "Peak memory", format: format.bytes, number: true },
  { key: "cached_before", label: "Cached before", format: format.share, number: true },
  { key: "faults_per_mib", label: "Faults per MiB", format: format.number, number: true },
  { key: "evicted", label: "Evicted", format: format.bytes, number: true },
  { key: "used", label: "Chosen" },
  { key: "notes", label: "Notes", format: format.list },
];

/** All that can be searched for in a cell: its words as they are shown. */
function wordsOf(cell) {
  const shown = CELL_COLUMNS.filter(({ key }) => typeof cell[key] !== "number");
  return shown.map(({ key, format: show }) => (show ?? format.text)(cell[key])).join(" ").toLowerCase();
}

function cellsSection({ cells }) {
  const table = new SortedTable("All cells", CELL_COLUMNS, { sort: "bytes_per_second", descending: true });
  const all = cells.map((cell) => ({ cell, words: wordsOf(cell) }));
  const chosen = {};
  let search = [];
  const update = () => table.show(all
    .filter(({ words }) => search.every((word) => words.includes(word)))
    .map(({ cell }) => cell)
    .filter((cell) => Object.entries(chosen).every(([key, value]) => value === null || cell[key] === value)));
  const list = ({ key, label, format: show, order }) => {
    const values = inOrder([...new Set(cells.map((cell) => cell[key]))], order);
    return selectOf(label, [[null, "all"], ...values.map((value) => [value, show(value)])], null, (value) => {
      chosen[key] = value;
      update();
    });
  };
  const input = html("input", { type: "search", oninput: () => {
    search = input.value.trim().toLowerCase().split(/\s+/);
    update();
  } });
  update();
  const method = { key: "method", label: "Method", format: format.text, order: METHODS };
  return section("cells", "All cells", "A click on a heading sorts. The pointer on a number shows it exactly.",
    html("div", { class: "controls" }, html("label", {}, "Words", input), [...Object.values(DIMENSIONS), method].map(list)),
    table.element);
}
