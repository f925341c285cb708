// SPDX-License-Identifier: Apache-2.0
// 64 positions at once: a word with a bit for each position at which a probe matches. Included again for
// every target.
//
// A probe has lanes(at), a mask for the vector of positions from `at` on, and matches(at) for one position.
#if defined(FOLIO_SIMD_POSITION_BLOCK_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef FOLIO_SIMD_POSITION_BLOCK_INL_H_
#undef FOLIO_SIMD_POSITION_BLOCK_INL_H_
#else
#define FOLIO_SIMD_POSITION_BLOCK_INL_H_
#endif

#include <hwy/highway.h>

#include "folio/bytes.h"
#include "simd/mask_bits-inl.h"

HWY_BEFORE_NAMESPACE();
namespace folio::simd {
namespace HWY_NAMESPACE {

#if HWY_TARGET != HWY_SCALAR && HWY_TARGET != HWY_EMU128

constexpr std::size_t kBlock = 64;  // positions per step: one word of mask, whatever the vector size

/// Bit i of the result: the probe matches at at + i, for 64 positions. Reads what matches there would cover.
template <std::size_t kFrom = 0, class Probe>
HWY_INLINE std::uint64_t full_block(const std::uint8_t* at, const Probe& probe) {
  const ByteTag d;
#if HWY_HAVE_SCALABLE
  std::uint64_t bits = 0;
  for (std::size_t i = 0; i < kBlock; i += hn::Lanes(d)) bits |= mask_bits(d, probe.lanes(at + i)) << i;
  return bits;
#else
  // PERF: g++ 12 -O2 does not unroll a loop here, which more than halves the speed of AVX2 (7 against 16
  // GB/s).
  constexpr std::size_t kNext = kFrom + hn::MaxLanes(ByteTag());
  const std::uint64_t bits = mask_bits(d, probe.lanes(at + kFrom)) << kFrom;
  if constexpr (kNext < kBlock) return bits | full_block<kNext>(at, probe);
  return bits;
#endif
}

/// For less than 64 positions up to `end`: a full block that reaches back, or, without room for it, one by
/// one.
template <class Probe>
HWY_NOINLINE std::uint64_t short_block(const std::uint8_t* data, std::size_t at, std::size_t end,
                                       const Probe& probe) {
  if (end >= kBlock) return full_block(data + end - kBlock, probe) >> (kBlock - (end - at));
  std::uint64_t bits = 0;
  for (std::size_t i = at; i < end; ++i) bits |= std::uint64_t{probe.matches(data + i)} << (i - at);
  return bits;
}

/// Positions at .. at + 63, but none from `end` on.
template <class Probe>
HWY_INLINE std::uint64_t block_of(const std::uint8_t* data, std::size_t at, std::size_t end,
                                  const Probe& probe) {
  return HWY_LIKELY(end - at >= kBlock) ? full_block(data + at, probe) : short_block(data, at, end, probe);
}

HWY_INLINE const std::uint8_t* data_of(ByteView view) {
  // SAFETY: unsigned char may alias any object.
  return reinterpret_cast<const std::uint8_t*>(view.data());
}

#endif

}  // namespace HWY_NAMESPACE
}  // namespace folio::simd
HWY_AFTER_NAMESPACE();

#endif  // include guard
