// SPDX-License-Identifier: Apache-2.0
// Parts of the byte-window kernels: which lanes hold a member of a set. Included again for every target.
#if defined(FOLIO_SIMD_BYTE_WINDOW_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef FOLIO_SIMD_BYTE_WINDOW_INL_H_
#undef FOLIO_SIMD_BYTE_WINDOW_INL_H_
#else
#define FOLIO_SIMD_BYTE_WINDOW_INL_H_
#endif

#include <hwy/highway.h>

#include "simd/byte_window.h"
#include "simd/mask_bits-inl.h"
#include "simd/nibble_table-inl.h"

HWY_BEFORE_NAMESPACE();
namespace folio::simd {
namespace HWY_NAMESPACE {

#if HWY_TARGET != HWY_SCALAR && HWY_TARGET != HWY_EMU128

/// Members of any set, by its tables.
struct TableLanes {
  static HWY_INLINE ByteMask of(const std::uint8_t* at, const SetProbe& probe) {
    const ByteTag d;
    const auto bits = nibble_bits(hn::LoadU(d, at + probe.offset), probe.low.data(), probe.high.data());
    return hn::Ne(bits, hn::Zero(d));
  }
};

// PERF: a broadcast of four bytes from memory is a load and nothing else; one of a single byte also takes the
// shuffle unit.
HWY_INLINE ByteVector broadcast(std::uint32_t four_bytes) {
  const ByteTag d;
  const hn::RepartitionToWide<hn::RepartitionToWide<ByteTag>> words;
  return hn::BitCast(d, hn::Set(words, four_bytes));
}

/// Members of a range, perhaps of letters of both cases.
struct RangeLanes {
  static HWY_INLINE ByteMask of(const std::uint8_t* at, const SetProbe& probe) {
    const ByteTag d;
    const auto folded = hn::Or(hn::LoadU(d, at + probe.offset), broadcast(probe.ignored));
    const auto distance = hn::Sub(folded, broadcast(probe.first));
    return hn::Eq(hn::Min(distance, broadcast(probe.width)), distance);
  }
};

/// Positions at which the first kCount probes of a window match.
template <class Lanes, std::size_t kCount>
struct WindowProbe {
  HWY_INLINE ByteMask lanes(const std::uint8_t* at) const { return lanes_from<0>(at); }
  HWY_INLINE bool matches(const std::uint8_t* at) const {
    for (std::size_t i = 0; i < kCount; ++i) {
      if (!probes[i].matches(std::byte{at[probes[i].offset]})) return false;
    }
    return true;
  }

  const SetProbe* probes;

 private:
  template <std::size_t kIndex>
  HWY_INLINE ByteMask lanes_from(const std::uint8_t* at) const {
    const ByteMask mask = Lanes::of(at, probes[kIndex]);
    if constexpr (kIndex + 1 < kCount) return hn::And(mask, lanes_from<kIndex + 1>(at));
    return mask;
  }
};

#endif

}  // namespace HWY_NAMESPACE
}  // namespace folio::simd
HWY_AFTER_NAMESPACE();

#endif  // include guard
