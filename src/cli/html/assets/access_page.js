// SPDX-License-Identifier: Apache-2.0
// The page of `folio bench access`: its sections from top to bottom.
"use strict";

function section(id, title, text, ...children) {
  return html("section", { id, "aria-labelledby": id + "-title" }, html("h2", { id: id + "-title" }, title),
    text ? html("p", { class: "quiet" }, text) : null, children);
}

function tiles(entries) {
  return html("div", { class: "tiles" }, entries.map(([value, label]) => html("div", { class: "tile" }, html("b", {}, value), html("span", {}, label))));
}

function warningOf({ summary, cells }) {
  const sentences = [];
  if (summary === null) sentences.push("This run was cut off: it has no summary.");
  else if (summary.interrupted === true) sentences.push("This run was interrupted: some cells were not measured.");
  else if (summary.complete === false) sentences.push("The time allowed was spent before every cell had been measured.");
  if (cells.length === 0) sentences.push("Nothing was measured.");
  return sentences.length > 0 ? html("p", { class: "warning" }, sentences.join(" ")) : null;
}

function topOf(run) {
  const { machine, summary, cells } = run;
  const measured = summary && isNumber(summary.seconds) ? ` in ${format.seconds(summary.seconds)}` : "";
  return html("header", { class: "top" },
    html("div", {}, html("h1", {}, "How this machine reads files"),
      html("p", { class: "quiet" }, `folio bench access: ${format.count(cells.length)} cells measured${measured}, `
        + `${format.text(machine.time)}, folio ${format.text(machine.folio)}, Linux ${format.text(machine.kernel)}`)),
    themeChoice());
}

function findingsSection({ findings }) {
  const groups = [["mmap-wins", "Where mmap wins", "good"], ["mmap-loses", "Where it loses", "bad"], ["even", "Where it makes no difference", ""]];
  const panels = groups.map(([verdict, title, look]) => {
    const found = findings.filter((one) => one.verdict === verdict);
    const items = found.map((one) => html("li", {}, html("b", { class: look }, `${format.ratio(one.ratio)}\u00d7`),
      html("div", {}, one.text, html("div", { class: "small quiet" }, [shapeWord(one.shape), stateWord(one.state)].join(", ")))));
    return html("div", { class: "panel" }, html("h3", {}, title),
      found.length > 0 ? html("ul", { class: "findings" }, items) : html("p", { class: "quiet small" }, "Nowhere in this run."));
  });
  return section("findings", "Where mmap wins, where it loses, on this machine",
    "Computed from the cells below: the time of the best other method over the time of the best mapping. Above 1 the mapping is faster.",
    html("div", { class: "panels" }, panels));
}

function commandText(command) {
  return Array.isArray(command) ? command.map(nameText).join(" ") : NOTHING;
}

function machineSection({ machine }) {
  const facts = [["CPU", machine.cpu], ["Cores", format.count(machine.cores)], ["Kernel", machine.kernel], ["Memory", format.bytes(machine.memory)],
    ["Memory available", format.bytes(machine.memory_available)], ["Memory limit", format.bytes(machine.memory_limit)], ["Page size", format.bytes(machine.page_size)],
    ["Transparent huge pages", machine.thp], ["io_uring", format.yesNo(machine.io_uring)], ["Cold made by", machine.cold_by]];
  const files = (Array.isArray(machine.files) ? machine.files : []).map((file) => [nameText(file?.path), format.text(file?.file_system),
    format.text(file?.kind), format.text(file?.device), format.yesNo(file?.rotational), format.bytes(file?.readahead), format.yesNo(file?.large_folios)]);
  const mitigations = (Array.isArray(machine.mitigations) ? machine.mitigations : []).map((one) => [format.text(one?.name), format.text(one?.state)]);
  return section("machine", "The machine", null,
    html("dl", { class: "facts" }, facts.map(([name, value]) => html("div", {}, html("dt", {}, name), html("dd", {}, format.text(value))))),
    plainTable("Files", { columns: [{ label: "Measured on" }, { label: "File system" }, { label: "Kind" }, { label: "Device" }, { label: "Rotational" },
      { label: "Readahead", number: true }, { label: "Large folios" }], rows: files }),
    html("details", {}, html("summary", {}, `Mitigations (${mitigations.length})`), plainTable("Mitigations", { columns: [{ label: "Name" }, { label: "State" }], rows: mitigations })),
    html("details", {}, html("summary", {}, "Command"), html("p", { class: "code" }, commandText(machine.command))));
}

function classicSection({ classics }) {
  const ratio = (row) => (row.textbook > 0 && isNumber(row.bytes_per_second) ? row.bytes_per_second / row.textbook : null);
  const series = [{ key: "textbook", label: "textbook", style: seriesStyle(8) }, { key: "here", label: "this machine", style: seriesStyle(1) }];
  const plot = new Plot("classic-plot", "Textbook and this machine");
  plot.show(barDrawing({ label: "Speed", format: format.rate, tick: format.rateTick, series, rows: classics.map((row) => ({ label: row.name,
    bars: [["textbook", row.textbook, "textbook"], ["here", row.bytes_per_second, row.label]].filter(([, value]) => isNumber(value)).map(([key, value, label]) =>
      ({ series: key, value, title: `${row.name}: ${format.text(label)}`, facts: [["Speed", format.rate(value)]] })) })) }));
  const rows = classics.map((row) => [row.name, format.rate(row.textbook), format.rate(row.bytes_per_second), format.ratio(ratio(row)), format.text(row.label),
    stateWord(row.state), format.bytes(row.size), format.count(row.threads)]);
  return section("classic", "The classic table", "The speeds that textbooks give, beside what was measured here.",
    plainTable("The classic table", { columns: [{ label: "Way of reading" }, { label: "Textbook", number: true }, { label: "Here", number: true },
      { label: "Factor", number: true }, { label: "Measured by" }, { label: "State" }, { label: "Size", number: true }, { label: "Threads", number: true }], rows }),
    plot.element);
}

function autoSection({ autos, summary }) {
  const worst = Math.max(...autos.map((row) => row.ratio));
  const close = autos.filter((row) => row.ratio <= 1.15).length;
  const look = (row) => (row.ratio > 1.15 ? "bad" : row.ratio <= 1.05 ? "good" : "");
  const table = new SortedTable("What auto takes", [
    { key: "shape", label: "Shape", format: shapeWord }, { key: "work", label: "Work", format: workWord }, { key: "state", label: "State", format: stateWord },
    { key: "size", label: "Size", format: format.bytes, number: true }, { key: "threads", label: "Threads", format: format.count, number: true },
    { key: "ratio", label: "Ratio", format: format.ratio, number: true, look }, { key: "used", label: "Chose" }, { key: "seconds", label: "Its time", format: format.seconds, number: true },
    { key: "best", label: "Best" }, { key: "best_seconds", label: "Best time", format: format.seconds, number: true }], { sort: "ratio", descending: true, most: 12 });
  table.show(autos);
  return section("auto", "How good auto is", "folio chooses a method by itself. The ratio is its time over that of the best fixed method in the same situation; the aim is 1.15 at most.",
    autos.length > 0 ? tiles([[format.ratio(summary?.auto_worst ?? worst), "worst"], [format.ratio(summary?.auto_median ?? medianOf(autos.map((row) => row.ratio))), "median"],
      [`${close} of ${autos.length}`, "situations within 1.15"]]) : null, table.element);
}

function medianOf(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

function limitsSection({ limits }) {
  const rows = limits.map((one) => [one.name, format.count(one.threads), format.rate(one.bytes_per_second), format.operations(one.operations_per_second), format.text(one.by)]);
  return section("limits", "The limits", "What memory and disk give at most, measured in the same run.",
    plainTable("Limits", { columns: [{ label: "Limit" }, { label: "Threads", number: true }, { label: "Speed", number: true }, { label: "Operations", number: true }, { label: "Measured by" }], rows }));
}

const CELL_COLUMNS = [
  { key: "shape", label: "Shape", format: shapeWord }, { key: "work", label: "Work", format: workWord }, { key: "state", label: "State", format: stateWord },
  { key: "size", label: "Size", format: format.bytes, number: true }, { key: "threads", label: "Threads", format: format.count, number: true }, { key: "label", label: "Method" },
  { key: "bytes_per_second", label: "Speed", format: format.rate, number: true }, { key: "operations_per_second", label: "Operations", format: format.operations, number: true },
  { key: "limit_share", label: "Of limit", format: format.share, number: true }, { key: "seconds", label: "Time", format: format.seconds, number: true },
  { key: "spread", label: "Spread", format: format.share, number: true }, { key: "rounds", label: "Rounds", format: format.count, number: true },
  { key: "user_seconds", label: "User", format: format.seconds, number: true }, { key: "system_seconds", label: "System", format: format.seconds, number: true },
  { key: "minor_faults", label: "Minor faults", format: format.count, number: true }, { key: "major_faults", label: "Major faults", format: format.count, number: true },
  { key: "voluntary_switches", label: "Voluntary switches", format: format.count, number: true }, { key: "involuntary_switches", label: "Involuntary", format: format.count, number: true },
  { key: "peak_anonymous", label: "Peak memory", format: format.bytes, number: true }, { key: "cached_before", label: "Cached before", format: format.share, number: true },
  { key: "faults_per_mib", label: "Faults per MiB", format: format.number, number: true }, { key: "evicted", label: "Evicted", format: format.bytes, number: true },
  { key: "used", label: "Chosen" }, { key: "notes", label: "Notes", format: format.list }];

function cellsSection({ cells }) {
  const table = new SortedTable("All cells", CELL_COLUMNS, { sort: "bytes_per_second", descending: true, most: 100 });
  const wanted = { text: "" };
  const words = (cell) => CELL_COLUMNS.map(({ key, format: show }) => (typeof cell[key] === "number" ? "" : (show ?? format.text)(cell[key]))).join(" ").toLowerCase();
  const all = cells.map((cell) => ({ cell, text: words(cell) }));
  const update = () => table.show(all.filter(({ cell, text }) => wanted.text.split(/\s+/).every((word) => text.includes(word))
    && Object.entries(wanted).every(([key, value]) => key === "text" || value === null || cell[key] === value)).map(({ cell }) => cell));
  const list = ({ key, label, format: show, order }) => selectOf(label, [[null, "all"], ...inOrder([...new Set(cells.map((cell) => cell[key]))], order).map((value) => [value, show(value)])],
    null, (value) => { wanted[key] = value; update(); });
  const search = html("label", {}, "Words", html("input", { type: "search", oninput: (event) => { wanted.text = event.target.value.trim().toLowerCase(); update(); } }));
  update();
  return section("cells", "All cells", "Headings sort. Points at a number to see it exactly.",
    html("div", { class: "controls" }, search, [...Object.values(DIMENSIONS), { key: "method", label: "Method", format: format.text, order: METHODS }].map(list)), table.element);
}

function notesSection({ summary }) {
  const notes = Array.isArray(summary?.notes) ? summary.notes : [];
  return notes.length > 0 ? section("notes", "Notes", null, html("ul", {}, notes.map((note) => html("li", {}, note)))) : null;
}

function plotSections(run) {
  const curve = { measures: true, logs: true };
  return [
    plotSection({ id: "by-size", title: "Speed by size", text: "Error bars reach from the slowest to the fastest round. Hollow marks have a note.", cells: run.cells,
      dimensions: ["shape", "work", "state", "threads"], lists: curve, draw: (cells, view) => curves(cells, view, "size", run.limits) }),
    plotSection({ id: "by-threads", title: "Scaling by threads", text: "One file, read by more and more threads.", cells: run.cells,
      dimensions: ["shape", "work", "state", "size"], lists: curve, draw: (cells, view) => curves(cells, view, "threads", run.limits) }),
    plotSection({ id: "by-state", title: "Cold against warm", text: "The same work from the disk and from the page cache, with small and with large folios.", cells: run.cells,
      dimensions: ["shape", "work", "threads", "size"], lists: { measures: true }, draw: stateBars }),
    plotSection({ id: "by-cost", title: "Faults and processor time", text: "What a method costs beside time.", cells: run.cells,
      dimensions: ["shape", "work", "state", "threads", "size"], lists: { costs: true }, draw: costBars }),
  ];
}

function accessPage(run) {
  const sections = [findingsSection(run), machineSection(run), classicSection(run), ...plotSections(run), autoSection(run), limitsSection(run), cellsSection(run), notesSection(run)];
  const links = [["findings", "mmap wins, mmap loses"], ["machine", "Machine"], ["classic", "Classic table"], ["by-size", "By size"], ["by-threads", "By threads"],
    ["by-state", "Cold and warm"], ["by-cost", "Faults"], ["auto", "Auto"], ["limits", "Limits"], ["cells", "All cells"]];
  document.body.append(topOf(run), warningOf(run) ?? "", html("nav", { class: "sections", "aria-label": "Sections" }, links.map(([id, text]) => html("a", { href: "#" + id }, text))),
    html("main", {}, sections));
}

accessPage(accessRun(dataLines()));
