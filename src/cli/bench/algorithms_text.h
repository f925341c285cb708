// SPDX-License-Identifier: Apache-2.0
// The tables of `folio bench algorithms`.
#pragma once

#include <span>
#include <string>

#include "bench/algorithms.h"
#include "bench/algorithms_findings.h"

namespace folio::cli {

[[nodiscard]] std::string algorithms_text_begin(double limit, std::size_t cases);
/// Heading of the rows of a group.
[[nodiscard]] std::string algorithms_text_group(bench::AlgorithmGroup group);
[[nodiscard]] std::string algorithms_text_row(const bench::AlgorithmRow& row);
[[nodiscard]] std::string algorithms_text_end(std::span<const bench::AlgorithmFinding> findings,
                                              const bench::AlgorithmsEnd& end);

}  // namespace folio::cli
