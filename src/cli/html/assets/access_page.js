// SPDX-License-Identifier: Apache-2.0
// The page of `folio bench access`: its sections from top to bottom.
"use strict";

function tiles(entries) {
  return html("div", { class: "tiles" }, entries.map(([value, label]) =>
    html("div", { class: "tile" }, html("b", {}, value), html("span", {}, label))));
}

function warningOf({ summary, cells }) {
  const sentences = [];
  if (summary === null) sentences.push("This run was cut off: it has no summary.");
  else if (summary.interrupted === true) sentences.push("This run was interrupted: some cells were not measured.");
  else if (summary.complete === false) sentences.push("The time allowed was spent before every cell had been measured.");
  if (cells.length === 0) sentences.push("Nothing was measured.");
  return sentences.length > 0 ? html("p", { class: "warning" }, sentences.join(" ")) : null;
}

function topOf({ machine, summary, cells }) {
  const measured = isNumber(summary?.seconds) ? ` in ${format.seconds(summary.seconds)}` : "";
  return html("header", { class: "top" },
    html("div", {}, html("h1", {}, "How this machine reads files"),
      html("p", { class: "quiet" }, `folio bench access: ${format.count(cells.length)} cells measured${measured}, `
        + `${format.text(machine.time)}, folio ${format.text(machine.folio)}, Linux ${format.text(machine.kernel)}`)),
    themeChoice());
}

const VERDICTS = [["mmap-wins", "Where mmap wins", "good"], ["mmap-loses", "Where it loses", "bad"],
  ["even", "Where it makes no difference", ""]];

function findingItem(finding, look) {
  return html("li", {}, html("b", { class: look }, `${format.ratio(finding.ratio)}\u00d7`),
    html("div", {}, finding.text,
      html("div", { class: "small quiet" }, `${shapeWord(finding.shape)}, ${stateWord(finding.state)}`)));
}

function findingsSection({ findings }) {
  const panels = VERDICTS.map(([verdict, title, look]) => {
    const items = findings.filter((one) => one.verdict === verdict).map((one) => findingItem(one, look));
    return html("div", { class: "panel" }, html("h3", {}, title), items.length > 0
      ? html("ul", { class: "findings" }, items) : html("p", { class: "quiet small" }, "Nowhere in this run."));
  });
  return section("findings", "Where mmap wins, where it loses, on this machine",
    "Computed from the cells below: the time of the best other method over the time of the best mapping. "
      + "Above 1 the mapping is faster.",
    html("div", { class: "panels" }, panels));
}

function listOf(value) {
  return Array.isArray(value) ? value : [];
}

function filesTable(files) {
  return plainTable("Files", {
    columns: [{ label: "Measured on" }, { label: "File system" }, { label: "Kind" }, { label: "Device" },
      { label: "Rotational" }, { label: "Readahead", number: true }, { label: "Large folios" }],
    rows: files.map((file) => [nameText(file?.path), format.text(file?.file_system), format.text(file?.kind),
      format.text(file?.device), format.yesNo(file?.rotational), format.bytes(file?.readahead),
      format.yesNo(file?.large_folios)]),
  });
}

function machineSection({ machine }) {
  const facts = [["CPU", machine.cpu], ["Cores", format.count(machine.cores)], ["Kernel", machine.kernel],
    ["Memory", format.bytes(machine.memory)], ["Memory available", format.bytes(machine.memory_available)],
    ["Memory limit", format.bytes(machine.memory_limit)], ["Page size", format.bytes(machine.page_size)],
    ["Transparent huge pages", machine.thp], ["io_uring", format.yesNo(machine.io_uring)],
    ["Cold made by", machine.cold_by]];
  const mitigations = listOf(machine.mitigations).map((one) => [format.text(one?.name), format.text(one?.state)]);
  return section("machine", "The machine", null,
    html("dl", { class: "facts" }, facts.map(([name, value]) =>
      html("div", {}, html("dt", {}, name), html("dd", {}, format.text(value))))),
    filesTable(listOf(machine.files)),
    html("details", {}, html("summary", {}, `Mitigations (${mitigations.length})`),
      plainTable("Mitigations", { columns: [{ label: "Name" }, { label: "State" }], rows: mitigations })),
    html("details", {}, html("summary", {}, "Command"),
      html("p", { class: "code" }, listOf(machine.command).map(nameText).join(" "))));
}

function classicBars(classics) {
  const bar = (row, series, value, label) => ({ series, value, title: `${row.name}: ${format.text(label)}`,
    facts: [["Speed", format.rate(value)]] });
  return barDrawing({
    label: "Speed", format: format.rate, tick: format.rateTick,
    series: [{ key: "textbook", label: "textbook", style: seriesStyle(8) },
      { key: "here", label: "this machine", style: seriesStyle(1) }],
    rows: classics.map((row) => ({ label: row.name,
      bars: [bar(row, "textbook", row.textbook, "textbook"), bar(row, "here", row.bytes_per_second, row.label)]
        .filter(({ value }) => isNumber(value)) })),
  });
}

function classicSection({ classics }) {
  const factor = (row) => (row.textbook > 0 && isNumber(row.bytes_per_second) ? row.bytes_per_second / row.textbook : null);
  const plot = new Plot("classic-plot", "Textbook and this machine");
  plot.show(classicBars(classics));
  const table = plainTable("The classic table", {
    columns: [{ label: "Way of reading" }, { label: "Textbook", number: true }, { label: "Here", number: true },
      { label: "Factor", number: true }, { label: "Measured by" }, { label: "State" }, { label: "Size", number: true },
      { label: "Threads", number: true }],
    rows: classics.map((row) => [row.name, format.rate(row.textbook), format.rate(row.bytes_per_second),
      format.ratio(factor(row)), format.text(row.label), stateWord(row.state), format.bytes(row.size),
      format.count(row.threads)]),
  });
  return section("classic", "The classic table", "The speeds that textbooks give, beside what was measured here.",
    table, plot.element);
}

function medianOf(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

const RATIO_MAX = 1.15;  // what `auto` is to take at most, as a multiple of the best fixed method
const RATIO_GOOD = 1.05;

function autoTiles(autos, summary) {
  const ratios = autos.map((row) => row.ratio);
  if (ratios.length === 0) return null;
  return tiles([[format.ratio(summary?.auto_worst ?? Math.max(...ratios)), "worst ratio"],
    [format.ratio(summary?.auto_median ?? medianOf(ratios)), "median"],
    [`${ratios.filter((ratio) => ratio <= RATIO_MAX).length} of ${ratios.length}`, `situations within ${RATIO_MAX}`]]);
}

function autoSection({ autos, summary }) {
  const look = ({ ratio }) => (ratio > RATIO_MAX ? "bad" : ratio <= RATIO_GOOD ? "good" : "");
  const { shape, work, state, size, threads } = DIMENSIONS;
  const table = new SortedTable("What auto takes", [shape, work, state, { ...size, number: true },
    { ...threads, number: true }, { key: "ratio", label: "Ratio", format: format.ratio, number: true, look },
    { key: "used", label: "Chose" }, { key: "seconds", label: "Its time", format: format.seconds, number: true },
    { key: "best", label: "Best" }, { key: "best_seconds", label: "Best time", format: format.seconds, number: true }],
  { sort: "ratio", descending: true, most: 12 });
  table.show(autos);
  return section("auto", "How good auto is", "folio chooses a method by itself. The ratio is its time over that of the "
    + `best fixed method in the same situation; the aim is ${RATIO_MAX} at most.`, autoTiles(autos, summary), table.element);
}

function limitsSection({ limits }) {
  return section("limits", "The limits", "What memory and disk give at most, measured in the same run.",
    plainTable("Limits", {
      columns: [{ label: "Limit" }, { label: "Threads", number: true }, { label: "Speed", number: true },
        { label: "Operations", number: true }, { label: "Measured by" }],
      rows: limits.map((one) => [one.name, format.count(one.threads), format.rate(one.bytes_per_second),
        format.operations(one.operations_per_second), format.text(one.by)]),
    }));
}

function notesSection({ summary }) {
  const notes = listOf(summary?.notes);
  return notes.length > 0 ? section("notes", "Notes", null, html("ul", {}, notes.map((note) => html("li", {}, note)))) : null;
}

function plotSections({ cells, limits }) {
  const both = { measures: true, logs: true };
  return [
    plotSection({ id: "by-size", title: "Speed by size", cells, dimensions: ["shape", "work", "state", "threads"],
      text: "Error bars reach from the slowest to the fastest round. Hollow marks have a note.", lists: both,
      draw: (left, view) => curves(left, view, "size", limits) }),
    plotSection({ id: "by-threads", title: "Scaling by threads", cells, dimensions: ["shape", "work", "state", "size"],
      text: "One file, read by more and more threads.", lists: both,
      draw: (left, view) => curves(left, view, "threads", limits) }),
    plotSection({ id: "by-state", title: "Cold against warm", cells, dimensions: ["shape", "work", "threads", "size"],
      text: "The same work from the disk and from the page cache, with small and with large folios.",
      lists: { measures: true }, draw: stateBars }),
    plotSection({ id: "by-cost", title: "Faults and processor time", cells,
      dimensions: ["shape", "work", "state", "threads", "size"], text: "What a method costs beside time.",
      lists: { costs: true }, draw: costBars }),
  ];
}

const LINKS = [["findings", "mmap wins, mmap loses"], ["machine", "Machine"], ["classic", "Classic table"],
  ["by-size", "By size"], ["by-threads", "By threads"], ["by-state", "Cold and warm"], ["by-cost", "Faults"],
  ["auto", "Auto"], ["limits", "Limits"], ["cells", "All cells"]];

function accessPage(run) {
  const links = LINKS.map(([id, text]) => html("a", { href: "#" + id }, text));
  document.body.append(topOf(run), warningOf(run) ?? "",
    html("nav", { class: "sections", "aria-label": "Sections" }, links),
    html("main", {}, findingsSection(run), machineSection(run), classicSection(run), plotSections(run),
      autoSection(run), limitsSection(run), cellsSection(run), notesSection(run)));
}

accessPage(accessRun(dataLines()));
