// SPDX-License-Identifier: Apache-2.0
// Teddy: where do the bytes look like the fingerprint of one of several literals? Fingerprints of one to four
// bytes are put into eight buckets, a bit each; two table look-ups by the halves of a byte give the buckets
// that it may belong to. 64 positions per step. Reads only inside the haystack.
//
// Ownership: tables are values. Threads: plain functions. Errors: none.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "folio/bytes.h"

namespace folio::simd {

inline constexpr std::size_t kFingerprintMax = 4;
inline constexpr std::size_t kBuckets = 8;

struct TeddyTables {
  struct Nibbles {
    std::array<std::uint8_t, 16> low{};  ///< By the low four bits of a byte: a bit for each bucket.
    std::array<std::uint8_t, 16> high{};
  };
  std::array<Nibbles, kFingerprintMax> at;
  std::size_t length = 1;  ///< Of the fingerprints.

  void accept(std::size_t offset, std::byte byte, std::size_t bucket) {
    const auto value = std::to_integer<std::size_t>(byte);
    const auto bit = static_cast<std::uint8_t>(1U << bucket);
    at[offset].low[value & 15U] |= bit;
    at[offset].high[value >> 4U] |= bit;
  }
};

/// Buckets whose fingerprints may begin at `position`. Requires position + length <= haystack.size().
[[nodiscard]] inline unsigned teddy_buckets(ByteView haystack, std::size_t position,
                                            const TeddyTables& tables) {
  unsigned buckets = (1U << kBuckets) - 1;
  for (std::size_t i = 0; i < tables.length; ++i) {
    const auto value = std::to_integer<std::size_t>(haystack[position + i]);
    buckets &= static_cast<unsigned>(tables.at[i].low[value & 15U] & tables.at[i].high[value >> 4U]);
  }
  return buckets;
}

/// Up to 64 positions of which bit i of `candidates` says that begin + i has a bucket.
struct TeddyBlock {
  std::size_t begin = 0;  ///< The size of the haystack if there is no further candidate.
  std::uint64_t candidates = 0;
};
inline constexpr std::size_t kTeddyBlock = 64;

/// The first block that has candidates, of the blocks that begin at `from`, from + 64, ... Go on at its end.
[[nodiscard]] TeddyBlock next_teddy_block(ByteView haystack, std::size_t from, const TeddyTables& tables);

/// Number of candidates: what the tables would cost on data like `sample`.
[[nodiscard]] std::uint64_t count_teddy_candidates(ByteView sample, const TeddyTables& tables);

/// The same two, byte by byte: oracle of the kernels and their stand-in where there are no vectors.
[[nodiscard]] TeddyBlock next_teddy_block_scalar(ByteView haystack, std::size_t from,
                                                 const TeddyTables& tables);
[[nodiscard]] std::uint64_t count_teddy_candidates_scalar(ByteView sample, const TeddyTables& tables);

}  // namespace folio::simd
