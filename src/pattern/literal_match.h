// SPDX-License-Identifier: Apache-2.0
// What a search for several literals finds, and how a filter of candidates ends its search.
#pragma once

#include <cstddef>
#include <cstdint>

#include "simd/packed_pair.h"

namespace folio::pattern {

struct LiteralMatch {
  std::size_t position = 0;
  std::size_t size = 0;
  std::size_t index = 0;  ///< Of the literal, in the order in which they were given.
  friend bool operator==(const LiteralMatch&, const LiteralMatch&) = default;
};

struct FilterResult {
  simd::PairOutcome outcome = simd::PairOutcome::Exhausted;
  LiteralMatch match;        ///< After Found.
  std::size_t position = 0;  ///< After GaveUp: no match begins before it.
};

struct FilterCount {
  std::uint64_t records = 0;
  simd::PairOutcome outcome = simd::PairOutcome::Exhausted;  ///< Never Found.
  std::size_t position = 0;  ///< After GaveUp: go on from here, inside a record that is not yet counted.
};

}  // namespace folio::pattern
