// SPDX-License-Identifier: Apache-2.0
// Kernels: first and last occurrence of one byte.
#include "simd/find_byte.h"

#include <bit>
#include <cstdint>

#include "simd/scalar.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "simd/find_byte.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "simd/dispatch_table.h"

#include "simd/mask_bits-inl.h"
#include "simd/prefetch-inl.h"

HWY_BEFORE_NAMESPACE();
namespace folio::simd {
namespace HWY_NAMESPACE {

#if HWY_TARGET == HWY_SCALAR || HWY_TARGET == HWY_EMU128

std::size_t find_byte_kernel(const std::uint8_t* data, std::size_t size, std::uint8_t value) {
  return scalar::find_byte(std::as_bytes(std::span{data, size}), std::byte{value});
}

std::size_t find_last_byte_kernel(const std::uint8_t* data, std::size_t size, std::uint8_t value) {
  return scalar::find_last_byte(std::as_bytes(std::span{data, size}), std::byte{value});
}

#else

// Vectors of scalable targets cannot be members, hence functions.
HWY_INLINE std::uint64_t match_bits(const std::uint8_t* at, ByteVector wanted) {
  const ByteTag d;
  return mask_bits(d, hn::Eq(hn::LoadU(d, at), wanted));
}

HWY_INLINE bool any_of_four(const std::uint8_t* at, ByteVector wanted) {
  const ByteTag d;
  const std::size_t lanes = hn::Lanes(d);
  const ByteMask m0 = hn::Eq(hn::LoadU(d, at), wanted);
  const ByteMask m1 = hn::Eq(hn::LoadU(d, at + lanes), wanted);
  const ByteMask m2 = hn::Eq(hn::LoadU(d, at + 2 * lanes), wanted);
  const ByteMask m3 = hn::Eq(hn::LoadU(d, at + 3 * lanes), wanted);
  return !hn::AllFalse(d, hn::Or(hn::Or(m0, m1), hn::Or(m2, m3)));
}

HWY_INLINE std::size_t lowest(std::uint64_t bits) {
  return static_cast<std::size_t>(std::countr_zero(bits));
}
HWY_INLINE std::size_t highest(std::uint64_t bits) {
  return static_cast<std::size_t>(63 - std::countl_zero(bits));
}

std::size_t find_byte_kernel(const std::uint8_t* data, std::size_t size, std::uint8_t value) {
  const ByteTag d;
  const std::size_t lanes = hn::Lanes(d);
  if (size < lanes) {
    for (std::size_t i = 0; i < size; ++i) {
      if (data[i] == value) return i;
    }
    return size;
  }
  const ByteVector wanted = hn::Set(d, value);
  std::size_t i = 0;
  for (; i + 4 * lanes <= size && !any_of_four(data + i, wanted); i += 4 * lanes)
    prefetch_ahead(data + i, 4 * lanes);
  for (; i + lanes <= size; i += lanes) {
    if (const std::uint64_t bits = match_bits(data + i, wanted); bits != 0) return i + lowest(bits);
  }
  // The lanes seen before hold no match, so the overlap does no harm.
  if (const std::uint64_t bits = match_bits(data + size - lanes, wanted); bits != 0)
    return size - lanes + lowest(bits);
  return size;
}

std::size_t find_last_byte_kernel(const std::uint8_t* data, std::size_t size, std::uint8_t value) {
  const ByteTag d;
  const std::size_t lanes = hn::Lanes(d);
  if (size < lanes) {
    for (std::size_t i = size; i-- > 0;) {
      if (data[i] == value) return i;
    }
    return size;
  }
  const ByteVector wanted = hn::Set(d, value);
  std::size_t end = size;
  while (end >= 4 * lanes && !any_of_four(data + end - 4 * lanes, wanted)) end -= 4 * lanes;
  for (; end >= lanes; end -= lanes) {
    if (const std::uint64_t bits = match_bits(data + end - lanes, wanted); bits != 0)
      return end - lanes + highest(bits);
  }
  if (const std::uint64_t bits = match_bits(data, wanted); bits != 0) return highest(bits);
  return size;
}

#endif

}  // namespace HWY_NAMESPACE
}  // namespace folio::simd
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace folio::simd {

FOLIO_EXPORT(find_byte_kernel);
FOLIO_EXPORT(find_last_byte_kernel);

std::size_t find_byte(ByteView bytes, std::byte value) {
  // SAFETY: std::uint8_t may alias any object.
  return FOLIO_DISPATCH(find_byte_kernel)(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size(),
                                          std::to_integer<std::uint8_t>(value));
}

std::size_t find_last_byte(ByteView bytes, std::byte value) {
  // SAFETY: std::uint8_t may alias any object.
  return FOLIO_DISPATCH(find_last_byte_kernel)(reinterpret_cast<const std::uint8_t*>(bytes.data()),
                                               bytes.size(), std::to_integer<std::uint8_t>(value));
}

}  // namespace folio::simd
#endif
