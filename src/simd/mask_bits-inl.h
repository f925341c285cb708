// SPDX-License-Identifier: Apache-2.0
// A vector mask as an integer, lowest lane in the lowest bit. Included again for every target.
#if defined(FOLIO_SIMD_MASK_BITS_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef FOLIO_SIMD_MASK_BITS_INL_H_
#undef FOLIO_SIMD_MASK_BITS_INL_H_
#else
#define FOLIO_SIMD_MASK_BITS_INL_H_
#endif

#include <hwy/highway.h>

#include <cstddef>
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

// Mask of a vector of exactly sizeof(Bits) * 8 lanes.
template <class Bits>
HWY_INLINE std::uint64_t mask_bits_as(ByteTag d, ByteMask mask) {
  alignas(8) std::uint8_t stored[8];
  hn::StoreMaskBits(d, mask, stored);
  Bits bits = 0;
  hwy::CopyBytes<sizeof(Bits)>(stored, &bits);
  return bits;
}

// PERF: BitsFromMask is not public in Highway 1.0.3. Store and load compile to one move (looked at with g++
// 12), but only where both have the same size.
HWY_INLINE std::uint64_t mask_bits(ByteTag d, ByteMask mask) {
#if HWY_HAVE_SCALABLE
  alignas(8) std::uint8_t stored[8] = {};
  hn::StoreMaskBits(d, mask, stored);
  std::uint64_t bits = 0;
  hwy::CopyBytes<8>(stored, &bits);
  return bits;
#else
  constexpr std::size_t kLanes = hn::MaxLanes(ByteTag{});
  if constexpr (kLanes == 64) return mask_bits_as<std::uint64_t>(d, mask);
  if constexpr (kLanes == 32) return mask_bits_as<std::uint32_t>(d, mask);
  if constexpr (kLanes == 16) return mask_bits_as<std::uint16_t>(d, mask);
#endif
}

#endif

}  // namespace HWY_NAMESPACE
}  // namespace folio::simd
HWY_AFTER_NAMESPACE();

#endif  // include guard
