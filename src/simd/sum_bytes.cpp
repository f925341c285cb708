// SPDX-License-Identifier: Apache-2.0
// Kernel: sum of all bytes, the bound of what any scan of memory can reach.
#include "simd/sum_bytes.h"

#include <cstddef>

#include "simd/scalar.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "simd/sum_bytes.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "simd/dispatch_table.h"

#include "simd/mask_bits-inl.h"
#include "simd/prefetch-inl.h"

HWY_BEFORE_NAMESPACE();
namespace folio::simd {
namespace HWY_NAMESPACE {

#if HWY_TARGET == HWY_SCALAR || HWY_TARGET == HWY_EMU128

std::uint64_t sum_bytes_kernel(const std::uint8_t* data, std::size_t size) {
  return scalar::sum_bytes(std::as_bytes(std::span{data, size}));
}

#else

std::uint64_t sum_bytes_kernel(const std::uint8_t* data, std::size_t size) {
  const ByteTag d;
  const hn::Repartition<std::uint64_t, ByteTag> d64;
  const std::size_t lanes = hn::Lanes(d);
  auto s0 = hn::Zero(d64), s1 = s0, s2 = s0, s3 = s0;
  std::size_t i = 0;
  for (; i + 4 * lanes <= size; i += 4 * lanes) {
    prefetch_ahead(data + i, 4 * lanes);
    s0 = hn::Add(s0, hn::SumsOf8(hn::LoadU(d, data + i)));
    s1 = hn::Add(s1, hn::SumsOf8(hn::LoadU(d, data + i + lanes)));
    s2 = hn::Add(s2, hn::SumsOf8(hn::LoadU(d, data + i + 2 * lanes)));
    s3 = hn::Add(s3, hn::SumsOf8(hn::LoadU(d, data + i + 3 * lanes)));
  }
  for (; i + lanes <= size; i += lanes) s0 = hn::Add(s0, hn::SumsOf8(hn::LoadU(d, data + i)));
  std::uint64_t sum = hn::GetLane(hn::SumOfLanes(d64, hn::Add(hn::Add(s0, s1), hn::Add(s2, s3))));
  for (; i < size; ++i) sum += data[i];
  return sum;
}

#endif

}  // namespace HWY_NAMESPACE
}  // namespace folio::simd
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace folio::simd {

FOLIO_EXPORT(sum_bytes_kernel);

std::uint64_t sum_bytes(ByteView bytes) {
  // SAFETY: std::uint8_t may alias any object.
  return FOLIO_DISPATCH(sum_bytes_kernel)(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
}

}  // namespace folio::simd
#endif
