// SPDX-License-Identifier: Apache-2.0
// Making of byte windows, and their search without vectors: one position per step.
#include <algorithm>
#include <utility>
#include <vector>

#include "simd/byte_window.h"

namespace folio::simd {

namespace {

constexpr std::size_t kGroupsMax = 8;  // bits of a table entry
constexpr std::size_t kEagerCounts[] = {1, 2, 3, 4, 6, 8};

/// Rows of 16 bytes that hold the same members: which rows, and which of the 16.
struct Group {
  std::uint16_t rows = 0;
  std::uint16_t members = 0;
};

std::vector<Group> groups_of(const ByteSet& set) {
  std::vector<Group> groups;
  for (std::size_t row = 0; row < 16; ++row) {
    std::uint16_t members = 0;
    for (std::size_t i = 0; i < 16; ++i)
      members |= static_cast<std::uint16_t>(set[16 * row + i] ? 1U << i : 0U);
    if (members == 0) continue;
    auto same = std::ranges::find(groups, members, &Group::members);
    if (same == groups.end()) same = groups.insert(same, Group{.rows = 0, .members = members});
    same->rows |= static_cast<std::uint16_t>(1U << row);
  }
  return groups;
}

/// Number of bytes that the union of two groups has too many.
int excess(const Group& left, const Group& right) {
  const int members = __builtin_popcount(static_cast<unsigned>(left.members | right.members));
  const int rows = __builtin_popcount(left.rows) + __builtin_popcount(right.rows);
  return members * rows - __builtin_popcount(left.members) * __builtin_popcount(left.rows) -
         __builtin_popcount(right.members) * __builtin_popcount(right.rows);
}

void merge_closest(std::vector<Group>& groups) {
  std::size_t best_left = 0;
  std::size_t best_right = 1;
  for (std::size_t left = 0; left < groups.size(); ++left) {
    for (std::size_t right = left + 1; right < groups.size(); ++right) {
      if (excess(groups[left], groups[right]) >= excess(groups[best_left], groups[best_right])) continue;
      best_left = left;
      best_right = right;
    }
  }
  groups[best_left].rows |= groups[best_right].rows;
  groups[best_left].members |= groups[best_right].members;
  groups.erase(groups.begin() + static_cast<std::ptrdiff_t>(best_right));
}

void set_tables(SetProbe& probe, const ByteSet& set) {
  std::vector<Group> groups = groups_of(set);
  while (groups.size() > kGroupsMax) merge_closest(groups);
  for (std::size_t bit = 0; bit < groups.size(); ++bit) {
    for (std::size_t i = 0; i < 16; ++i) {
      const auto mark = static_cast<std::uint8_t>(1U << bit);
      if ((unsigned{groups[bit].members} >> i & 1U) != 0) probe.low[i] |= mark;
      if ((unsigned{groups[bit].rows} >> i & 1U) != 0) probe.high[i] |= mark;
    }
  }
}

bool set_range(SetProbe& probe, const ByteSet& set, std::uint8_t ignored) {
  std::size_t first = 255;
  std::size_t last = 0;
  for (std::size_t byte = 0; byte < 256; ++byte) {
    if (!set[byte]) continue;
    first = std::min(first, byte | ignored);
    last = std::max(last, byte | ignored);
  }
  for (std::size_t byte = 0; byte < 256; ++byte) {
    const std::size_t value = byte | ignored;
    if (set[byte] != (first <= value && value <= last)) return false;
  }
  probe.is_range = true;
  constexpr std::uint32_t kFourTimes = 0x01010101U;
  probe.ignored = ignored * kFourTimes;
  probe.first = static_cast<std::uint32_t>(first) * kFourTimes;
  probe.width = static_cast<std::uint32_t>(last - first) * kFourTimes;
  return true;
}

SetProbe probe_of(const ByteSet& set, std::size_t offset) {
  SetProbe probe;
  probe.offset = offset;
  set_tables(probe, set);
  if (set.any() && !set_range(probe, set, 0)) set_range(probe, set, 0x20);
  return probe;
}

double share_of(const SetProbe& probe, const ByteShares& shares) {
  double sum = 0;
  for (std::size_t byte = 0; byte < 256; ++byte)
    sum += probe.matches(static_cast<std::byte>(byte)) ? shares[byte] : 0;
  return sum;
}

/// Positions of the sample at which the first `count` probes match.
double hits_in(ByteView sample, const ByteWindow& window, std::size_t count) {
  ByteWindow part = window;
  part.probe_count = count;
  return static_cast<double>(count_window(sample, part));
}

/// Puts to each place the probe that leaves the fewest hits. Sets depend on each other: in a server log a
/// space before three digits is far more common than their shares say.
void sort_by_sample(ByteWindow& window, ByteView sample) {
  for (std::size_t place = 0; place < window.probe_count; ++place) {
    std::size_t best = place;
    double fewest = hits_in(sample, window, place + 1);
    for (std::size_t other = place + 1; other < window.probe_count; ++other) {
      ByteWindow trial = window;
      std::swap(trial.probes[place], trial.probes[other]);
      const double hits = hits_in(sample, trial, place + 1);
      if (hits >= fewest) continue;
      fewest = hits;
      best = other;
    }
    std::swap(window.probes[place], window.probes[best]);
  }
}

// PERF: in cycles a block of 64 positions; a block with hits costs a misprediction and the other probes.
constexpr double kProbeCost = 3;
constexpr double kHitCost = 60;

/// The number of eager probes that costs least, by hits per position after so many.
template <class Hits>
std::size_t eager_count(std::size_t probe_count, Hits hits_after) {
  std::size_t best = 0;
  double least = kHitCost * 2;
  for (const std::size_t count : kEagerCounts) {
    const double hits_per_block = std::min(1.0, 64 * hits_after(std::min(count, probe_count)));
    const double cost = static_cast<double>(count) * kProbeCost + hits_per_block * kHitCost;
    if (cost >= least) continue;
    least = cost;
    best = count;
    if (count >= probe_count) break;
  }
  return best;
}

void choose_eager(ByteWindow& window, const ByteShares& shares, ByteView sample) {
  window.eager_count = eager_count(window.probe_count, [&](std::size_t count) {
    if (!sample.empty()) return hits_in(sample, window, count) / static_cast<double>(sample.size());
    double product = 1;
    for (std::size_t i = 0; i < count; ++i) product *= share_of(window.probes[i], shares);
    return product;
  });
  // Kernels exist for some counts only.
  for (std::size_t i = window.probe_count; i < window.eager_count; ++i) window.probes[i] = window.probes[0];
  const std::span eager = std::span{window.probes}.first(window.eager_count);
  window.ranges = std::ranges::all_of(eager, &SetProbe::is_range);
}

bool window_matches(ByteView haystack, std::size_t at, const ByteWindow& window) {
  for (std::size_t i = 0; i < window.probe_count; ++i) {
    const SetProbe& probe = window.probes[i];
    if (!probe.matches(haystack[at + probe.offset])) return false;
  }
  return true;
}

}  // namespace

ByteWindow make_byte_window(std::span<const ByteSet> sets, const ByteShares& shares, ByteView sample) {
  ByteWindow window;
  window.size = std::min(sets.size(), kWindowSizeMax);
  for (std::size_t offset = 0; offset < window.size; ++offset) {
    if (!sets[offset].all()) window.probes[window.probe_count++] = probe_of(sets[offset], offset);
  }
  if (window.probe_count == 0) return window;
  const std::span probes = std::span{window.probes}.first(window.probe_count);
  std::ranges::sort(probes, {},
                    [&](const SetProbe& probe) { return std::pair{share_of(probe, shares), probe.offset}; });
  if (!sample.empty()) sort_by_sample(window, sample);
  choose_eager(window, shares, sample);
  return window;
}

std::size_t find_window_scalar(ByteView haystack, std::size_t from, const ByteWindow& window) {
  for (std::size_t at = from; at + window.size <= haystack.size(); ++at) {
    if (window_matches(haystack, at, window)) return at;
  }
  return haystack.size();
}

std::uint64_t count_window_scalar(ByteView sample, const ByteWindow& window) {
  std::uint64_t count = 0;
  for (std::size_t at = 0; at + window.size <= sample.size(); ++at) {
    count += window_matches(sample, at, window) ? 1U : 0U;
  }
  return count;
}

}  // namespace folio::simd
