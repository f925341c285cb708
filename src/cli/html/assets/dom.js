// SPDX-License-Identifier: Apache-2.0
// Makes elements. Whatever comes from the data becomes text and attributes, never markup.
"use strict";

// Characters that are invisible or turn the direction of what follows: shown by their codes.
const INVISIBLE = /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

function visible(text) {
  return String(text).replace(INVISIBLE, (c) => "\\u" + c.charCodeAt(0).toString(16).padStart(4, "0"));
}

function setAttribute(element, name, value) {
  if (value === null || value === undefined || value === false) return;
  if (typeof value === "function") element.addEventListener(name.slice(2), value);
  else element.setAttribute(name, value === true ? "" : value);
}

function make(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) setAttribute(element, name, value);
  for (const child of children.flat(3)) {
    if (child !== null && child !== undefined) element.append(child instanceof Node ? child : visible(child));
  }
  return element;
}

/** html("p", {class: "quiet", onclick: f}, "text", element, ...) */
function html(name, attributes = {}, ...children) {
  return make(document.createElement(name), attributes, children);
}

function svg(name, attributes = {}, ...children) {
  return make(document.createElementNS("http://www.w3.org/2000/svg", name), attributes, children);
}

/** Lines of the data that are JSON objects with a type; others are passed over. */
function dataLines() {
  const found = [];
  for (const line of document.getElementById("data").textContent.split("\n")) {
    try {
      const value = JSON.parse(line);
      if (value !== null && typeof value === "object" && typeof value.type === "string") found.push(value);
    } catch {
      // An empty or a damaged line holds nothing to show.
    }
  }
  return found;
}
