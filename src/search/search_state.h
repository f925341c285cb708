// SPDX-License-Identifier: Apache-2.0
// What one worker has learnt about a needle on the data so far. Searchers are const and shared; this is not.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "simd/packed_pair.h"

namespace folio::search {

/// One per worker and searcher; kept from chunk to chunk. A fresh one is always right, it only learns anew.
struct SearchState {
  simd::PairWork work;
  std::uint64_t give_ups = 0;
  std::uint64_t linear_bytes_left =
      0;  ///< So many bytes are searched in linear time before the kernel is tried again.
  std::uint64_t back_off = 0;  ///< Length of the last such stretch.

  /// The kernel gave up after `advanced` bytes: the next stretch doubles, unless this one went well for long.
  void gave_up(std::size_t advanced, std::size_t needle_size) {
    const std::uint64_t least = std::max<std::uint64_t>(kLeastBackOff, 4 * std::uint64_t{needle_size});
    ++give_ups;
    back_off = advanced >= back_off ? least : std::max(least, std::min(kMostBackOff, 2 * back_off));
    linear_bytes_left = back_off;
  }

  static constexpr std::uint64_t kLeastBackOff = 64 << 10;
  static constexpr std::uint64_t kMostBackOff = 64 << 20;
};

}  // namespace folio::search
