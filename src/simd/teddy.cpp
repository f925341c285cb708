// SPDX-License-Identifier: Apache-2.0
// Teddy kernels for every vector target, and their dispatch.
#include "simd/teddy.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "simd/teddy.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "simd/dispatch_table.h"

#include "simd/nibble_table-inl.h"
#include "simd/position_block-inl.h"
#include "simd/prefetch-inl.h"

HWY_BEFORE_NAMESPACE();
namespace folio::simd {
namespace HWY_NAMESPACE {

#if HWY_TARGET == HWY_SCALAR || HWY_TARGET == HWY_EMU128

TeddyBlock next_block_target(ByteView haystack, std::size_t from, const TeddyTables& tables) {
  return next_teddy_block_scalar(haystack, from, tables);
}

std::uint64_t count_teddy_target(ByteView sample, const TeddyTables& tables) {
  return count_teddy_candidates_scalar(sample, tables);
}

#else

/// Positions at which a fingerprint of kLength bytes may begin.
template <std::size_t kLength>
struct FingerprintProbe {
  HWY_INLINE ByteMask lanes(const std::uint8_t* at) const {
    const ByteTag d;
    return hn::Ne(buckets<0>(at), hn::Zero(d));
  }
  HWY_INLINE bool matches(const std::uint8_t* at) const {
    unsigned bits = ~0U;
    for (std::size_t i = 0; i < kLength; ++i) {
      bits &= static_cast<unsigned>(tables->at[i].low[at[i] & 15U] & tables->at[i].high[at[i] >> 4U]);
    }
    return bits != 0;
  }

  const TeddyTables* tables;

 private:
  template <std::size_t kIndex>
  HWY_INLINE ByteVector buckets(const std::uint8_t* at) const {
    const ByteTag d;
    const auto& nibbles = tables->at[kIndex];
    const auto bits = nibble_bits(hn::LoadU(d, at + kIndex), nibbles.low.data(), nibbles.high.data());
    if constexpr (kIndex + 1 < kLength) return hn::And(bits, buckets<kIndex + 1>(at));
    return bits;
  }
};

/// End of the positions at which a fingerprint may begin; not before `from`.
HWY_INLINE std::size_t end_of_fingerprints(ByteView haystack, std::size_t from, std::size_t length) {
  if (haystack.size() < length) return from;
  const std::size_t end = haystack.size() - length + 1;
  return end < from ? from : end;
}

template <std::size_t kLength>
TeddyBlock next_in(ByteView haystack, std::size_t from, const TeddyTables& tables) {
  const FingerprintProbe<kLength> probe{&tables};
  const std::uint8_t* data = data_of(haystack);
  const std::size_t end = end_of_fingerprints(haystack, from, kLength);
  for (std::size_t at = from; at < end; at += kBlock) {
    prefetch_ahead(data + at, kBlock);
    const std::uint64_t bits = block_of(data, at, end, probe);
    if (HWY_UNLIKELY(bits != 0)) return {at, bits};
  }
  return {haystack.size(), 0};
}

template <std::size_t kLength>
std::uint64_t count_in(ByteView sample, const TeddyTables& tables) {
  const FingerprintProbe<kLength> probe{&tables};
  const std::uint8_t* data = data_of(sample);
  const std::size_t end = end_of_fingerprints(sample, 0, kLength);
  std::uint64_t count = 0;
  for (std::size_t at = 0; at < end; at += kBlock) count += hwy::PopCount(block_of(data, at, end, probe));
  return count;
}

TeddyBlock next_block_target(ByteView haystack, std::size_t from, const TeddyTables& tables) {
  switch (tables.length) {
    case 1:
      return next_in<1>(haystack, from, tables);
    case 2:
      return next_in<2>(haystack, from, tables);
    case 3:
      return next_in<3>(haystack, from, tables);
    default:
      return next_in<kFingerprintMax>(haystack, from, tables);
  }
}

std::uint64_t count_teddy_target(ByteView sample, const TeddyTables& tables) {
  switch (tables.length) {
    case 1:
      return count_in<1>(sample, tables);
    case 2:
      return count_in<2>(sample, tables);
    case 3:
      return count_in<3>(sample, tables);
    default:
      return count_in<kFingerprintMax>(sample, tables);
  }
}

#endif

}  // namespace HWY_NAMESPACE
}  // namespace folio::simd
HWY_AFTER_NAMESPACE();

#if HWY_ONCE

namespace folio::simd {

FOLIO_EXPORT(next_block_target);
FOLIO_EXPORT(count_teddy_target);

TeddyBlock next_teddy_block(ByteView haystack, std::size_t from, const TeddyTables& tables) {
  return FOLIO_DISPATCH(next_block_target)(haystack, from, tables);
}

std::uint64_t count_teddy_candidates(ByteView sample, const TeddyTables& tables) {
  return FOLIO_DISPATCH(count_teddy_target)(sample, tables);
}

}  // namespace folio::simd

#endif
