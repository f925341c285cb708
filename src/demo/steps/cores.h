// SPDX-License-Identifier: Apache-2.0
// Step 7: more cores, and the speed of the memory as the limit of them all.
#pragma once

#include <cstdint>
#include <vector>

#include "demo/stage.h"
#include "demo/steps/search.h"

namespace folio::demo {

struct CoresRow {
  SearchCost search;
  double limit = 0;  ///< Bytes per second that the memory gives to as many threads; the best round.
};

/// Rows with ascending numbers of threads, the first one being 1.
[[nodiscard]] Result<std::vector<CoresRow>> scale_up(const Stage& stage);

}  // namespace folio::demo
