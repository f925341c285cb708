// SPDX-License-Identifier: Apache-2.0
// Packed-pair kernels for every vector target, and their dispatch.
#include "simd/packed_pair.h"

#include "simd/packed_pair_budget.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "simd/packed_pair.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "simd/dispatch_table.h"
#include "simd/packed_pair-inl.h"

HWY_BEFORE_NAMESPACE();
namespace folio::simd {
namespace HWY_NAMESPACE {

#if HWY_TARGET == HWY_SCALAR || HWY_TARGET == HWY_EMU128

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

template <bool kFold>
PairResult find_in(ByteView haystack, std::size_t from, std::size_t end, const PairNeedle& needle,
                   PairWork& work) {
  const PairProbe<kFold> probe{needle};
  const Verifier<kFold> verifier{needle};
  const std::uint8_t* data = data_of(haystack);
  PairBudget budget{work, from};
  PairResult result{PairOutcome::Exhausted, end};
  for (std::size_t at = from; at < end && result.outcome == PairOutcome::Exhausted; at += kBlock) {
    prefetch_ahead(data + at, kBlock);
    std::uint64_t candidates = block_of(data, at, end, probe);
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

// PERF: a rare needle in memory, one thread, with prefetching against without: 17.9 : 16.4 GB/s (AVX-512) and
// 17.5 : 14.0 (AVX2); a needle of 10 bytes on every line 9.3 : 7.2 and 9.7 : 4.7.
template <bool kFold>
PairCount count_in(ByteView haystack, std::size_t from, std::size_t end, std::byte terminator,
                   const PairNeedle& needle, PairWork& work) {
  const PairProbe<kFold> probe{needle};
  const TerminatorProbe terminator_probe{std::to_integer<std::uint8_t>(terminator)};
  const Verifier<kFold> verifier{needle};
  const std::uint8_t* data = data_of(haystack);
  PairBudget budget{work, from};
  RecordCounter counter;
  PairCount count{.records = 0, .outcome = PairOutcome::Exhausted, .position = end};
  for (std::size_t at = from; at < end && count.outcome == PairOutcome::Exhausted; at += kBlock) {
    prefetch_ahead(data + at, kBlock);
    std::uint64_t candidates = block_of(data, at, end, probe);
    if (HWY_LIKELY(candidates == 0 && !counter.in_hit_record())) continue;
    const std::uint64_t terminators = block_of(data, at, end, terminator_probe);
    if (counter.in_hit_record()) candidates &= ~through_lowest(terminators);
    std::uint64_t matches = 0;
    while (candidates != 0) {
      const std::uint64_t bit = candidates & (0 - candidates);
      const std::size_t position = at + hwy::Num0BitsBelowLS1Bit_Nonzero64(candidates);
      if (budget.exhausted(position)) {
        count.outcome = PairOutcome::GaveUp;
        count.position = position;
        break;
      }
      candidates ^= bit;
      if (!verifier.matches(data + position, budget)) continue;
      matches |= bit;
      candidates &=
          ~through_lowest(terminators & ~(bit - 1));  // the rest of a counted record does not matter
    }
    counter.add(matches, terminators);
  }
  budget.close(work, count.position);
  count.records = counter.records();
  return count;
}

/// Compares all bytes of the needle everywhere, so that no branch depends on the data.
/// PERF: a needle on every line of a log (209 bytes a line), against count_in, GB/s: 4 bytes 17.6 : 10.2,
/// 8 bytes 16.2 : 9.8 (AVX-512); 17.2 : 10.1 and 11.4 : 10.3 (AVX2). With 12 bytes AVX2 loses, 6.8 : 9.7.
template <bool kFold, std::size_t kSize>
PairCount count_whole(ByteView haystack, std::size_t from, std::size_t end, std::byte terminator,
                      const PairNeedle& needle) {
  const WholeProbe<kFold, kSize> probe{needle};
  const TerminatorProbe terminator_probe{std::to_integer<std::uint8_t>(terminator)};
  const std::uint8_t* data = data_of(haystack);
  RecordCounter counter;
  for (std::size_t at = from; at < end; at += kBlock) {
    prefetch_ahead(data + at, kBlock);
    counter.add(block_of(data, at, end, probe), block_of(data, at, end, terminator_probe));
  }
  return {.records = counter.records(), .outcome = PairOutcome::Exhausted, .position = end};
}

template <bool kFold>
PairCount count_by_density(ByteView haystack, std::size_t from, std::byte terminator,
                           const PairNeedle& needle, RecordDensity density, PairWork& work) {
  const std::size_t end = end_of_positions(haystack, from, needle);
  static_assert(kDenseNeedleSizeMax == 8);
  switch (density == RecordDensity::Dense ? needle.bytes.size() : 0) {
    case 1:
      return count_whole<kFold, 1>(haystack, from, end, terminator, needle);
    case 2:
      return count_whole<kFold, 2>(haystack, from, end, terminator, needle);
    case 3:
    case 4:
      return count_whole<kFold, 4>(haystack, from, end, terminator, needle);
    case 5:
    case 6:
      return count_whole<kFold, 6>(haystack, from, end, terminator, needle);
    case 7:
    case 8:
      return count_whole<kFold, 8>(haystack, from, end, terminator, needle);
    default:
      return count_in<kFold>(haystack, from, end, terminator, needle, work);
  }
}

template <bool kFold>
std::uint64_t count_candidates_in(ByteView sample, const PairNeedle& needle) {
  const PairProbe<kFold> probe{needle};
  const std::size_t end = end_of_positions(sample, 0, needle);
  std::uint64_t count = 0;
  for (std::size_t at = 0; at < end; at += kBlock) {
    count += hwy::PopCount(block_of(data_of(sample), at, end, probe));
  }
  return count;
}

PairResult find_pair_target(ByteView haystack, std::size_t from, const PairNeedle& needle, PairWork& work) {
  const std::size_t end = end_of_positions(haystack, from, needle);
  return needle.fold_bits.empty() ? find_in<false>(haystack, from, end, needle, work)
                                  : find_in<true>(haystack, from, end, needle, work);
}

PairCount count_records_target(ByteView haystack, std::size_t from, std::byte terminator,
                               const PairNeedle& needle, RecordDensity density, PairWork& work) {
  return needle.fold_bits.empty() ? count_by_density<false>(haystack, from, terminator, needle, density, work)
                                  : count_by_density<true>(haystack, from, terminator, needle, density, work);
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

FOLIO_EXPORT(find_pair_target);
FOLIO_EXPORT(count_records_target);
FOLIO_EXPORT(count_candidates_target);

PairResult find_pair(ByteView haystack, std::size_t from, const PairNeedle& needle, PairWork& work) {
  return FOLIO_DISPATCH(find_pair_target)(haystack, from, needle, work);
}

PairCount count_records_pair(ByteView haystack, std::size_t from, std::byte terminator,
                             const PairNeedle& needle, RecordDensity density, PairWork& work) {
  return FOLIO_DISPATCH(count_records_target)(haystack, from, terminator, needle, density, work);
}

std::uint64_t count_pair_candidates(ByteView sample, const PairNeedle& needle) {
  return FOLIO_DISPATCH(count_candidates_target)(sample, needle);
}

}  // namespace folio::simd

#endif
