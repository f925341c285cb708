// SPDX-License-Identifier: Apache-2.0
// Scales: from values to places on the screen, with the values worth a tick.
"use strict";

/** Steps of 1, 2 or 5 times a power of ten, about `count` of them. */
function linearTicks(low, high, count) {
  const rough = (high - low) / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * [1, 2, 5, 10].find((factor) => factor * power >= rough * 0.999);
  const ticks = [];
  for (let i = Math.ceil(low / step - 1e-9); i * step <= high + step * 1e-9; ++i) ticks.push(i * step + 0);  // never -0
  return ticks;
}

/** Powers of ten, with 2 and 5 times them where few would be seen. */
function logTicks(low, high) {
  const factors = Math.log10(high / low) > 3 ? [1] : [1, 2, 5];
  const ticks = [];
  for (let power = Math.floor(Math.log10(low)); 10 ** power <= high; ++power) {
    for (const factor of factors) {
      const tick = factor * 10 ** power;
      if (tick >= low * 0.999 && tick <= high * 1.001) ticks.push(tick);
    }
  }
  return ticks;
}

/** A scale over `values` (at least one), drawn from `start` to `end`. Linear ones begin at zero; their ticks are round
    multiples of `unit`. */
function valueScale(values, { log, start, end, count = 5, unit = 1 }) {
  const highest = Math.max(...values);
  if (!log) {
    const ticksTo = (value) => linearTicks(0, value / unit, count).map((tick) => tick * unit);
    const top = highest > 0 ? ticksTo(highest).at(-1) : unit;
    const high = top >= highest ? top : top + (ticksTo(highest)[1] || highest);
    return { at: (value) => start + ((end - start) * value) / high, ticks: ticksTo(high) };
  }
  const positive = values.filter((value) => value > 0);
  const low = (positive.length > 0 ? Math.min(...positive) : 1) / 1.25;
  const high = (positive.length > 0 ? Math.max(...positive) : 10) * 1.25;
  const span = Math.log(high / low);
  return {
    at: (value) => (value > 0 ? start + ((end - start) * Math.log(value / low)) / span : start),
    ticks: logTicks(low, high),
  };
}

/** A scale whose ticks are the values themselves, as far as `room` pixels for each allow it. */
function pointScale(values, { log, start, end, room }) {
  const known = [...new Set(values)].sort((a, b) => a - b);
  const place = log ? Math.log : (value) => value;
  const low = place(known[0]);
  const span = place(known.at(-1)) - low;
  const at = (value) => (span > 0 ? start + ((end - start) * (place(value) - low)) / span : (start + end) / 2);
  const ticks = [];
  for (const value of known) {
    if (ticks.length === 0 || at(value) - at(ticks.at(-1)) >= room) ticks.push(value);
  }
  return { at, ticks };
}
