// SPDX-License-Identifier: Apache-2.0
// A report on a terminal.
#pragma once

#include <string>

#include "cli/logs/text_table.h"
#include "logs/report.h"

namespace folio::cli {

/// No line is wider than the terminal, and no byte of the log commands it.
[[nodiscard]] std::string text_report(const logs::Report& report, const TextOptions& options);

}  // namespace folio::cli
