// SPDX-License-Identifier: Apache-2.0
// Results as JSON messages in ripgrep's format, one a line, with members of folio's own.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include "folio/search.h"

namespace folio::cli {

/// What was searched and found; of one file, or of all.
struct SearchTotals {
  std::uint64_t searches = 0;
  std::uint64_t searches_with_match = 0;
  std::uint64_t bytes_searched = 0;
  std::uint64_t bytes_printed = 0;
  std::uint64_t matched_lines = 0;
  std::uint64_t matches = 0;
  std::chrono::nanoseconds elapsed{0};

  void add(const SearchTotals& other);
};

/// Renderer of "match" and "context" messages.
[[nodiscard]] LineRenderer json_renderer(const std::string& path, LineNumbers numbers);

[[nodiscard]] std::string json_begin(const std::string& path);
[[nodiscard]] std::string json_end(const std::string& path, const SearchSummary& summary,
                                   std::optional<std::uint64_t> binary_offset, const SearchTotals& totals);
[[nodiscard]] std::string json_summary(const SearchTotals& totals, std::chrono::nanoseconds elapsed);

}  // namespace folio::cli
