// SPDX-License-Identifier: Apache-2.0
// A vector mask as an integer, lowest lane in the lowest bit. Included again for every target.
#if defined(FOLIO_SIMD_MASK_BITS_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef FOLIO_SIMD_MASK_BITS_INL_H_
#undef FOLIO_SIMD_MASK_BITS_INL_H_
#else
#define FOLIO_SIMD_MASK_BITS_INL_H_
#endif

#include <hwy/highway.h>

#include <cstdint>

HWY_BEFORE_NAMESPACE();
namespace folio::simd {
namespace HWY_NAMESPACE {

#if HWY_TARGET != HWY_SCALAR && HWY_TARGET != HWY_EMU128

namespace hn = hwy::HWY_NAMESPACE;

// Vectors of bytes with at most 64 lanes, so that a mask fits in one word.
using ByteTag = hn::CappedTag<std::uint8_t, 64>;
using ByteVector = hn::Vec<ByteTag>;
using ByteMask = hn::Mask<ByteTag>;

// PERF: BitsFromMask is not public in Highway 1.0.3; the store and load compile to one move (checked with g++
// 12).
HWY_INLINE std::uint64_t mask_bits(ByteTag d, ByteMask mask) {
  alignas(8) std::uint8_t stored[8] = {};
  hn::StoreMaskBits(d, mask, stored);
  std::uint64_t bits = 0;
  hwy::CopyBytes<8>(stored, &bits);
  return bits;
}

#endif

}  // namespace HWY_NAMESPACE
}  // namespace folio::simd
HWY_AFTER_NAMESPACE();

#endif  // include guard
