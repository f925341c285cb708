// SPDX-License-Identifier: Apache-2.0
// Texts of a log made safe to print: no byte of them commands a terminal, and their width is known.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace folio::cli {

/// What the terminal can show.
enum class Glyphs : std::uint8_t { Ascii, Unicode };

/// By LC_ALL, LC_CTYPE or LANG, the first that is set.
[[nodiscard]] Glyphs locale_glyphs();

/// `text` with invalid bytes and control characters as \x1b, invisible ones and those that turn the direction
/// of a text as \u202e; all but ASCII in this way where the terminal shows no other.
[[nodiscard]] std::string printable(std::string_view text, Glyphs glyphs);

/// Columns of a terminal that a printable text takes.
[[nodiscard]] std::size_t text_columns(std::string_view printable);

/// A printable text of at most `columns`, cut in the middle where it is longer.
[[nodiscard]] std::string cut_middle(std::string_view printable, std::size_t columns, Glyphs glyphs);

/// Valid UTF-8: what is not becomes U+FFFD, and what is behind `characters_max` characters an ellipsis.
[[nodiscard]] std::string clean_utf8(std::string_view text, std::size_t characters_max = SIZE_MAX);

/// Appends spaces so that `text` takes `columns`.
void pad_to(std::string& text, std::size_t columns);

}  // namespace folio::cli
