// SPDX-License-Identifier: Apache-2.0
#include "pattern/block_filter.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <utility>

#include "pattern/record_end.h"

namespace folio::pattern {

namespace {

constexpr std::size_t kWord = sizeof(std::uint64_t);
constexpr std::size_t kStrideMax = 8;
constexpr std::size_t kBlockWanted = 4;  // shorter blocks are too common
constexpr std::size_t kShiftsTried = 16;
constexpr unsigned kBitmapBits[] = {18, 21, 25};

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
  const auto entry_bits = static_cast<unsigned>(std::bit_width(entries_.size()));
  // PERF: 32 KiB lie in the first-level cache; more only where the bitmap would be denser than a sixteenth.
  const auto* wide_enough =
      std::ranges::find_if(kBitmapBits, [&](unsigned bits) { return bits >= entry_bits + 4; });
  bitmap_bits_ =
      wide_enough != std::end(kBitmapBits) ? *wide_enough : kBitmapBits[std::size(kBitmapBits) - 1];
  bucket_shift_ = 64 - entry_bits;
  bitmap_.assign(std::size_t{1} << (bitmap_bits_ - 5), 0);
  bucket_begin_.assign((std::size_t{1} << entry_bits) + 1, 0);
  std::ranges::sort(entries_, {}, [](const Entry& entry) { return std::pair{entry.hash, entry.literal}; });
  for (const Entry& entry : entries_) {
    const std::uint64_t bit = entry.hash >> (64 - bitmap_bits_);
    bitmap_[bit >> 5U] |= 1U << (bit & 31U);
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

// PERF: a branch for each block, nearly never taken, costs less than to gather the bits of several; shifts by
// constants less than by variables.
template <class Word, unsigned kBits>
std::size_t BlockFilter::next_hit_in(ByteView haystack, std::size_t at) const {
  constexpr std::size_t kUnrolled = 4;
  const auto is_hit = [&, data = haystack.data(), mask = static_cast<Word>(mask_),
                       fold = static_cast<Word>(fold_)](std::size_t position) {
    Word word = 0;
    // SAFETY: the loop below ends before the last word would reach over the end.
    std::memcpy(&word, data + position, sizeof word);
    return test<kBits>(std::uint64_t{static_cast<Word>((word | fold) & mask)} * kFactor);
  };
  const std::size_t reach = (kUnrolled - 1) * stride_ + kWord;
  for (; haystack.size() >= reach && at <= haystack.size() - reach; at += kUnrolled * stride_) {
    if (is_hit(at)) return at;
    if (is_hit(at + stride_)) return at + stride_;
    if (is_hit(at + 2 * stride_)) return at + 2 * stride_;
    if (is_hit(at + 3 * stride_)) return at + 3 * stride_;
  }
  for (; at + block_ <= haystack.size(); at += stride_) {
    if (test<kBits>(hash_at(haystack, at))) return at;
  }
  return kNotFound;
}

std::size_t BlockFilter::next_hit(ByteView haystack, std::size_t at) const {
  const bool narrow = block_ <= sizeof(std::uint32_t);
  const auto by_bits = [&]<class Word>(Word) {
    switch (bitmap_bits_) {
      case kBitmapBits[0]:
        return next_hit_in<Word, kBitmapBits[0]>(haystack, at);
      case kBitmapBits[1]:
        return next_hit_in<Word, kBitmapBits[1]>(haystack, at);
      default:
        return next_hit_in<Word, kBitmapBits[2]>(haystack, at);
    }
  };
  return narrow ? by_bits(std::uint32_t{}) : by_bits(std::uint64_t{});
}

/// Takes the best literal whose block is at `position`, if it is better than what `best` holds.
void BlockFilter::improve(std::optional<LiteralMatch>& best, ByteView haystack, std::size_t from,
                          std::size_t position, simd::PairBudget& budget) const {
  for (const Entry& entry : entries_of(hash_at(haystack, position))) {
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
  std::size_t position = next_hit(haystack, from);
  for (; position != kNotFound && !best; position = next_hit(haystack, position + stride_)) {
    if (budget.exhausted(position)) {
      budget.close(work, position);
      return {.outcome = simd::PairOutcome::GaveUp,
              .match = {},
              .position = std::max(from, position - std::min(position, reach_))};
    }
    improve(best, haystack, from, position, budget);
    if (best) break;
  }
  budget.close(work, best ? position : std::max(from, haystack.size()));
  if (!best) return {.outcome = simd::PairOutcome::Exhausted, .match = {}, .position = haystack.size()};
  // A literal that begins further to the left may have its block further to the right.
  for (position += stride_; position <= best->position + reach_ && position + block_ <= haystack.size();
       position += stride_) {
    improve(best, haystack, from, position, budget);
  }
  return {.outcome = simd::PairOutcome::Found, .match = *best, .position = best->position};
}

bool BlockFilter::any_in_record(ByteView records, std::size_t from, std::size_t position,
                                std::byte terminator, simd::PairBudget& budget) const {
  return std::ranges::any_of(entries_of(hash_at(records, position)), [&](const Entry& entry) {
    if (entry.offset > position - from) return false;
    const std::size_t at = position - entry.offset;
    return table_->matches(entry.literal, records, at, budget) &&
           !holds_terminator(records.subspan(at, table_->size(entry.literal)), terminator);
  });
}

FilterCount BlockFilter::count_records(ByteView records, std::size_t from, std::byte terminator,
                                       simd::PairWork& work) const {
  simd::PairBudget budget{work, from};
  FilterCount count;
  count.position = records.size();
  std::size_t record = from;  // what lies before it has been counted
  std::size_t position = next_hit(records, from);
  while (position != kNotFound) {
    if (budget.exhausted(position)) {
      count.outcome = simd::PairOutcome::GaveUp;
      count.position = std::max(record, position - std::min(position, reach_));
      break;
    }
    const bool hit = any_in_record(records, record, position, terminator, budget);
    count.records += hit ? 1U : 0U;
    if (hit) record = behind_terminator(records, position, terminator);
    position = next_hit(records, hit ? record : position + stride_);
  }
  budget.close(work, std::max(from, count.position));
  return count;
}

std::string BlockFilter::explain() const {
  return "block hashes: " + std::to_string(block_) + " bytes at every " +
         (stride_ == 1 ? std::string{"position"} : std::to_string(stride_) + "th position") + ", " +
         std::to_string(entries_.size()) + " blocks of " + std::to_string(table_->count()) +
         " literals in a bitmap of " + std::to_string(bitmap_.size() * sizeof(bitmap_[0]) >> 10U) +
         " KiB; Aho-Corasick where they do not pay";
}

}  // namespace folio::pattern
