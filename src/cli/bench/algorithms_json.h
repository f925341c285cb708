// SPDX-License-Identifier: Apache-2.0
// `folio bench algorithms` as JSON lines. docs/schema/bench-algorithms.md describes them.
#pragma once

#include <span>
#include <string>

#include "bench/algorithms.h"
#include "bench/algorithms_findings.h"

namespace folio::cli {

[[nodiscard]] std::string algorithms_json_begin(double limit);
[[nodiscard]] std::string algorithms_json_row(const bench::AlgorithmRow& row);
[[nodiscard]] std::string algorithms_json_end(std::span<const bench::AlgorithmFinding> findings,
                                              const bench::AlgorithmsEnd& end);

}  // namespace folio::cli
