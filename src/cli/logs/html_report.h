// SPDX-License-Identifier: Apache-2.0
// A report as a page: one file for a browser, which asks for nothing else.
#pragma once

#include <cstddef>
#include <string>

#include "logs/report.h"

namespace folio::cli {

inline constexpr std::size_t kPageBytesMax = 1'000'000;

/// At most kPageBytesMax, whatever the report holds: tables get fewer rows where they must, and a note says
/// so.
[[nodiscard]] std::string html_report(const logs::Report& report);

}  // namespace folio::cli
