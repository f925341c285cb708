// SPDX-License-Identifier: Apache-2.0
// Reads the inputs of `folio logs`, and tells on standard error what is wrong with them.
#pragma once

#include <optional>

#include "cli/logs/flags.h"
#include "logs/partial/partial.h"

namespace folio::cli {

struct LogsRead {
  std::optional<logs::Partial> result;  ///< None: there is nothing to show, and it was told why.
  double seconds = 0;
  ExitStatus status = ExitStatus::Success;
};

[[nodiscard]] LogsRead read_logs(const LogsFlags& flags);

}  // namespace folio::cli
