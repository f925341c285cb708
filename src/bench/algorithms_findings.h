// SPDX-License-Identifier: Apache-2.0
// What the rows of `folio bench algorithms` say, computed.
//
// Ownership: plain values that point to nothing. Threads: any. Errors: none.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "bench/algorithms.h"

namespace folio::bench {

enum class AlgorithmVerdict : std::uint8_t {
  Wins,   ///< A searcher is the fastest in most cases of a group.
  Even,   ///< What folio uses is the fastest, or as good as that, in so many cases.
  Loses,  ///< What folio uses is slower than the fastest in one case.
};

[[nodiscard]] std::string_view verdict_name(AlgorithmVerdict verdict);

struct AlgorithmFinding {
  AlgorithmVerdict verdict = AlgorithmVerdict::Wins;
  std::string text;  ///< One sentence with its figures.
};

/// Slower by less than this is as good: rounds differ by as much.
inline constexpr double kAsGood = 1.05;

[[nodiscard]] std::vector<AlgorithmFinding> algorithm_findings(std::span<const AlgorithmRow> rows);

}  // namespace folio::bench
