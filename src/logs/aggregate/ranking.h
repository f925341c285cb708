// SPDX-License-Identifier: Apache-2.0
// The highest entries of a table, as the rows of a panel.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "logs/aggregate/tables.h"

namespace folio::logs {

/// A key and its value; views of a table.
template <class Value>
struct Ranked {
  std::string_view key;
  const Value* value;

  /// Higher counts first, equal ones by the bytes of the key.
  [[nodiscard]] bool before(const Ranked& other) const {
    if (value->all.count != other.value->all.count) return value->all.count > other.value->all.count;
    return key < other.key;
  }
};

/// The first `top` of all in their order. Memory grows with `top`, not with the table.
template <class Value>
[[nodiscard]] std::vector<Ranked<Value>> highest(const CountTable<Value>& table, std::size_t top) {
  const auto before = [](const Ranked<Value>& a, const Ranked<Value>& b) { return a.before(b); };
  std::vector<Ranked<Value>> heap;  // the last one that is kept is on top
  if (top == 0) return heap;
  table.for_each([&](std::string_view key, std::uint64_t, const Value& value) {
    const Ranked<Value> entry{key, &value};
    if (heap.size() == top) {
      if (!entry.before(heap.front())) return;
      std::pop_heap(heap.begin(), heap.end(), before);
      heap.pop_back();
    }
    heap.push_back(entry);
    std::push_heap(heap.begin(), heap.end(), before);
  });
  std::sort_heap(heap.begin(), heap.end(), before);
  return heap;
}

/// Rows, distinct and total. `complete(row, value)` adds what only this table has.
template <class Value, class Complete>
void rank(Panel& panel, const CountTable<Value>& table, std::size_t top, Complete complete) {
  panel.distinct = table.size();
  table.for_each(
      [&](std::string_view, std::uint64_t, const Value& value) { panel.total += value.all.count; });
  for (const Ranked<Value>& entry : highest(table, top)) {
    PanelRow row;
    row.key = entry.key;
    row.tally = entry.value->all;
    complete(row, *entry.value);
    panel.rows.push_back(std::move(row));
  }
}

}  // namespace folio::logs
