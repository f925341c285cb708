// SPDX-License-Identifier: Apache-2.0
// Parts of the packed-pair kernels: probe bytes and the verification of a candidate.
// Included again for every target.
#if defined(FOLIO_SIMD_PACKED_PAIR_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef FOLIO_SIMD_PACKED_PAIR_INL_H_
#undef FOLIO_SIMD_PACKED_PAIR_INL_H_
#else
#define FOLIO_SIMD_PACKED_PAIR_INL_H_
#endif

#include <hwy/highway.h>

#include <array>
#include <cstring>

#include "simd/mask_bits-inl.h"
#include "simd/packed_pair.h"
#include "simd/packed_pair_budget.h"
#include "simd/position_block-inl.h"
#include "simd/prefetch-inl.h"

HWY_BEFORE_NAMESPACE();
namespace folio::simd {
namespace HWY_NAMESPACE {

#if HWY_TARGET != HWY_SCALAR && HWY_TARGET != HWY_EMU128

/// One byte of the needle at its offset. kFold: some bytes of the needle match both cases of a letter.
template <bool kFold>
struct ProbeByte {
  ProbeByte(const PairNeedle& needle, std::size_t at)
      : offset{at},
        wanted{std::to_integer<std::uint8_t>(needle.bytes[at])},
        ignored{kFold ? std::to_integer<std::uint8_t>(needle.fold_bits[at]) : std::uint8_t{0}} {}

  HWY_INLINE ByteMask lanes(const std::uint8_t* at) const {
    const ByteTag d;
    auto bytes = hn::LoadU(d, at + offset);
    if constexpr (kFold) bytes = hn::Or(bytes, hn::Set(d, ignored));
    return hn::Eq(bytes, hn::Set(d, wanted));
  }
  HWY_INLINE bool matches(const std::uint8_t* at) const { return (at[offset] | ignored) == wanted; }

  std::size_t offset;
  std::uint8_t wanted;
  std::uint8_t ignored;
};

/// Positions where two bytes of the needle match.
template <bool kFold>
struct PairProbe {
  explicit PairProbe(const PairNeedle& needle)
      : first{needle, needle.probes.first}, second{needle, needle.probes.second} {}

  HWY_INLINE ByteMask lanes(const std::uint8_t* at) const {
    return hn::And(first.lanes(at), second.lanes(at));
  }
  HWY_INLINE bool matches(const std::uint8_t* at) const { return first.matches(at) && second.matches(at); }

  ProbeByte<kFold> first;
  ProbeByte<kFold> second;
};

/// Positions where the whole needle of at most kSize bytes matches; of a shorter one the last byte is tested
/// again.
template <bool kFold, std::size_t kSize>
struct WholeProbe {
  explicit WholeProbe(const PairNeedle& needle)
      : last{needle, HWY_MIN(kSize, needle.bytes.size()) - 1}, rest{needle} {}

  HWY_INLINE ByteMask lanes(const std::uint8_t* at) const { return hn::And(last.lanes(at), rest.lanes(at)); }
  HWY_INLINE bool matches(const std::uint8_t* at) const { return last.matches(at) && rest.matches(at); }

  ProbeByte<kFold> last;
  WholeProbe<kFold, kSize - 1> rest;
};

template <bool kFold>
struct WholeProbe<kFold, 1> : ProbeByte<kFold> {
  explicit WholeProbe(const PairNeedle& needle) : ProbeByte<kFold>{needle, 0} {}
};

struct TerminatorProbe {
  HWY_INLINE ByteMask lanes(const std::uint8_t* at) const {
    const ByteTag d;
    return hn::Eq(hn::LoadU(d, at), hn::Set(d, terminator));
  }
  HWY_INLINE bool matches(const std::uint8_t* at) const { return *at == terminator; }

  std::uint8_t terminator;
};

template <class Word, class Byte>
HWY_INLINE Word load_word(const Byte* from) {
  Word word;
  std::memcpy(&word, from, sizeof word);
  return word;
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

/// End of the positions at which the needle may start; not before `from`.
HWY_INLINE std::size_t end_of_positions(ByteView haystack, std::size_t from, const PairNeedle& needle) {
  if (haystack.size() < needle.bytes.size()) return from;
  const std::size_t end = haystack.size() - needle.bytes.size() + 1;
  return end < from ? from : end;
}

#endif

}  // namespace HWY_NAMESPACE
}  // namespace folio::simd
HWY_AFTER_NAMESPACE();

#endif  // include guard
