// SPDX-License-Identifier: Apache-2.0
// What one worker has learnt about a needle on the data so far. Searchers are const and shared; this is not.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "simd/packed_pair.h"

namespace folio::pattern {

/// One per worker and searcher; kept from chunk to chunk. A fresh one is always right, it only learns anew.
struct SearchState {
  simd::PairWork work;
  std::uint64_t give_ups = 0;
  std::uint64_t linear_bytes_left =
      0;  ///< So many bytes are searched in linear time before the kernel is tried again.
  std::uint64_t back_off = 0;  ///< Length of the last such stretch.

  simd::RecordDensity density = simd::RecordDensity::Sparse;

  /// The counting kernel found so many records with a match in so many bytes.
  void counted(std::uint64_t records, std::uint64_t bytes, std::size_t needle_size) {
    const bool dense = records * (kDenseBytesTimesNeedle / needle_size) > bytes;
    density = dense ? simd::RecordDensity::Dense : simd::RecordDensity::Sparse;
  }

  /// The kernel gave up after `advanced` bytes: the next stretch doubles, unless this one went well for long.
  void gave_up(std::size_t advanced, std::size_t needle_size) {
    const std::uint64_t least = std::max<std::uint64_t>(kLeastBackOff, 4 * std::uint64_t{needle_size});
    ++give_ups;
    back_off = advanced >= back_off ? least : std::max(least, std::min(kMostBackOff, 2 * back_off));
    linear_bytes_left = back_off;
  }

  /// The dense kernel costs by needle size, the sparse one about 10 ns a match: a match in every 4096 bytes
  /// pays for one byte of needle, in every 512 for eight.
  static constexpr std::uint64_t kDenseBytesTimesNeedle = 4096;
  static constexpr std::uint64_t kLeastBackOff = 64 << 10;
  static constexpr std::uint64_t kMostBackOff = 64 << 20;
};

}  // namespace folio::pattern
