// SPDX-License-Identifier: Apache-2.0
// Reads a regular expression in the dialect of Rust's regex crate, which is that of ripgrep.
//
// Ownership: the tree owns all. Threads: none shared. Errors: InvalidArgument with one sentence that names
// the position, counted in characters from 1. No pattern makes it crash or use more than moderate memory.
#pragma once

#include <optional>
#include <string_view>

#include "folio/error.h"
#include "pattern/syntax.h"

namespace folio::pattern {

/// What holds at the start of the pattern; flags inside it, such as (?i), change it from there on.
struct ParseOptions {
  enum class Case : std::uint8_t { Sensitive, Insensitive };
  enum class Characters : std::uint8_t {
    Unicode,
    Ascii,  ///< (?-u): \w \d \s \b know ASCII only, `.` and negated classes match single bytes.
  };
  enum class Anchors : std::uint8_t {
    Line,  ///< (?m): ^ and $ match at lines.
    Text,
  };
  enum class Dot : std::uint8_t {
    NotLineEnd,
    Any,  ///< (?s)
  };
  enum class LineEnds : std::uint8_t {
    Lf,
    CrLf,  ///< (?R)
  };

  Case letter_case = Case::Sensitive;
  Characters characters = Characters::Unicode;
  Anchors anchors = Anchors::Line;
  Dot dot = Dot::NotLineEnd;
  LineEnds line_ends = LineEnds::Lf;
  /// The byte that ends records, which no match may hold: an error where it is written out, taken out of
  /// classes (with LineEnds::CrLf the carriage return too). None: the search crosses lines.
  std::optional<std::byte> terminator = std::nullopt;
};

inline constexpr std::uint32_t kNestingMax = 250;
inline constexpr std::uint32_t kRepeatMax = 10'000;
inline constexpr std::uint64_t kUnrolledSizeMax = 250'000;

[[nodiscard]] Result<Tree> parse(std::string_view pattern, const ParseOptions& options = {});

}  // namespace folio::pattern
