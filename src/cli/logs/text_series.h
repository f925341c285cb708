// SPDX-License-Identifier: Apache-2.0
// The time series of a terminal report: a row for each bucket where they are few, otherwise one block chart.
#pragma once

#include <string>

#include "cli/logs/text_table.h"
#include "logs/report.h"

namespace folio::cli {

[[nodiscard]] std::string series_text(const logs::Report& report, const TextOptions& options);

}  // namespace folio::cli
