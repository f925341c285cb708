// SPDX-License-Identifier: Apache-2.0
// Tables of a terminal report: numbers, then a key, then a bar up to the terminal's last column. Never wider.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cli/logs/safe_text.h"

namespace folio::cli {

inline constexpr unsigned kWidthMin = 30;

struct TextOptions {
  unsigned width = 80;    ///< Columns; fewer than kWidthMin count as that.
  std::size_t rows = 10;  ///< Of a ranked panel.
  bool color = false;
  Glyphs glyphs = Glyphs::Unicode;
  std::string throughput = {};  ///< One line about the run; may be empty.
};

/// Columns of the terminal behind standard output; without one COLUMNS, or 80.
[[nodiscard]] unsigned report_width();

enum class Ink : std::uint8_t { Plain, Title, Quiet, Bad, Bar };

/// REQUIRES: printable text.
[[nodiscard]] std::string inked(std::string_view text, Ink ink, const TextOptions& options);

struct TextColumn {
  std::string heading;
  std::vector<std::string> cells;  ///< REQUIRES: printable, one for each row.
  unsigned dispensable = 0;        ///< Where room is short, the largest one goes first; 0 always stays.
  Ink ink = Ink::Plain;
};

struct TextTable {
  std::vector<TextColumn> numbers;
  TextColumn key;
  std::vector<double> bars;                     ///< From 0 to 1.
  std::vector<std::vector<std::string>> below;  ///< Lines under a row; empty, or one for each row.
};

[[nodiscard]] std::string table_text(TextTable table, const TextOptions& options);

/// A bar of at most `columns`; what is more than nothing is seen.
[[nodiscard]] std::string bar_text(double share, std::size_t columns, Glyphs glyphs);

/// `text` in lines that fit, each after `indent` spaces. REQUIRES: printable.
[[nodiscard]] std::string wrapped(std::string_view text, std::size_t indent, const TextOptions& options);

}  // namespace folio::cli
