// SPDX-License-Identifier: Apache-2.0
// Steps 2, 3 and the ground of others: counting the lines with the needle.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "bench/rounds.h"
#include "demo/stage.h"
#include "folio/search.h"

namespace folio::demo {

/// Searches of the whole file in one way.
struct SearchCost {
  unsigned threads = 1;
  Access access = Access::Map;  ///< The way that was taken.
  std::uint64_t lines = 0;
  bench::Measured cost;
};

struct CountOptions {
  unsigned threads = 1;
  Access access = Access::Map;
  ByteRange range = {0, UINT64_MAX};
};

struct Counted {
  std::uint64_t lines = 0;
  Access access = Access::Map;
};

/// Lines with the pattern. A scan that does not reach the end of the range is an error here.
[[nodiscard]] Result<Counted> count_matching(const Stage& stage, const Pattern& pattern,
                                             const CountOptions& options);

/// The whole file once for each number of threads, in turns. A count that differs from the generator's is
/// BadData.
[[nodiscard]] Result<std::vector<SearchCost>> search_with(const Stage& stage,
                                                          std::span<const unsigned> threads, Access access);

}  // namespace folio::demo
