// SPDX-License-Identifier: Apache-2.0
// Byte-window kernels for every vector target, and their dispatch.
#include "simd/byte_window.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "simd/byte_window.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "simd/dispatch_table.h"

#include "simd/byte_window-inl.h"
#include "simd/position_block-inl.h"
#include "simd/prefetch-inl.h"

HWY_BEFORE_NAMESPACE();
namespace folio::simd {
namespace HWY_NAMESPACE {

#if HWY_TARGET == HWY_SCALAR || HWY_TARGET == HWY_EMU128

std::size_t find_window_target(ByteView haystack, std::size_t from, const ByteWindow& window) {
  return find_window_scalar(haystack, from, window);
}

std::uint64_t count_window_target(ByteView sample, const ByteWindow& window) {
  return count_window_scalar(sample, window);
}

#else

/// Of the positions in `bits`, those at which the probes that are not eager match too.
HWY_INLINE std::uint64_t confirmed(std::uint64_t bits, const std::uint8_t* data, std::size_t at,
                                   std::size_t end, const ByteWindow& window) {
  for (std::size_t i = window.eager_count; i < window.probe_count && bits != 0; ++i) {
    bits &= block_of(data, at, end, WindowProbe<TableLanes, 1>{&window.probes[i]});
  }
  return bits;
}

template <class Lanes, std::size_t kCount>
std::size_t find_in(ByteView haystack, std::size_t from, std::size_t end, const ByteWindow& window) {
  const WindowProbe<Lanes, kCount> probe{window.probes.data()};
  const std::uint8_t* data = data_of(haystack);
  for (std::size_t at = from; at < end; at += kBlock) {
    prefetch_ahead(data + at, kBlock);
    std::uint64_t bits = block_of(data, at, end, probe);
    if (HWY_LIKELY(bits == 0)) continue;
    bits = confirmed(bits, data, at, end, window);
    if (bits != 0) return at + hwy::Num0BitsBelowLS1Bit_Nonzero64(bits);
  }
  return haystack.size();
}

template <class Lanes>
std::size_t find_by_count(ByteView haystack, std::size_t from, std::size_t end, const ByteWindow& window) {
  switch (window.eager_count) {
    case 1:
      return find_in<Lanes, 1>(haystack, from, end, window);
    case 2:
      return find_in<Lanes, 2>(haystack, from, end, window);
    case 3:
      return find_in<Lanes, 3>(haystack, from, end, window);
    case 4:
      return find_in<Lanes, 4>(haystack, from, end, window);
    case 6:
      return find_in<Lanes, 6>(haystack, from, end, window);
    default:
      return find_in<Lanes, kWindowSizeMax>(haystack, from, end, window);
  }
}

std::size_t find_window_target(ByteView haystack, std::size_t from, const ByteWindow& window) {
  if (haystack.size() < window.size) return haystack.size();
  const std::size_t end = haystack.size() - window.size + 1;
  if (from >= end) return haystack.size();
  if (window.eager_count == 0) return from;
  return window.ranges ? find_by_count<RangeLanes>(haystack, from, end, window)
                       : find_by_count<TableLanes>(haystack, from, end, window);
}

std::uint64_t count_window_target(ByteView sample, const ByteWindow& window) {
  if (sample.size() < window.size) return 0;
  const std::size_t end = sample.size() - window.size + 1;
  if (window.probe_count == 0) return end;
  const std::uint8_t* data = data_of(sample);
  const WindowProbe<TableLanes, 1> first{window.probes.data()};
  std::uint64_t count = 0;
  for (std::size_t at = 0; at < end; at += kBlock) {
    std::uint64_t bits = block_of(data, at, end, first);
    for (std::size_t i = 1; i < window.probe_count && bits != 0; ++i) {
      bits &= block_of(data, at, end, WindowProbe<TableLanes, 1>{&window.probes[i]});
    }
    count += hwy::PopCount(bits);
  }
  return count;
}

#endif

}  // namespace HWY_NAMESPACE
}  // namespace folio::simd
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace folio::simd {

FOLIO_EXPORT(find_window_target);
FOLIO_EXPORT(count_window_target);

std::size_t find_window(ByteView haystack, std::size_t from, const ByteWindow& window) {
  return FOLIO_DISPATCH(find_window_target)(haystack, from, window);
}

std::uint64_t count_window(ByteView sample, const ByteWindow& window) {
  return FOLIO_DISPATCH(count_window_target)(sample, window);
}

}  // namespace folio::simd
#endif
