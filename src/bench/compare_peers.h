// SPDX-License-Identifier: Apache-2.0
// Which of the programs that folio is compared with are installed.
//
// Ownership: plain values. Threads: any. Errors: Cancelled; a program that does not tell its version is none.
#pragma once

#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "bench/compare_cases.h"
#include "folio/error.h"

namespace folio::bench {

struct PeerFacts {
  CompareTool tool;
  std::optional<std::string> path;  ///< Nothing where it is not installed.
  std::string version;              ///< The first line of what --version says; may be empty.
  std::size_t cases = 0;            ///< In the table.
};

/// One for each of compare_tools().
[[nodiscard]] Result<std::vector<PeerFacts>> find_peers(std::span<const CompareCase> cases,
                                                        const std::stop_token& stop);

}  // namespace folio::bench
