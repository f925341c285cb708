// SPDX-License-Identifier: Apache-2.0
// Step 8: the first search of a file that is not in memory, and the second one.
#pragma once

#include <cstdint>
#include <optional>

#include "bench/page_cache.h"
#include "bench/rounds.h"
#include "demo/stage.h"
#include "folio/scan.h"

namespace folio::demo {

struct CacheEffect {
  std::uint64_t bytes = 0;
  bench::Coldness before_first = {};         ///< The worst of all rounds.
  std::optional<double> before_second = {};  ///< Share in the page cache before the last second search.
  bench::Measured first = {};
  bench::Measured second = {};
  Access first_access = Access::Auto;
  Access second_access = Access::Auto;
};

/// Search of the cold part on all cores, as folio chooses to read it; then again.
[[nodiscard]] Result<CacheEffect> compare_first_and_second(const Stage& stage);

}  // namespace folio::demo
