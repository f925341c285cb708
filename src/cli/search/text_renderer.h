// SPDX-License-Identifier: Apache-2.0
// How lines look as text: prefixes, colours, parts of lines.
#pragma once

#include <cstdint>
#include <string>

#include "folio/search.h"

namespace folio::cli {

struct TextStyle {
  std::string name;  ///< Before each line; empty: none.
  LineNumbers line_numbers = LineNumbers::No;
  enum class Columns : std::uint8_t { No, Yes } columns = Columns::No;
  enum class Offsets : std::uint8_t { No, Yes } offsets = Offsets::No;
  enum class Show : std::uint8_t {
    Lines,
    Matches,        ///< Each match on a line of its own.
    LineEachMatch,  ///< The line once for each match.
  } show = Show::Lines;
  enum class Trim : std::uint8_t { No, Yes } trim = Trim::No;
  std::uint64_t width_max = UINT64_MAX;  ///< Longer lines are left out, or shown in part.
  enum class LongLines : std::uint8_t { Omit, Preview } long_lines = LongLines::Omit;
  std::string match_separator = ":";
  std::string context_separator = "-";
  enum class NameEnd : std::uint8_t { Separator, Nul } name_end = NameEnd::Separator;
  char terminator = '\n';
  /// Spanning: a LineMatch may be several lines.
  enum class Lines : std::uint8_t { Single, Spanning } lines = Lines::Single;
  // Escape sequences; empty without colours.
  std::string name_color;
  std::string number_color;
  std::string column_color;
  std::string match_color;
};

/// Renderer of text lines. Needs submatches for columns, colours, and everything but Show::Lines.
[[nodiscard]] LineRenderer text_renderer(const TextStyle& style);

}  // namespace folio::cli
