// SPDX-License-Identifier: Apache-2.0
// Look-up of every byte of a vector in two tables of 16 entries, by its low and by its high four bits.
// Included again for every target.
#if defined(FOLIO_SIMD_NIBBLE_TABLE_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef FOLIO_SIMD_NIBBLE_TABLE_INL_H_
#undef FOLIO_SIMD_NIBBLE_TABLE_INL_H_
#else
#define FOLIO_SIMD_NIBBLE_TABLE_INL_H_
#endif

#include <hwy/highway.h>

#include "simd/mask_bits-inl.h"

HWY_BEFORE_NAMESPACE();
namespace folio::simd {
namespace HWY_NAMESPACE {

#if HWY_TARGET != HWY_SCALAR && HWY_TARGET != HWY_EMU128

/// The bits that both entries of a byte have.
HWY_INLINE ByteVector nibble_bits(ByteVector bytes, const std::uint8_t* low, const std::uint8_t* high) {
  const ByteTag d;
  const auto low_nibbles = hn::And(bytes, hn::Set(d, std::uint8_t{15}));
  const auto high_nibbles = hn::ShiftRight<4>(bytes);
  return hn::And(hn::TableLookupBytes(hn::LoadDup128(d, low), low_nibbles),
                 hn::TableLookupBytes(hn::LoadDup128(d, high), high_nibbles));
}

#endif

}  // namespace HWY_NAMESPACE
}  // namespace folio::simd
HWY_AFTER_NAMESPACE();

#endif  // include guard
