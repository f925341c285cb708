// SPDX-License-Identifier: Apache-2.0
// Quantities as text. What is not a number is shown as a dash.
"use strict";

const NOTHING = "\u2013";

function isNumber(value) {
  return typeof value === "number" && Number.isFinite(value);
}

/** Three significant digits, without an exponent. */
function digits(value) {
  if (!isNumber(value)) return NOTHING;
  if (value === 0) return "0";
  const places = 2 - Math.floor(Math.log10(Math.abs(value)));
  return value.toLocaleString("en", { minimumFractionDigits: Math.min(Math.max(places, 0), 6),
    maximumFractionDigits: Math.min(Math.max(places, 0), 6) });
}

/** Without zeros behind the point: for axes. */
function short(value) {
  return isNumber(value) ? String(Number(value.toPrecision(3))) : NOTHING;
}

function scaled(value, base, units, show) {
  if (!isNumber(value)) return NOTHING;
  let step = 0;
  while (step + 1 < units.length && Math.abs(value) >= base ** (step + 1)) ++step;
  return show(value / base ** step) + "\u00a0" + units[step];
}

const format = {
  text: (value) => (value === null || value === undefined || value === "" ? NOTHING : String(value)),
  count: (value) => (isNumber(value) ? value.toLocaleString("en", { maximumFractionDigits: 0 }) : NOTHING),
  countTick: (value) => (Number.isInteger(value)
    ? value.toLocaleString("en", { notation: "compact", maximumSignificantDigits: 3 }) : ""),
  number: digits,
  bytes: (value) => scaled(value, 1024, ["B", "KiB", "MiB", "GiB", "TiB", "PiB"], short),
  rate: (value) => scaled(value, 1000, ["B/s", "kB/s", "MB/s", "GB/s", "TB/s"], digits),
  rateTick: (value) => scaled(value, 1000, ["B/s", "kB/s", "MB/s", "GB/s", "TB/s"], short),
  operations: (value) => scaled(value, 1000, ["/s", "k/s", "M/s", "G/s"], digits),
  operationsTick: (value) => scaled(value, 1000, ["/s", "k/s", "M/s", "G/s"], short),
  share: (value) => (isNumber(value) ? digits(value * 100) + "\u00a0%" : NOTHING),
  shareTick: (value) => short(value * 100) + "\u00a0%",
  ratio: (value) => (isNumber(value) ? value.toFixed(2) : NOTHING),
  yesNo: (value) => (value === true ? "yes" : value === false ? "no" : NOTHING),
  list: (value) => (Array.isArray(value) && value.length > 0 ? value.join("; ") : NOTHING),
  seconds(value) {
    if (!isNumber(value)) return NOTHING;
    if (value === 0) return "0 s";
    const [factor, unit] = value < 1e-6 ? [1e9, "ns"] : value < 1e-3 ? [1e6, "\u00b5s"] : value < 1 ? [1e3, "ms"] : [1, "s"];
    return digits(value * factor) + "\u00a0" + unit;
  },
};

/** The power of 1024 that the largest of these sizes is shown in: what ticks are multiples of. */
function byteUnit(values) {
  const highest = Math.max(1, ...values);
  return 1024 ** Math.min(Math.floor(Math.log2(highest) / 10), 5);
}

/** A name as folio writes it: {"text": ...}, or {"bytes": base64} where it is not UTF-8. */
function nameText(name) {
  if (typeof name === "string") return name;
  if (typeof name?.text === "string") return name.text;
  if (typeof name?.bytes !== "string") return NOTHING;
  try {
    return atob(name.bytes).replace(/[^\x20-\x7e]/g, (c) => "\\x" + c.charCodeAt(0).toString(16).padStart(2, "0"));
  } catch {
    return NOTHING;
  }
}
