// SPDX-License-Identifier: Apache-2.0
// Tables: plain ones, and ones that are sorted by their headings.
"use strict";

function plainTable(caption, { columns, rows }) {
  const cell = (name, column, value) => html(name, { class: column.number ? "number" : null, scope: name === "th" ? "col" : null }, value);
  return html("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": caption },
    html("table", {}, html("thead", {}, html("tr", {}, columns.map((column) => cell("th", column, column.label)))),
      html("tbody", {}, rows.map((row) => html("tr", {}, row.map((value, i) => cell("td", columns[i], value)))))));
}

/** Numbers by value, text by letters, what is missing last in both directions. */
function compareValues(a, b, direction) {
  const missing = (value) => value === null || value === undefined || value === "";
  if (missing(a) || missing(b)) return missing(a) - missing(b);
  if (isNumber(a) && isNumber(b)) return direction * (a - b);
  return direction * String(a).localeCompare(String(b), "en", { numeric: true });
}

/**
 * A table sorted by a click on its headings. columns: [{key, label, format, number, wide, value(row), look(row), hint}]:
 * `value` is what is sorted by (default: row[key]), `look` a class of the cell. At most `most` rows are shown until
 * all are asked for.
 */
class SortedTable {
  constructor(caption, columns, { sort, descending = false, most = 100 }) {
    this.columns = columns;
    Object.assign(this, { sort, descending, most, rows: [] });
    this.heads = new Map(columns.map((column) => [column.key, this.heading(column)]));
    this.tbody = html("tbody");
    this.under = html("div", { class: "under", role: "status" });
    this.all = html("button", { type: "button", onclick: () => this.showAll() });
    this.element = html("div", {},
      html("div", { class: "scroll tall", tabindex: "0", role: "region", "aria-label": caption },
        html("table", {}, html("thead", {}, html("tr", {}, [...this.heads.values()])), this.tbody)), this.under);
  }

  heading(column) {
    return html("th", { scope: "col", class: column.number ? "number" : null, title: column.hint },
      html("button", { type: "button", "data-key": column.key, onclick: () => this.sortBy(column) }, column.label));
  }

  /** The first click on numbers puts the largest first. */
  sortBy(column) {
    this.descending = this.sort === column.key ? !this.descending : Boolean(column.number);
    this.sort = column.key;
    this.redraw();
  }

  showAll() {
    this.most = Infinity;
    this.redraw();
  }

  show(rows) {
    this.rows = rows;
    this.redraw();
  }

  redraw() {
    for (const [key, head] of this.heads) {
      if (key === this.sort) head.setAttribute("aria-sort", this.descending ? "descending" : "ascending");
      else head.removeAttribute("aria-sort");
    }
    const column = this.columns.find(({ key }) => key === this.sort);
    const value = column.value ?? ((row) => row[column.key]);
    const sorted = this.rows.toSorted((a, b) => compareValues(value(a), value(b), this.descending ? -1 : 1));
    const shown = sorted.slice(0, this.most);
    this.tbody.replaceChildren(...shown.map((row) => this.rowElement(row)));
    const rest = sorted.length - shown.length;
    this.all.textContent = `Show all ${sorted.length}`;
    this.under.replaceChildren(`${format.count(shown.length)} of ${format.count(sorted.length)} rows`, ...(rest > 0 ? [this.all] : []));
  }

  rowElement(row) {
    return html("tr", {}, this.columns.map((column) => {
      const look = [column.number ? "number" : "", column.wide ? "wide" : "", column.look?.(row) ?? ""].join(" ").trim();
      const value = column.value ? column.value(row) : row[column.key];
      return html("td", { class: look || null, title: isNumber(value) ? String(value) : null }, (column.format ?? format.text)(value, row));
    }));
  }
}
