// SPDX-License-Identifier: Apache-2.0
// The lines of docs/schema/bench-access.md by type, and the words that the page has for their values.
"use strict";

// The order is that of lists and legends, and gives each method its look.
const METHODS = ["auto", "map", "read", "uring", "direct", "map-sequential", "map-huge", "map-populate", "map-window"];

const SHAPES = new Map([["one-pass", "one pass"], ["passes", "four passes"], ["random-4k", "random 4 KiB"],
  ["random-4k-zipf", "random 4 KiB, Zipf"], ["touch-64", "random 64 bytes"], ["small-files", "many small files"]]);
const WORKS = new Map([["newlines", "count newlines"], ["sum", "sum of bytes"]]);
const STATES = new Map([["cold", "cold"], ["limited", "larger than the memory allowed"], ["warm-4k", "warm, small folios"],
  ["warm-2m", "warm, 2 MiB folios"]]);

const wordOf = (words) => (value) => words.get(value) ?? format.text(value);
const shapeWord = wordOf(SHAPES);
const workWord = wordOf(WORKS);
const stateWord = wordOf(STATES);

function hasTexts(line, names) {
  return names.every((name) => typeof line[name] === "string");
}

function isSituation(line) {
  return hasTexts(line, ["shape", "work", "state"]) && isNumber(line.size) && isNumber(line.threads);
}

/** Everything that the page shows. Lines of unknown types, and lines without what makes them one, are passed over. */
function accessRun(lines) {
  const all = (type) => lines.filter((line) => line.type === type);
  return {
    machine: all("machine")[0] ?? {},
    limits: all("limit").filter((line) => hasTexts(line, ["name"])),
    cells: all("cell").filter((line) => isSituation(line) && hasTexts(line, ["method", "label"]) && line.seconds > 0),
    autos: all("auto").filter((line) => isSituation(line) && isNumber(line.ratio)),
    classics: all("classic").filter((line) => hasTexts(line, ["name"])),
    findings: all("finding").filter((line) => hasTexts(line, ["verdict", "text"])),
    summary: all("summary").at(-1) ?? null,
  };
}

function notesOf(cell) {
  return Array.isArray(cell.notes) ? cell.notes.map(String) : [];
}

function situationText(row) {
  const parts = [shapeWord(row.shape), workWord(row.work), stateWord(row.state), format.bytes(row.size)];
  return [...parts, row.threads === 1 ? "1 thread" : `${row.threads} threads`].join(", ");
}

/** What a plot says about one cell. */
function cellFacts(cell) {
  const range = isNumber(cell.seconds_min) && isNumber(cell.seconds_max)
    ? ` (${format.seconds(cell.seconds_min)} to ${format.seconds(cell.seconds_max)})` : "";
  const facts = [
    ["Size", format.bytes(cell.size)],
    ["Threads", format.count(cell.threads)],
    ["Speed", format.rate(cell.bytes_per_second)],
    isNumber(cell.operations_per_second) && ["Operations", format.operations(cell.operations_per_second)],
    isNumber(cell.limit_share) && ["Of the limit", `${format.share(cell.limit_share)} of ${format.text(cell.limit)}`],
    ["Time", format.seconds(cell.seconds) + range],
    ["Spread", `${format.share(cell.spread)} in ${format.count(cell.rounds)} rounds`],
    ["Faults, minor", format.count(cell.minor_faults)],
    ["Faults, major", format.count(cell.major_faults)],
    ["CPU, user", format.seconds(cell.user_seconds)],
    ["CPU, system", format.seconds(cell.system_seconds)],
    cell.used && ["Chosen by auto", cell.used],
    notesOf(cell).length > 0 && ["Note", notesOf(cell).join("; ")],
  ];
  return facts.filter(Boolean);
}
