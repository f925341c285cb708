// SPDX-License-Identifier: Apache-2.0
// The columns of numbers that rows of a report have in a terminal.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "cli/logs/text_table.h"
#include "logs/report.h"

namespace folio::cli {

struct ColumnChoice {
  bool has_bytes = true;
  bool has_errors = true;
  bool has_visitors = false;
  std::uint64_t total = 0;  ///< What counts are shares of.
};

[[nodiscard]] std::vector<TextColumn> number_columns(std::span<const logs::PanelRow> rows,
                                                     const ColumnChoice& choice);

/// "12.3 %"; "-" where there is nothing to have a share of.
[[nodiscard]] std::string share_text(std::uint64_t part, std::uint64_t whole);

/// Exact below a million, then "12.3M".
[[nodiscard]] std::string short_count(std::uint64_t count);

/// Of a length of time in nanoseconds.
[[nodiscard]] std::string latency_text(std::int64_t nanoseconds);

}  // namespace folio::cli
