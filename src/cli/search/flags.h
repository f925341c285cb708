// SPDX-License-Identifier: Apache-2.0
// What the user of `folio search` asked for.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "cli/scan_flags.h"
#include "cli/search/style.h"
#include "folio/decode.h"
#include "folio/pattern.h"
#include "folio/search.h"
#include "folio/walk.h"

namespace folio::cli {

enum class SearchMode : std::uint8_t {
  Lines,
  Count,         ///< Selected lines.
  CountMatches,  ///< Matches in them.
  FilesWithMatches,
  FilesWithoutMatch,
  Files,     ///< The files that would be searched.
  TypeList,  ///< The file types.
};

enum class EngineChoice : std::uint8_t { Default, Perl, Auto };
enum class BinaryFiles : std::uint8_t { Skip, Search, AsText };
enum class Follow : std::uint8_t { No, Yes };

/// Plain values, as the flags set them. Where a value is optional, it has a default that depends on others.
struct SearchFlags {
  ScanFlags scan;
  std::vector<std::string> words;  // operands: the pattern, unless it was given by -e or -f, and the files

  std::vector<std::string> patterns;
  std::vector<std::string> pattern_files;
  PatternOptions pattern{.syntax = PatternSyntax::Regex};
  EngineChoice engine = EngineChoice::Default;
  bool fixed = false;
  bool invert = false;
  bool multiline = false;
  bool null_data = false;

  SearchMode mode = SearchMode::Lines;
  bool quiet = false;
  bool json = false;
  bool include_zero = false;
  std::uint64_t max_count = UINT64_MAX;
  std::optional<std::uint64_t> before;
  std::optional<std::uint64_t> after;
  std::uint64_t around = 0;
  bool passthru = false;
  std::optional<std::string> replacement;
  std::optional<bool> line_number;
  std::optional<bool> with_filename;
  std::optional<bool> heading;
  bool only_matching = false;
  bool column = false;
  bool byte_offset = false;
  bool vimgrep = false;
  bool null_after_name = false;
  bool trim = false;
  std::uint64_t max_columns = 0;
  bool max_columns_preview = false;
  std::optional<std::string> context_separator = "--";
  std::string field_match_separator = ":";
  std::string field_context_separator = "-";
  bool messages = true;
  bool stats = false;
  StyleSheet styles;

  WalkOptions walk;
  BinaryFiles binary = BinaryFiles::Skip;
  Obey ignore_files = Obey::Yes;  // those of --ignore-file
  NameCase globs_case = NameCase::Sensitive;
  unsigned unrestricted = 0;
  DecodeOptions decode;
  Follow follow = Follow::No;
};

/// Parses the words of the command line. A status means that the command is done.
[[nodiscard]] std::optional<ExitStatus> parse_search_flags(Words words, SearchFlags& flags);

}  // namespace folio::cli
