// SPDX-License-Identifier: Apache-2.0
// Kernel: count one byte at the speed of memory.
#include "simd/count_byte.h"

#include <algorithm>
#include <bit>
#include <cstddef>

#include "simd/scalar.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "simd/count_byte.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "simd/dispatch_table.h"

#include "simd/mask_bits-inl.h"
#include "simd/prefetch-inl.h"

HWY_BEFORE_NAMESPACE();
namespace folio::simd {
namespace HWY_NAMESPACE {

#if HWY_TARGET == HWY_SCALAR || HWY_TARGET == HWY_EMU128

std::uint64_t count_byte_kernel(const std::uint8_t* data, std::size_t size, std::uint8_t value) {
  return scalar::count_byte(std::as_bytes(std::span{data, size}), std::byte{value});
}

#else

// Fewer bytes than four vectors. The last vector overlaps the one before; its lanes already counted are
// shifted out.
std::uint64_t count_rest(const std::uint8_t* data, std::size_t size, std::uint8_t value) {
  const ByteTag d;
  const std::size_t lanes = hn::Lanes(d);
  const ByteVector wanted = hn::Set(d, value);
  std::uint64_t count = 0;
  if (size < lanes) {
    for (std::size_t i = 0; i < size; ++i) count += data[i] == value ? 1U : 0U;
    return count;
  }
  std::size_t i = 0;
  for (; i + lanes <= size; i += lanes) count += hn::CountTrue(d, hn::Eq(hn::LoadU(d, data + i), wanted));
  if (i < size) {
    const std::size_t counted = i + lanes - size;
    const std::uint64_t bits = mask_bits(d, hn::Eq(hn::LoadU(d, data + size - lanes), wanted));
    count += static_cast<std::uint64_t>(std::popcount(bits >> counted));
  }
  return count;
}

#if HWY_TARGET <= HWY_AVX3 && HWY_ARCH_X86

std::size_t count_blocks(const std::uint8_t* data, std::size_t size, std::uint8_t value,
                         std::uint64_t& count) {
  const ByteTag d;
  const std::size_t lanes = hn::Lanes(d);
  const ByteVector wanted = hn::Set(d, value);
  std::uint64_t c0 = 0, c1 = 0, c2 = 0, c3 = 0;
  std::size_t i = 0;
  for (; i + 4 * lanes <= size; i += 4 * lanes) {
    prefetch_ahead(data + i, 4 * lanes);
    c0 += hn::CountTrue(d, hn::Eq(hn::LoadU(d, data + i), wanted));
    c1 += hn::CountTrue(d, hn::Eq(hn::LoadU(d, data + i + lanes), wanted));
    c2 += hn::CountTrue(d, hn::Eq(hn::LoadU(d, data + i + 2 * lanes), wanted));
    c3 += hn::CountTrue(d, hn::Eq(hn::LoadU(d, data + i + 3 * lanes), wanted));
  }
  count = c0 + c1 + c2 + c3;
  return i;
}

#else

// Equal lanes are -1: subtracting them counts up to 255 per lane before the sums must be taken.
std::size_t count_blocks(const std::uint8_t* data, std::size_t size, std::uint8_t value,
                         std::uint64_t& count) {
  const ByteTag d;
  const hn::Repartition<std::uint64_t, ByteTag> d64;
  const std::size_t lanes = hn::Lanes(d);
  const ByteVector wanted = hn::Set(d, value);
  const std::size_t step = 4 * lanes;
  auto sums = hn::Zero(d64);
  std::size_t i = 0;
  while (i + step <= size) {
    const std::size_t rounds = std::min<std::size_t>((size - i) / step, 255);
    ByteVector c0 = hn::Zero(d), c1 = c0, c2 = c0, c3 = c0;
    for (std::size_t round = 0; round < rounds; ++round, i += step) {
      prefetch_ahead(data + i, step);
      c0 = hn::Sub(c0, hn::VecFromMask(d, hn::Eq(hn::LoadU(d, data + i), wanted)));
      c1 = hn::Sub(c1, hn::VecFromMask(d, hn::Eq(hn::LoadU(d, data + i + lanes), wanted)));
      c2 = hn::Sub(c2, hn::VecFromMask(d, hn::Eq(hn::LoadU(d, data + i + 2 * lanes), wanted)));
      c3 = hn::Sub(c3, hn::VecFromMask(d, hn::Eq(hn::LoadU(d, data + i + 3 * lanes), wanted)));
    }
    sums = hn::Add(
        sums, hn::Add(hn::Add(hn::SumsOf8(c0), hn::SumsOf8(c1)), hn::Add(hn::SumsOf8(c2), hn::SumsOf8(c3))));
  }
  count = hn::GetLane(hn::SumOfLanes(d64, sums));
  return i;
}

#endif

std::uint64_t count_byte_kernel(const std::uint8_t* data, std::size_t size, std::uint8_t value) {
  std::uint64_t count = 0;
  const std::size_t done = count_blocks(data, size, value, count);
  return count + count_rest(data + done, size - done, value);
}

#endif

}  // namespace HWY_NAMESPACE
}  // namespace folio::simd
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace folio::simd {

FOLIO_EXPORT(count_byte_kernel);

std::uint64_t count_byte(ByteView bytes, std::byte value) {
  // SAFETY: std::uint8_t may alias any object.
  return FOLIO_DISPATCH(count_byte_kernel)(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size(),
                                           std::to_integer<std::uint8_t>(value));
}

}  // namespace folio::simd
#endif
