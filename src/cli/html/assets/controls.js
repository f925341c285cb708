// SPDX-License-Identifier: Apache-2.0
// What the reader chooses by: lists, buttons, and lists that depend on each other.
"use strict";

/** A labelled list. options: [[value, text], ...]; `change` is given the chosen value itself, not its text. */
function selectOf(label, options, value, change) {
  const list = html("select", { onchange: () => change(options[list.selectedIndex][0]) },
    options.map(([each, text]) => html("option", { selected: each === value }, text)));
  return html("label", {}, label, list);
}

/** Buttons of which one is pressed. */
function choiceOf(label, options, value, change) {
  const buttons = options.map(([each, text]) => html("button", { type: "button", "aria-pressed": String(each === value),
    onclick: (event) => {
      buttons.forEach((button) => button.setAttribute("aria-pressed", String(button === event.currentTarget)));
      change(each);
    } }, text));
  return html("div", { class: "choice", role: "group", "aria-label": label }, buttons);
}

/** Known values in their `order`, then the others by themselves. */
function inOrder(values, order = []) {
  const rank = (value) => (order.includes(value) ? order.indexOf(value) : order.length);
  return values.sort((a, b) => rank(a) - rank(b) || compareValues(a, b, 1));
}

/**
 * Lists that narrow rows down, one property after the other; each offers only what is there under the choices before
 * it. dimensions: [{key, label, format, order, prefer(values, rows)}]. `change` is given the rows that are left.
 */
class Chooser {
  constructor(rows, dimensions, change) {
    Object.assign(this, { rows, dimensions, change, chosen: {} });
    this.element = html("div", { class: "controls" });
    this.update();
  }

  choose(key, value) {
    this.chosen[key] = value;
    this.update();
    // The lists were made anew: the reader stays where the choice was made.
    this.element.children[this.dimensions.findIndex((one) => one.key === key)].querySelector("select").focus();
  }

  update() {
    let left = this.rows;
    const lists = [];
    for (const { key, label, format: show, order, prefer } of this.dimensions) {
      const values = inOrder([...new Set(left.map((row) => row[key]))], order);
      if (!values.includes(this.chosen[key])) this.chosen[key] = prefer && values.length > 0 ? prefer(values, left) : values[0];
      lists.push(selectOf(label, values.map((value) => [value, show(value)]), this.chosen[key], (value) => this.choose(key, value)));
      left = left.filter((row) => row[key] === this.chosen[key]);
    }
    this.element.replaceChildren(...lists);
    this.change(left);
  }
}

/** The switch between light and dark. */
function themeChoice() {
  return choiceOf("Colours", [["auto", "Auto"], ["light", "Light"], ["dark", "Dark"]], keptTheme(), useTheme);
}

/** A part of the page that links can lead to. */
function section(id, title, text, ...children) {
  return html("section", { id, "aria-labelledby": id + "-title" }, html("h2", { id: id + "-title" }, title),
    text ? html("p", { class: "quiet" }, text) : null, children);
}
