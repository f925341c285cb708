// SPDX-License-Identifier: Apache-2.0
// Counters of byte comparisons, so that tests can see the work of an algorithm that otherwise does not count.
#pragma once

#include <cstdint>

namespace folio::pattern {

struct NoCounter {
  constexpr void operator++() {}
};

struct ComparisonCounter {
  std::uint64_t& comparisons;
  void operator++() { ++comparisons; }
};

}  // namespace folio::pattern
