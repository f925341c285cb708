// SPDX-License-Identifier: Apache-2.0
// The data lines of the page of `folio logs`, which assets/logs_data.js reads: short, for they are most of
// it.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "logs/report.h"

namespace folio::cli {

struct PageLimits {
  std::size_t rows = 500;        ///< Of a panel.
  std::size_t characters = 300;  ///< Of a text; what is longer ends with an ellipsis.
  std::size_t buckets = 2000;    ///< More are put together.
};

[[nodiscard]] std::vector<std::string> page_data(const logs::Report& report, const PageLimits& limits);

}  // namespace folio::cli
