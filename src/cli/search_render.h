// SPDX-License-Identifier: Apache-2.0
// How selected lines look: text with prefixes and colours, or JSON messages in ripgrep's format.
#pragma once

#include <string>

#include "folio/search.h"

namespace folio::cli {

struct TextStyle {
  std::string name;  ///< Before each line with ':'; empty: none.
  LineNumbers line_numbers = LineNumbers::No;
  enum class Offsets { No, Yes } offsets = Offsets::No;
  enum class Show { Lines, Matches } show = Show::Lines;  ///< Matches: each match on a line of its own.
  enum class Colors { No, Yes } colors = Colors::No;
};

/// Renderer of text lines. Needs submatches for Show::Matches and for colours.
[[nodiscard]] LineRenderer text_renderer(const TextStyle& style);

/// Renderer of {"type":"match",...} lines.
[[nodiscard]] LineRenderer json_renderer(const std::string& path);

[[nodiscard]] std::string json_begin(const std::string& path);
[[nodiscard]] std::string json_end(const std::string& path, const SearchSummary& summary);

}  // namespace folio::cli
