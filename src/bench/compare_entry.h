// SPDX-License-Identifier: Apache-2.0
// The programs of one case: their command lines, their answers, and what they cost.
//
// Ownership: views of the options, which must outlive them. Threads: one at a time. Errors: Cancelled only;
// everything else is a part of the entry.
#pragma once

#include <vector>

#include "bench/compare.h"
#include "os/child_process.h"

namespace folio::bench {

/// The entries of a case, folio first. Those that are installed have their command.
[[nodiscard]] std::vector<CompareEntry> entries_of(const CompareCase& chosen, const CompareOptions& options);

/// Runs every program once and compares the answers with folio's. Those that agree are then Measured, with
/// the cost of this one run; a peer that takes far longer than folio is stopped and TooSlow.
[[nodiscard]] Result<void> check_answers(std::vector<CompareEntry>& entries, Answer answer,
                                         const std::stop_token& stop);

/// How often, and for how long.
struct Turns {
  unsigned least = 1;
  unsigned most = 5;
  double seconds = 60;
};

/// Measures those that agreed, in turns, and computes ratios. Slow ones keep the cost of their one run.
[[nodiscard]] Result<void> measure_entries(std::vector<CompareEntry>& entries, const Turns& turns,
                                           const std::stop_token& stop);

}  // namespace folio::bench
