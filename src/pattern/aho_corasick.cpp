// SPDX-License-Identifier: Apache-2.0
#include "pattern/aho_corasick.h"

#include <algorithm>
#include <utility>

namespace folio::pattern {

/// Literals, in the order of their bytes, that share the first `depth` bytes of their state.
struct AhoCorasick::Range {
  std::size_t begin = 0;
  std::size_t end = 0;
};

struct AhoCorasick::Builder {
  std::vector<std::uint32_t> sorted;
  std::vector<Range> ranges;  // by state
};

AhoCorasick::AhoCorasick(const LiteralTable& table) : table_{&table} {
  choose_classes();
  Builder builder;
  builder.sorted.reserve(table.count());
  for (std::uint32_t i = 0; i < table.count(); ++i) {
    if (table.size(i) != 0) builder.sorted.push_back(i);
  }
  // Of equal literals the one given first comes first.
  std::ranges::sort(builder.sorted, {},
                    [&](std::uint32_t index) { return std::pair{to_text(table.bytes(index)), index}; });

  label_.push_back(0);
  fail_.push_back(kRoot);
  depth_.push_back(0);
  output_.push_back(kNoLiteral);
  builder.ranges.push_back({0, builder.sorted.size()});
  for (State state = 0; state < fail_.size(); ++state) {
    first_child_.push_back(static_cast<State>(fail_.size()));
    const Range range = builder.ranges[state];
    expand(state, range, builder);
  }
  first_child_.push_back(static_cast<State>(fail_.size()));
  fill_rows();
}

void AhoCorasick::choose_classes() {
  std::array<bool, 256> used{};
  for (std::size_t i = 0; i < table_->count(); ++i) {
    for (const std::byte byte : table_->bytes(i)) used[std::to_integer<std::size_t>(byte)] = true;
  }
  // Where all 256 values are in use there are no others.
  class_count_ = std::ranges::find(used, false) == used.end() ? 0 : 1;
  for (std::size_t byte = 0; byte < used.size(); ++byte) {
    if (used[byte]) class_of_[byte] = static_cast<std::uint8_t>(class_count_++);
  }
  if (table_->folding() == CaseFolding::None) return;
  for (std::size_t upper = 'A'; upper <= 'Z'; ++upper) class_of_[upper] = class_of_[upper | 0x20U];
}

void AhoCorasick::expand(State parent, const Range& range, Builder& builder) {
  const std::size_t depth = depth_[parent];
  const auto label_at = [&](std::size_t i) {
    return class_of_[std::to_integer<std::size_t>(table_->bytes(builder.sorted[i])[depth])];
  };
  std::size_t begin = range.begin;
  while (begin < range.end && table_->size(builder.sorted[begin]) == depth) ++begin;
  while (begin < range.end) {
    std::size_t end = begin + 1;
    while (end < range.end && label_at(end) == label_at(begin)) ++end;
    add_child(parent, label_at(begin), {begin, end}, builder);
    begin = end;
  }
}

void AhoCorasick::add_child(State parent, std::uint8_t label, const Range& range, Builder& builder) {
  State fail = kRoot;
  if (parent != kRoot) {
    State shorter = fail_[parent];
    while (child(shorter, label) == kNoState && shorter != kRoot) shorter = fail_[shorter];
    const State found = child(shorter, label);
    fail = found == kNoState ? kRoot : found;
  }
  const std::uint32_t depth = depth_[parent] + 1;
  const std::uint32_t first = builder.sorted[range.begin];  // the shortest, and of those the first given
  label_.push_back(label);
  fail_.push_back(fail);
  depth_.push_back(depth);
  output_.push_back(table_->size(first) == depth ? first : output_[fail]);
  builder.ranges.push_back(range);
}

void AhoCorasick::fill_rows() {
  // PERF: rows for a million entries fit in a second-level cache; four entries a state keep memory linear.
  constexpr std::size_t kEntriesMin = 4096;
  constexpr std::size_t kEntriesMax = 1 << 18;
  const std::size_t entries = std::clamp(4 * state_count(), kEntriesMin, kEntriesMax);
  dense_count_ = std::min(state_count(), std::max<std::size_t>(1, entries / class_count_));
  rows_.assign(dense_count_ * class_count_, kRoot);
  for (State state = 0; state < dense_count_; ++state) {
    State* row = rows_.data() + state * class_count_;
    if (state != kRoot) std::copy_n(rows_.data() + fail_[state] * class_count_, class_count_, row);
    for (State next = first_child_[state]; next < first_child_[state + 1]; ++next) row[label_[next]] = next;
  }
}

inline AhoCorasick::State AhoCorasick::child(State state, std::uint8_t label) const {
  const auto begin = label_.begin() + static_cast<std::ptrdiff_t>(first_child_[state]);
  const auto end = label_.begin() + static_cast<std::ptrdiff_t>(first_child_[state + 1]);
  const auto found = std::lower_bound(begin, end, label);
  return found != end && *found == label ? static_cast<State>(found - label_.begin()) : kNoState;
}

inline AhoCorasick::State AhoCorasick::step(State state, std::byte byte) const {
  const std::uint8_t label = class_of_[std::to_integer<std::size_t>(byte)];
  while (state >= dense_count_) {
    const State next = child(state, label);
    if (next != kNoState) return next;
    state = fail_[state];
  }
  return rows_[state * class_count_ + label];
}

LiteralMatch AhoCorasick::match_of(State state, std::size_t last) const {
  const std::size_t index = output_[state];
  const std::size_t size = table_->size(index);
  return {.position = last + 1 - size, .size = size, .index = index};
}

AhoCorasick::Stretch AhoCorasick::find(ByteView haystack, std::size_t from, std::size_t stop) const {
  std::optional<LiteralMatch> best;
  State state = kRoot;
  for (std::size_t at = from; at < haystack.size(); ++at) {
    state = step(state, haystack[at]);
    const std::size_t pending = at + 1 - depth_[state];  // begin of the longest match that may yet come
    if (best ? pending > best->position : pending >= stop) break;
    if (output_[state] == kNoLiteral) continue;
    const LiteralMatch match = match_of(state, at);
    const bool better = !best || match.position < best->position ||
                        (match.position == best->position && match.index < best->index);
    if (better && match.position < stop) best = match;
  }
  return {.match = best, .end = std::min(stop, haystack.size())};
}

AhoCorasick::Stretch AhoCorasick::find_in_record(ByteView records, std::size_t from, std::size_t stop,
                                                 std::byte terminator) const {
  State state = kRoot;
  for (std::size_t at = from; at < records.size(); ++at) {
    // No literal goes across the end of a record.
    state = records[at] == terminator ? kRoot : step(state, records[at]);
    if (at + 1 - depth_[state] >= stop) break;
    if (output_[state] == kNoLiteral) continue;
    const LiteralMatch match = match_of(state, at);
    if (match.position < stop) return {.match = match, .end = match.position};
  }
  return {.match = std::nullopt, .end = std::min(stop, records.size())};
}

std::optional<LiteralMatch> AhoCorasick::match_at(ByteView haystack, std::size_t at) const {
  std::optional<LiteralMatch> best;
  State state = kRoot;
  for (std::size_t i = at; i < haystack.size(); ++i) {
    const State next = child(state, class_of_[std::to_integer<std::size_t>(haystack[i])]);
    if (next == kNoState) break;
    state = next;
    const bool ends_here = output_[state] != kNoLiteral && table_->size(output_[state]) == depth_[state];
    if (ends_here && (!best || output_[state] < best->index)) best = match_of(state, i);
  }
  return best;
}

std::size_t AhoCorasick::memory() const {
  return label_.size() + sizeof(State) * (first_child_.size() + fail_.size() + rows_.size()) +
         sizeof(std::uint32_t) * (depth_.size() + output_.size());
}

}  // namespace folio::pattern
