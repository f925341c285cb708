// SPDX-License-Identifier: Apache-2.0
#include "pattern/block_filter.h"

#include <algorithm>
#include <bit>
#include <cstring>

#include "pattern/record_end.h"

namespace folio::pattern {

namespace {

constexpr std::size_t kWord = sizeof(std::uint64_t);
constexpr std::size_t kStrideMax = 8;
constexpr std::size_t kBlockWanted = 4;  // shorter blocks are too common
constexpr std::size_t kShiftsTried = 16;
constexpr std::size_t kGroup = 16;  // blocks tested before a branch

}  // namespace

/// Counts blocks by hash: how often they stand in a sample, and in how many literals that have been placed.
struct BlockFilter::Chooser {
  static constexpr unsigned kBits = 16;

  explicit Chooser(const BlockFilter& of) : filter{of} {}

  void add_sample(ByteView sample) {
    for (std::size_t at = 0; at + kWord <= sample.size(); ++at) ++seen[slot(sample, at)];
  }
  [[nodiscard]] std::size_t slot(ByteView bytes, std::size_t at) const {
    return static_cast<std::size_t>(filter.hash_at(bytes, at) >> (64 - kBits));
  }
  /// Expected comparisons of a literal's tested blocks, in arbitrary units.
  [[nodiscard]] double cost(ByteView literal, std::size_t shift) const {
    double sum = 0;
    for (std::size_t i = 0; i < filter.stride_; ++i) {
      const std::size_t at = slot(literal, shift + i);
      sum += (seen[at] + 0.01) * (planted[at] + 1.0);
    }
    return sum;
  }
  [[nodiscard]] std::size_t best_shift(ByteView literal) const {
    const std::size_t room = literal.size() - (filter.stride_ + filter.block_ - 1);
    std::size_t best = 0;
    double best_cost = cost(literal, 0);
    for (std::size_t shift = 1; shift <= std::min(room, kShiftsTried); ++shift) {
      const double shift_cost = cost(literal, shift);
      if (shift_cost >= best_cost) continue;
      best_cost = shift_cost;
      best = shift;
    }
    return best;
  }

  const BlockFilter& filter;
  std::vector<std::uint32_t> seen = std::vector<std::uint32_t>(std::size_t{1} << kBits);
  std::vector<std::uint32_t> planted = std::vector<std::uint32_t>(std::size_t{1} << kBits);
};

BlockFilter::BlockFilter(const LiteralTable& table, const ByteSample* sample) : table_{&table} {
  choose_sizes();
  choose_blocks(sample);
  fill_tables();
}

// A longer block is rarer, a longer stride tests less often.
void BlockFilter::choose_sizes() {
  const std::size_t shortest = table_->shortest();
  block_ = std::min(shortest, kBlockWanted);
  if (shortest > 2 * kBlockWanted) block_ = std::min(kWord, shortest - kBlockWanted);
  stride_ = std::min(kStrideMax, shortest - block_ + 1);
  mask_ = block_ == kWord ? ~std::uint64_t{0} : (std::uint64_t{1} << 8 * block_) - 1;
  if (table_->folding() == CaseFolding::Ascii) fold_ = 0x2020202020202020U;
}

void BlockFilter::choose_blocks(const ByteSample* sample) {
  Chooser chooser{*this};
  if (sample != nullptr) chooser.add_sample(sample->bytes);
  entries_.reserve(table_->count() * stride_);
  for (std::size_t index = 0; index < table_->count(); ++index) {
    const ByteView literal = table_->bytes(index);
    const std::size_t shift = chooser.best_shift(literal);
    for (std::size_t offset = shift; offset < shift + stride_; ++offset) {
      ++chooser.planted[chooser.slot(literal, offset)];
      entries_.push_back({.hash = hash_at(literal, offset),
                          .literal = static_cast<std::uint32_t>(index),
                          .offset = static_cast<std::uint32_t>(offset)});
    }
    reach_ = std::max(reach_, shift + stride_ - 1);
  }
}

void BlockFilter::fill_tables() {
  // PERF: 32 KiB lie in the first-level cache; more only where the bitmap would be denser than a sixteenth.
  constexpr unsigned kBitmapBitsMin = 18;
  constexpr unsigned kBitmapBitsMax = 25;
  const auto entry_bits = static_cast<unsigned>(std::bit_width(entries_.size()));
  const unsigned bitmap_bits = std::clamp(entry_bits + 4, kBitmapBitsMin, kBitmapBitsMax);
  bitmap_shift_ = 64 - bitmap_bits;
  bucket_shift_ = 64 - entry_bits;
  bitmap_.assign(std::size_t{1} << (bitmap_bits - 3), 0);
  bucket_begin_.assign((std::size_t{1} << entry_bits) + 1, 0);
  std::ranges::stable_sort(entries_, {}, &Entry::hash);
  for (const Entry& entry : entries_) {
    const std::uint64_t bit = entry.hash >> bitmap_shift_;
    bitmap_[bit >> 3U] |= static_cast<std::uint8_t>(1U << (bit & 7U));
    ++bucket_begin_[(entry.hash >> bucket_shift_) + 1];
  }
  for (std::size_t i = 1; i < bucket_begin_.size(); ++i) bucket_begin_[i] += bucket_begin_[i - 1];
}

inline std::uint64_t BlockFilter::hash_at(ByteView haystack, std::size_t at) const {
  std::uint64_t word = 0;
  if (haystack.size() - at >= kWord) {
    std::memcpy(&word, haystack.data() + at, kWord);
  } else {
    std::memcpy(&word, haystack.data() + at, haystack.size() - at);
  }
  return hash_of(word);
}

std::span<const BlockFilter::Entry> BlockFilter::entries_of(std::uint64_t hash) const {
  const std::uint64_t bucket = hash >> bucket_shift_;
  const auto begin = entries_.begin() + static_cast<std::ptrdiff_t>(bucket_begin_[bucket]);
  const auto end = entries_.begin() + static_cast<std::ptrdiff_t>(bucket_begin_[bucket + 1]);
  const auto range = std::ranges::equal_range(begin, end, hash, {}, &Entry::hash);
  return {range.begin(), range.end()};
}

BlockFilter::Hits BlockFilter::next_hits(ByteView haystack, std::size_t at) const {
  const std::size_t step = kGroup * stride_;
  const std::size_t group_reach = (kGroup - 1) * stride_ + kWord;
  for (; at + group_reach <= haystack.size(); at += step) {
    std::uint64_t bits = 0;
    for (std::size_t i = 0; i < kGroup; ++i) {
      std::uint64_t word = 0;
      // SAFETY: the last word of the group ends at at + group_reach.
      std::memcpy(&word, haystack.data() + at + i * stride_, kWord);
      bits |= std::uint64_t{test(hash_of(word))} << i;
    }
    if (bits != 0) [[unlikely]]
      return {.begin = at, .end = at + step, .bits = bits};
  }
  for (; at + block_ <= haystack.size(); at += stride_) {
    if (test(hash_at(haystack, at))) return {.begin = at, .end = at + stride_, .bits = 1};
  }
  return {.begin = haystack.size(), .end = haystack.size(), .bits = 0};
}

// Calls visit(position, hash) for the tested blocks in order; it returns where to go on at the earliest, or
// kNotFound to end. Returns the last position that was visited, or the end of the data.
template <class Visit>
std::size_t BlockFilter::visit_hits(ByteView haystack, std::size_t from, Visit visit) const {
  std::size_t next = from;
  while (true) {
    Hits hits = next_hits(haystack, next);
    if (hits.bits == 0) return haystack.size();
    for (; hits.bits != 0; hits.bits &= hits.bits - 1) {
      const std::size_t position =
          hits.begin + static_cast<std::size_t>(std::countr_zero(hits.bits)) * stride_;
      if (position < next) continue;
      next = visit(position, hash_at(haystack, position));
      if (next == kNotFound) return position;
    }
    next = std::max(next, hits.end);
  }
}

/// Takes the best literal whose block is at `position`, if it is better than what `best` holds.
void BlockFilter::improve(std::optional<LiteralMatch>& best, ByteView haystack, std::size_t from,
                          std::size_t position, std::uint64_t hash, simd::PairBudget& budget) const {
  for (const Entry& entry : entries_of(hash)) {
    if (entry.offset > position - from) continue;
    const std::size_t at = position - entry.offset;
    const LiteralMatch match{at, table_->size(entry.literal), entry.literal};
    const bool better = !best || at < best->position || (at == best->position && match.index < best->index);
    if (better && table_->matches(entry.literal, haystack, at, budget)) best = match;
  }
}

FilterResult BlockFilter::find(ByteView haystack, std::size_t from, simd::PairWork& work) const {
  simd::PairBudget budget{work, from};
  std::optional<LiteralMatch> best;
  bool gave_up = false;
  const auto visit = [&](std::size_t position, std::uint64_t hash) {
    gave_up = budget.exhausted(position);
    if (!gave_up) improve(best, haystack, from, position, hash, budget);
    return gave_up || best ? kNotFound : position;
  };
  std::size_t position = visit_hits(haystack, from, visit);
  budget.close(work, std::max(from, position));
  if (gave_up) {
    return {.outcome = simd::PairOutcome::GaveUp,
            .match = {},
            .position = std::max(from, position - std::min(position, reach_))};
  }
  if (!best) return {.outcome = simd::PairOutcome::Exhausted, .match = {}, .position = haystack.size()};
  // A literal that begins further to the left may have its block further to the right.
  for (position += stride_; position <= best->position + reach_ && position + block_ <= haystack.size();
       position += stride_) {
    const std::uint64_t hash = hash_at(haystack, position);
    if (test(hash)) improve(best, haystack, from, position, hash, budget);
  }
  return {.outcome = simd::PairOutcome::Found, .match = *best, .position = best->position};
}

FilterCount BlockFilter::count_records(ByteView records, std::size_t from, std::byte terminator,
                                       simd::PairWork& work) const {
  simd::PairBudget budget{work, from};
  FilterCount count;
  std::size_t record = from;  // what lies before it has been counted
  const auto visit = [&](std::size_t position, std::uint64_t hash) {
    if (budget.exhausted(position)) {
      count.outcome = simd::PairOutcome::GaveUp;
      count.position = std::max(record, position - std::min(position, reach_));
      return kNotFound;
    }
    for (const Entry& entry : entries_of(hash)) {
      if (entry.offset > position - record) continue;
      const std::size_t at = position - entry.offset;
      if (!table_->matches(entry.literal, records, at, budget)) continue;
      if (holds_terminator(records.subspan(at, table_->size(entry.literal)), terminator)) continue;
      ++count.records;
      record = behind_terminator(records, position, terminator);
      return record;
    }
    return position;
  };
  const std::size_t end = visit_hits(records, from, visit);
  if (count.outcome == simd::PairOutcome::Exhausted) count.position = records.size();
  budget.close(work, std::max(from, end));
  return count;
}

std::string BlockFilter::explain() const {
  return "block hashes: " + std::to_string(block_) + " bytes at every " +
         (stride_ == 1 ? std::string{"position"} : std::to_string(stride_) + "th position") + ", " +
         std::to_string(entries_.size()) + " blocks of " + std::to_string(table_->count()) +
         " literals in a bitmap of " + std::to_string(bitmap_.size() >> 10U) +
         " KiB; Aho-Corasick where they do not pay";
}

}  // namespace folio::pattern
