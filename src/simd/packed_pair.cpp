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
                               const PairNeedle& needle, RecordDensity, PairWork& work) {
  return count_records_pair_scalar(haystack, from, terminator, needle, work);
}
std::uint64_t count_candidates_target(ByteView sample, const PairNeedle& needle) {
  return count_pair_candidates_scalar(sample, needle);
}

#else

namespace hn = hwy::HWY_NAMESPACE;

constexpr std::size_t kBlock = 64;  // positions per step: one 64-bit mask, whatever the vector size
using Bytes = hn::CappedTag<std::uint8_t, kBlock>;

/// Bit i of the result: lane i - j of lanes_at(j) is set, where j is the start of the vector that holds byte
/// i.
template <std::size_t kAt = 0, class LanesAt>
HWY_INLINE std::uint64_t block_mask(LanesAt lanes_at) {
  const Bytes d;
  std::uint64_t part = 0;
  // Highway 1.0.3 has no public BitsFromMask; on x86 this store stays in a register.
  // SAFETY: unsigned char may alias any object; a vector has at most 64 lanes.
  hn::StoreMaskBits(d, lanes_at(kAt), reinterpret_cast<std::uint8_t*>(&part));
#if HWY_HAVE_SCALABLE
  const std::size_t lanes = hn::Lanes(d);
  for (std::size_t at = lanes; at < kBlock; at += lanes) {
    std::uint64_t next = 0;
    hn::StoreMaskBits(d, lanes_at(at), reinterpret_cast<std::uint8_t*>(&next));
    part |= next << at;
  }
  return part;
#else
  // PERF: a loop here is not unrolled by g++ 12 -O2, which halves the speed of the AVX2 kernels.
  part <<= kAt;
  if constexpr (kAt + hn::MaxLanes(Bytes()) < kBlock)
    part |= block_mask<kAt + hn::MaxLanes(Bytes())>(lanes_at);
  return part;
#endif
}

template <class Word, class Byte>
HWY_INLINE Word load_word(const Byte* from) {
  Word word;
  std::memcpy(&word, from, sizeof word);
  return word;
}

HWY_INLINE hn::Mask<Bytes> lanes_equal(const std::uint8_t* at, std::uint8_t ignored, std::uint8_t wanted) {
  const Bytes d;
  return hn::Eq(hn::Or(hn::LoadU(d, at), hn::Set(d, ignored)), hn::Set(d, wanted));
}

HWY_INLINE hn::Mask<Bytes> lanes_equal(const std::uint8_t* at, std::uint8_t wanted) {
  const Bytes d;
  return hn::Eq(hn::LoadU(d, at), hn::Set(d, wanted));
}

/// One byte of the needle, at its offset. kFold: some bytes of the needle match both cases of a letter.
template <bool kFold>
struct ProbeByte {
  ProbeByte(const PairNeedle& needle, std::size_t at)
      : offset{at},
        wanted{std::to_integer<std::uint8_t>(needle.bytes[at])},
        ignored{kFold ? std::to_integer<std::uint8_t>(needle.fold_bits[at]) : std::uint8_t{0}} {}

  HWY_INLINE hn::Mask<Bytes> lanes(const std::uint8_t* at) const {
    if constexpr (kFold) return lanes_equal(at + offset, ignored, wanted);
    return lanes_equal(at + offset, wanted);
  }
  HWY_INLINE bool matches(const std::uint8_t* at) const { return (at[offset] | ignored) == wanted; }

  std::size_t offset;
  std::uint8_t wanted;
  std::uint8_t ignored;
};

/// The probe bytes. Candidates are positions where all of them match.
template <bool kFold>
class Probes {
 public:
  explicit Probes(const PairNeedle& needle)
      : first_{needle, needle.probes.first}, second_{needle, needle.probes.second} {}

  HWY_INLINE hn::Mask<Bytes> lanes(const std::uint8_t* at) const {
    return hn::And(first_.lanes(at), second_.lanes(at));
  }
  HWY_INLINE bool matches(const std::uint8_t* at) const { return first_.matches(at) && second_.matches(at); }

 private:
  ProbeByte<kFold> first_;
  ProbeByte<kFold> second_;
};

struct TerminatorProbe {
  std::uint8_t terminator;

  HWY_INLINE hn::Mask<Bytes> lanes(const std::uint8_t* at) const { return lanes_equal(at, terminator); }
  HWY_INLINE bool matches(const std::uint8_t* at) const { return *at == terminator; }
};

// Bit i of the result: the probe matches at position at + i. Reads what a match at these positions would
// cover.

template <class Probe>
HWY_INLINE std::uint64_t full_block(const std::uint8_t* at, const Probe& probe) {
  return block_mask([&](std::size_t i) HWY_ATTR { return probe.lanes(at + i); });
}

/// Less than 64 positions up to `end`: a full block that reaches back, or one by one if there is no room for
/// that.
template <class Probe>
HWY_NOINLINE std::uint64_t short_block(const std::uint8_t* data, std::size_t at, std::size_t end,
                                       const Probe& probe) {
  if (end >= kBlock) return full_block(data + end - kBlock, probe) >> (kBlock - (end - at));
  std::uint64_t bits = 0;
  for (std::size_t i = at; i < end; ++i) bits |= std::uint64_t{probe.matches(data + i)} << (i - at);
  return bits;
}

template <class Probe>
HWY_INLINE std::uint64_t any_block(const std::uint8_t* data, std::size_t at, std::size_t end,
                                   const Probe& probe) {
  return HWY_LIKELY(end - at >= kBlock) ? full_block(data + at, probe) : short_block(data, at, end, probe);
}

/// Compares the whole needle at a candidate.
template <bool kFold>
class Verifier {
 public:
  explicit Verifier(const PairNeedle& needle)
      : bytes_{needle.bytes.data()}, fold_bits_{needle.fold_bits.data()}, size_{needle.bytes.size()} {}

  HWY_INLINE bool matches(const std::uint8_t* at, PairBudget& budget) const {
    if (size_ >= 8) return matches_words(at, budget);
    budget.spend(size_);
    if (size_ >= 4) return same<std::uint32_t>(at, 0) && same<std::uint32_t>(at, size_ - 4);
    // Of up to three bytes the probes have seen all, or all but one.
    return size_ < 3 || (same<std::uint16_t>(at, 0) && same<std::uint16_t>(at, 1));
  }

 private:
  template <class Word>
  HWY_INLINE bool same(const std::uint8_t* at, std::size_t offset) const {
    auto word = load_word<Word>(at + offset);
    if constexpr (kFold) word |= load_word<Word>(fold_bits_ + offset);
    return word == load_word<Word>(bytes_ + offset);
  }

  /// Word by word, the last one overlapping; stops at the first difference.
  HWY_INLINE bool matches_words(const std::uint8_t* at, PairBudget& budget) const {
    using Word = std::uint64_t;
    const std::size_t last = size_ - sizeof(Word);
    for (std::size_t offset = 0; offset < last; offset += sizeof(Word)) {
      if (same<Word>(at, offset)) continue;
      budget.spend(offset + sizeof(Word));
      return false;
    }
    budget.spend(size_);
    return same<Word>(at, last);
  }

  const std::byte* bytes_;
  const std::byte* fold_bits_;
  std::size_t size_;
};

HWY_INLINE const std::uint8_t* data_of(ByteView view) {
  // SAFETY: unsigned char may alias any object.
  return reinterpret_cast<const std::uint8_t*>(view.data());
}

template <bool kFold>
PairResult find_in(ByteView haystack, std::size_t from, std::size_t end, const PairNeedle& needle,
                   PairWork& work) {
  const Probes<kFold> probes{needle};
  const Verifier<kFold> verifier{needle};
  const std::uint8_t* data = data_of(haystack);
  PairBudget budget{work, from};
  PairResult result{PairOutcome::Exhausted, end};
  for (std::size_t at = from; at < end && result.outcome == PairOutcome::Exhausted; at += kBlock) {
    std::uint64_t candidates = any_block(data, at, end, probes);
    for (; HWY_UNLIKELY(candidates != 0); candidates &= candidates - 1) {
      const std::size_t position = at + hwy::Num0BitsBelowLS1Bit_Nonzero64(candidates);
      const bool gave_up = budget.exhausted(position);
      if (!gave_up && !verifier.matches(data + position, budget)) continue;
      result = {gave_up ? PairOutcome::GaveUp : PairOutcome::Found, position};
      break;
    }
  }
  budget.close(work, result.position);
  return result;
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

template <bool kFold, RecordDensity kDensity>
PairCount count_in(ByteView haystack, std::size_t from, std::size_t end, std::byte terminator,
                   const PairNeedle& needle, PairWork& work) {
  const Probes<kFold> probes{needle};
  const TerminatorProbe ends{std::to_integer<std::uint8_t>(terminator)};
  const Verifier<kFold> verifier{needle};
  const std::uint8_t* data = data_of(haystack);
  PairBudget budget{work, from};
  RecordCounter counter;
  PairCount count{.records = 0, .outcome = PairOutcome::Exhausted, .position = end};
  for (std::size_t at = from; at < end; at += kBlock) {
    std::uint64_t candidates = any_block(data, at, end, probes);
    if (kDensity == RecordDensity::Sparse && HWY_LIKELY(candidates == 0 && !counter.in_hit_record()))
      continue;
    const std::uint64_t terminators = any_block(data, at, end, ends);
    if (counter.in_hit_record() && kDensity == RecordDensity::Sparse)
      candidates &= ~through_lowest(terminators);
    std::uint64_t matches = 0;
    while (candidates != 0) {
      const std::size_t index = hwy::Num0BitsBelowLS1Bit_Nonzero64(candidates);
      const std::uint64_t bit = candidates & (0 - candidates);
      if (budget.exhausted(at + index)) {
        count.outcome = PairOutcome::GaveUp;
        count.position = at + index;
        counter.add(matches, terminators & (bit - 1));
        break;
      }
      candidates ^= bit;
      if (!verifier.matches(data + at + index, budget)) continue;
      matches |= bit;
      candidates &= ~through_lowest(terminators & ~(bit - 1));
    }
    if (count.outcome == PairOutcome::GaveUp) break;
    counter.add(matches, terminators);
  }
  budget.close(work, count.position);
  count.records = counter.records();
  return count;
}

/// For needles of which the probes are all: every candidate is a match, so that no step depends on the data.
template <bool kFold>
PairCount count_exact(ByteView haystack, std::size_t from, std::size_t end, std::byte terminator,
                      const PairNeedle& needle) {
  const Probes<kFold> probes{needle};
  const TerminatorProbe ends{std::to_integer<std::uint8_t>(terminator)};
  const std::uint8_t* data = data_of(haystack);
  RecordCounter counter;
  for (std::size_t at = from; at < end; at += kBlock) {
    counter.add(any_block(data, at, end, probes), any_block(data, at, end, ends));
  }
  return {.records = counter.records(), .outcome = PairOutcome::Exhausted, .position = end};
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

template <bool kFold>
PairCount count_by_density(ByteView haystack, std::size_t from, std::byte terminator,
                           const PairNeedle& needle, RecordDensity density, PairWork& work) {
  const std::size_t end = end_of_positions(haystack, from, needle);
  if (density == RecordDensity::Sparse) {
    return count_in<kFold, RecordDensity::Sparse>(haystack, from, end, terminator, needle, work);
  }
  if (needle.bytes.size() <= 2) return count_exact<kFold>(haystack, from, end, terminator, needle);
  return count_in<kFold, RecordDensity::Dense>(haystack, from, end, terminator, needle, work);
}

PairCount count_records_target(ByteView haystack, std::size_t from, std::byte terminator,
                               const PairNeedle& needle, RecordDensity density, PairWork& work) {
  return needle.fold_bits.empty() ? count_by_density<false>(haystack, from, terminator, needle, density, work)
                                  : count_by_density<true>(haystack, from, terminator, needle, density, work);
}

template <bool kFold>
std::uint64_t count_candidates_in(ByteView sample, const PairNeedle& needle) {
  const Probes<kFold> probes{needle};
  const std::size_t end = end_of_positions(sample, 0, needle);
  std::uint64_t count = 0;
  for (std::size_t at = 0; at < end; at += kBlock) {
    count += hwy::PopCount(any_block(data_of(sample), at, end, probes));
  }
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
                             const PairNeedle& needle, RecordDensity density, PairWork& work) {
  return HWY_DYNAMIC_DISPATCH(count_records_target)(haystack, from, terminator, needle, density, work);
}

std::uint64_t count_pair_candidates(ByteView sample, const PairNeedle& needle) {
  return HWY_DYNAMIC_DISPATCH(count_candidates_target)(sample, needle);
}

}  // namespace folio::simd

#endif
