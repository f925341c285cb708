// SPDX-License-Identifier: Apache-2.0
// Packed-pair kernels for every vector target, and their dispatch.
#include "simd/packed_pair.h"

#include <cstring>

#include "simd/packed_pair_budget.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "simd/packed_pair.cpp"
#include "hwy/foreach_target.h"
#include "hwy/highway.h"

HWY_BEFORE_NAMESPACE();
namespace folio::simd {
namespace HWY_NAMESPACE {

#if HWY_TARGET == HWY_SCALAR

PairResult find_pair_target(ByteView haystack, std::size_t from, const PairNeedle& needle, PairWork& work) {
  return find_pair_scalar(haystack, from, needle, work);
}
PairCount count_records_target(ByteView haystack, std::size_t from, std::byte terminator,
                               const PairNeedle& needle, PairWork& work) {
  return count_records_pair_scalar(haystack, from, terminator, needle, work);
}
std::uint64_t count_candidates_target(ByteView sample, const PairNeedle& needle) {
  return count_pair_candidates_scalar(sample, needle);
}

#else

namespace hn = hwy::HWY_NAMESPACE;

constexpr std::size_t kBlock = 64;  // positions per step: one 64-bit mask, whatever the vector size
using Bytes = hn::CappedTag<std::uint8_t, kBlock>;

/// Bit i of the result: predicate holds for the vector lane at byte i of the block.
template <class VectorMask>
HWY_INLINE std::uint64_t block_mask(VectorMask vector_mask) {
  const Bytes d;
  const std::size_t lanes = hn::Lanes(d);
  std::uint64_t bits = 0;
  for (std::size_t i = 0; i < kBlock; i += lanes) {
    std::uint64_t part = 0;
    // Highway 1.0.3 has no public BitsFromMask; on x86 this store stays in a register.
    hn::StoreMaskBits(d, vector_mask(i), reinterpret_cast<std::uint8_t*>(&part));
    bits |= part << i;
  }
  return bits;
}

template <class Word>
HWY_INLINE Word load_word(const std::byte* from) {
  Word word;
  std::memcpy(&word, from, sizeof word);
  return word;
}

/// The needle in registers. kFold: some bytes match both cases of a letter.
template <bool kFold>
class Probe {
 public:
  explicit Probe(const PairNeedle& needle)
      : bytes_{needle.bytes.data()},
        fold_bits_{needle.fold_bits.data()},
        size_{needle.bytes.size()},
        first_{needle.probes.first},
        second_{needle.probes.second} {}

  /// Positions of the block at `block` where both probes match. Reads up to block[63 + second probe].
  HWY_INLINE std::uint64_t candidates(const std::byte* block) const {
    const Bytes d;
    const auto first = hn::Set(d, std::to_integer<std::uint8_t>(bytes_[first_]));
    const auto second = hn::Set(d, std::to_integer<std::uint8_t>(bytes_[second_]));
    // SAFETY: unsigned char may alias any object.
    const auto* at = reinterpret_cast<const std::uint8_t*>(block);
    return block_mask([&](std::size_t i) HWY_ATTR {
      return hn::And(hn::Eq(load(at + i, first_), first), hn::Eq(load(at + i, second_), second));
    });
  }

  /// Few positions, near the ends of a short haystack.
  HWY_INLINE std::uint64_t candidates(const std::byte* block, std::size_t positions) const {
    std::uint64_t bits = 0;
    for (std::size_t i = 0; i < positions; ++i) {
      const bool both = same(block, i, first_) && same(block, i, second_);
      bits |= std::uint64_t{both} << i;
    }
    return bits;
  }

  HWY_INLINE bool matches(const std::byte* at, PairBudget& budget) const {
    if (size_ >= 8) return matches_words<std::uint64_t>(at, budget);
    budget.spend(size_);
    if (size_ >= 4) return same_word<std::uint32_t>(at, 0) && same_word<std::uint32_t>(at, size_ - 4);
    // Of up to three bytes the probes have seen all, or all but one.
    return size_ < 3 || (same(at, 0, 0) && same(at, 0, 1) && same(at, 0, 2));
  }

 private:
  HWY_INLINE hn::Vec<Bytes> load(const std::uint8_t* at, std::size_t offset) const {
    const Bytes d;
    const auto bytes = hn::LoadU(d, at + offset);
    if constexpr (!kFold) return bytes;
    return hn::Or(bytes, hn::Set(d, std::to_integer<std::uint8_t>(fold_bits_[offset])));
  }

  HWY_INLINE bool same(const std::byte* at, std::size_t i, std::size_t offset) const {
    std::byte byte = at[i + offset];
    if constexpr (kFold) byte |= fold_bits_[offset];
    return byte == bytes_[offset];
  }

  template <class Word>
  HWY_INLINE bool same_word(const std::byte* at, std::size_t offset) const {
    auto word = load_word<Word>(at + offset);
    if constexpr (kFold) word |= load_word<Word>(fold_bits_ + offset);
    return word == load_word<Word>(bytes_ + offset);
  }

  /// Word by word, the last one overlapping; stops at the first difference.
  template <class Word>
  HWY_INLINE bool matches_words(const std::byte* at, PairBudget& budget) const {
    const std::size_t last = size_ - sizeof(Word);
    for (std::size_t offset = 0; offset < last; offset += sizeof(Word)) {
      if (same_word<Word>(at, offset)) continue;
      budget.spend(offset + sizeof(Word));
      return false;
    }
    budget.spend(size_);
    return same_word<Word>(at, last);
  }

  const std::byte* bytes_;
  const std::byte* fold_bits_;
  std::size_t size_;
  std::size_t first_;
  std::size_t second_;
};

/// Calls step(at, candidates, shift) for blocks of 64 positions from `from` to `end`, all inside the
/// haystack; the last block may reach back, then its lowest `shift` positions are done already. Ends early
/// where step says so.
template <bool kFold, class Step, class ShortStep>
HWY_INLINE void for_each_block(const std::byte* haystack, std::size_t from, std::size_t end,
                               const Probe<kFold>& probe, Step step, ShortStep short_step) {
  std::size_t at = from;
  for (; end - at >= kBlock; at += kBlock) {
    if (!step(at, probe.candidates(haystack + at), 0)) return;
  }
  if (at == end) return;
  if (end >= kBlock) {
    const std::size_t shift = kBlock - (end - at);
    step(at, probe.candidates(haystack + end - kBlock) >> shift, shift);
  } else {
    short_step(at, probe.candidates(haystack + at, end - at));
  }
}

template <bool kFold>
PairResult find_in(ByteView haystack, std::size_t from, std::size_t end, const PairNeedle& needle,
                   PairWork& work) {
  const Probe<kFold> probe{needle};
  const std::byte* data = haystack.data();
  PairBudget budget{work, from};
  PairResult result{PairOutcome::Exhausted, end};
  const auto verify = [&](std::size_t at, std::uint64_t candidates) HWY_ATTR {
    for (; candidates != 0; candidates &= candidates - 1) {
      const std::size_t position = at + hwy::Num0BitsBelowLS1Bit_Nonzero64(candidates);
      const bool gave_up = budget.exhausted(position);
      if (!gave_up && !probe.matches(data + position, budget)) continue;
      result = {gave_up ? PairOutcome::GaveUp : PairOutcome::Found, position};
      return false;
    }
    return true;
  };
  for_each_block(
      data, from, end, probe,
      [&](std::size_t at, std::uint64_t candidates, std::size_t)
          HWY_ATTR { return HWY_LIKELY(candidates == 0) || verify(at, candidates); },
      verify);
  budget.close(work, result.position);
  return result;
}

HWY_INLINE std::uint64_t terminators_in(const std::byte* block, std::byte terminator) {
  const Bytes d;
  const auto wanted = hn::Set(d, std::to_integer<std::uint8_t>(terminator));
  // SAFETY: unsigned char may alias any object.
  const auto* at = reinterpret_cast<const std::uint8_t*>(block);
  return block_mask([&](std::size_t i) HWY_ATTR { return hn::Eq(hn::LoadU(d, at + i), wanted); });
}

HWY_INLINE std::uint64_t terminators_in(const std::byte* block, std::size_t size, std::byte terminator) {
  std::uint64_t bits = 0;
  for (std::size_t i = 0; i < size; ++i) bits |= std::uint64_t{block[i] == terminator} << i;
  return bits;
}

/// The lowest set bit and all below it; all 64 where there is none.
HWY_INLINE std::uint64_t through_lowest(std::uint64_t bits) {
  return bits ^ (bits - 1);
}

/// Counts the records of consecutive blocks that contain a match.
///
/// Adding the mask of matches to the mask of bytes that are not terminators carries from the first match of a
/// record through to its terminator, where the sum has a one exactly if the record has a match. The carry out
/// of the block says that the record that goes on into the next block has been hit.
class RecordCounter {
 public:
  HWY_INLINE bool in_hit_record() const { return carry_ != 0; }

  HWY_INLINE void add(std::uint64_t matches, std::uint64_t terminators) {
    const std::uint64_t inside = ~terminators;
    const std::uint64_t sum = inside + matches;
    const std::uint64_t sum_with_carry = sum + carry_;
    carry_ = std::uint64_t{sum < inside} | std::uint64_t{sum_with_carry < sum};
    records_ += hwy::PopCount(sum_with_carry & terminators);
  }
  /// Including the record that the end of the data cut off.
  HWY_INLINE std::uint64_t records() const { return records_ + carry_; }

 private:
  std::uint64_t records_ = 0;
  std::uint64_t carry_ = 0;
};

template <bool kFold>
PairCount count_in(ByteView haystack, std::size_t from, std::size_t end, std::byte terminator,
                   const PairNeedle& needle, PairWork& work) {
  const Probe<kFold> probe{needle};
  const std::byte* data = haystack.data();
  PairBudget budget{work, from};
  RecordCounter counter;
  PairCount count{.records = 0, .outcome = PairOutcome::Exhausted, .position = end};
  const auto verify = [&](std::size_t at, std::uint64_t candidates, std::uint64_t terminators) HWY_ATTR {
    if (counter.in_hit_record()) candidates &= ~through_lowest(terminators);
    std::uint64_t matches = 0;
    while (candidates != 0) {
      const std::size_t index = hwy::Num0BitsBelowLS1Bit_Nonzero64(candidates);
      const std::uint64_t bit = candidates & (0 - candidates);
      if (budget.exhausted(at + index)) {
        count.outcome = PairOutcome::GaveUp;
        count.position = at + index;
        counter.add(matches, terminators & (bit - 1));
        return false;
      }
      candidates ^= bit;
      if (!probe.matches(data + at + index, budget)) continue;
      matches |= bit;
      candidates &= ~through_lowest(terminators & ~(bit - 1));
    }
    counter.add(matches, terminators);
    return true;
  };
  for_each_block(
      data, from, end, probe,
      [&](std::size_t at, std::uint64_t candidates, std::size_t shift) HWY_ATTR {
        if (HWY_LIKELY(candidates == 0 && !counter.in_hit_record())) return true;
        return verify(at, candidates, terminators_in(data + at - shift, terminator) >> shift);
      },
      [&](std::size_t at, std::uint64_t candidates)
          HWY_ATTR { verify(at, candidates, terminators_in(data + at, end - at, terminator)); });
  budget.close(work, count.position);
  count.records = counter.records();
  return count;
}

/// End of the positions at which the needle may start; not before `from`.
HWY_INLINE std::size_t end_of_positions(ByteView haystack, std::size_t from, const PairNeedle& needle) {
  if (haystack.size() < needle.bytes.size()) return from;
  const std::size_t end = haystack.size() - needle.bytes.size() + 1;
  return end < from ? from : end;
}

PairResult find_pair_target(ByteView haystack, std::size_t from, const PairNeedle& needle, PairWork& work) {
  const std::size_t end = end_of_positions(haystack, from, needle);
  return needle.fold_bits.empty() ? find_in<false>(haystack, from, end, needle, work)
                                  : find_in<true>(haystack, from, end, needle, work);
}

PairCount count_records_target(ByteView haystack, std::size_t from, std::byte terminator,
                               const PairNeedle& needle, PairWork& work) {
  const std::size_t end = end_of_positions(haystack, from, needle);
  return needle.fold_bits.empty() ? count_in<false>(haystack, from, end, terminator, needle, work)
                                  : count_in<true>(haystack, from, end, terminator, needle, work);
}

template <bool kFold>
std::uint64_t count_candidates_in(ByteView sample, const PairNeedle& needle) {
  std::uint64_t count = 0;
  const auto add = [&](std::uint64_t candidates) HWY_ATTR {
    count += hwy::PopCount(candidates);
    return true;
  };
  for_each_block(
      sample.data(), 0, end_of_positions(sample, 0, needle), Probe<kFold>{needle},
      [&](std::size_t, std::uint64_t candidates, std::size_t) HWY_ATTR { return add(candidates); },
      [&](std::size_t, std::uint64_t candidates) HWY_ATTR { add(candidates); });
  return count;
}

std::uint64_t count_candidates_target(ByteView sample, const PairNeedle& needle) {
  return needle.fold_bits.empty() ? count_candidates_in<false>(sample, needle)
                                  : count_candidates_in<true>(sample, needle);
}

#endif

}  // namespace HWY_NAMESPACE
}  // namespace folio::simd
HWY_AFTER_NAMESPACE();

#if HWY_ONCE

namespace folio::simd {

HWY_EXPORT(find_pair_target);
HWY_EXPORT(count_records_target);
HWY_EXPORT(count_candidates_target);

PairResult find_pair(ByteView haystack, std::size_t from, const PairNeedle& needle, PairWork& work) {
  return HWY_DYNAMIC_DISPATCH(find_pair_target)(haystack, from, needle, work);
}

PairCount count_records_pair(ByteView haystack, std::size_t from, std::byte terminator,
                             const PairNeedle& needle, PairWork& work) {
  return HWY_DYNAMIC_DISPATCH(count_records_target)(haystack, from, terminator, needle, work);
}

std::uint64_t count_pair_candidates(ByteView sample, const PairNeedle& needle) {
  return HWY_DYNAMIC_DISPATCH(count_candidates_target)(sample, needle);
}

}  // namespace folio::simd

#endif
