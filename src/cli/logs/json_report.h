// SPDX-License-Identifier: Apache-2.0
// A report as one JSON object; docs/schema/logs.md says what it holds.
#pragma once

#include <string>

#include "logs/report.h"

namespace folio::cli {

/// One line with its end. Equal reports give equal bytes.
[[nodiscard]] std::string json_report(const logs::Report& report);

}  // namespace folio::cli
