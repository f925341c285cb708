// SPDX-License-Identifier: Apache-2.0
// What follows from the cells of a run: where mapping wins and loses, the table of the textbooks, and how
// good folio's own choice was.
//
// Ownership: plain values. Threads: any. Errors: none; what was not measured is left out.
#pragma once

#include <span>
#include <vector>

#include "bench/access/report.h"
#include "bench/access/run.h"

namespace folio::bench {

/// One for each shape, state and number of threads, largest difference first.
[[nodiscard]] std::vector<Finding> findings_of(std::span<const Cell> cells);

/// From the largest file, counting newlines, in the page cache.
[[nodiscard]] std::vector<ClassicRow> classic_rows(std::span<const Cell> cells);

[[nodiscard]] Summary summary_of(const AccessRun& run);

}  // namespace folio::bench
