// SPDX-License-Identifier: Apache-2.0
// What memory and disk give at best: the measure for every method.
#pragma once

#include <stop_token>
#include <string>
#include <vector>

#include "bench/access/report.h"
#include "folio/error.h"

namespace folio::bench {

/// Of the memory for each number of threads, and of the disk below `path` where it can be read past the page
/// cache. Takes at most a tenth of `budget` (seconds), and 6 s.
[[nodiscard]] Result<std::vector<Limit>> measure_limits(const std::string& path,
                                                        const std::vector<unsigned>& threads, double budget,
                                                        const std::stop_token& stop);

}  // namespace folio::bench
