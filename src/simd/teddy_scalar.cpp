// SPDX-License-Identifier: Apache-2.0
// Teddy without vectors: one position per step.
#include <algorithm>

#include "simd/teddy.h"

namespace folio::simd {

namespace {

std::size_t position_count(ByteView haystack, const TeddyTables& tables) {
  return haystack.size() < tables.length ? 0 : haystack.size() - tables.length + 1;
}

}  // namespace

TeddyBlock next_teddy_block_scalar(ByteView haystack, std::size_t from, const TeddyTables& tables) {
  const std::size_t end = position_count(haystack, tables);
  for (std::size_t begin = from; begin < end; begin += kTeddyBlock) {
    TeddyBlock block{.begin = begin, .candidates = 0};
    for (std::size_t i = 0; i < std::min(kTeddyBlock, end - begin); ++i) {
      const bool hit = teddy_buckets(haystack, begin + i, tables) != 0;
      block.candidates |= std::uint64_t{hit} << i;
    }
    if (block.candidates != 0) return block;
  }
  return {.begin = haystack.size(), .candidates = 0};
}

std::uint64_t count_teddy_candidates_scalar(ByteView sample, const TeddyTables& tables) {
  std::uint64_t count = 0;
  for (std::size_t at = 0; at < position_count(sample, tables); ++at) {
    count += teddy_buckets(sample, at, tables) != 0 ? 1U : 0U;
  }
  return count;
}

}  // namespace folio::simd
