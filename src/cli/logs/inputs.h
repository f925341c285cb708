// SPDX-License-Identifier: Apache-2.0
// The files that the operands of `folio logs` stand for.
#pragma once

#include <string>
#include <vector>

#include "cli/exit_status.h"

namespace folio::cli {

struct LogInputs {
  std::vector<std::string> names;  ///< "-" is standard input.
  ExitStatus status = ExitStatus::Success;
};

/// Directories are replaced by all files below them, in order. What can't be read is told on standard error.
[[nodiscard]] LogInputs log_inputs(const std::vector<std::string>& operands);

}  // namespace folio::cli
