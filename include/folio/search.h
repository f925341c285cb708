// SPDX-License-Identifier: Apache-2.0
// Searching a file for a literal pattern: counting, finding and delivering the lines that hold it.
//
// Ownership: a Pattern copies what it was made from; copies of it share one immutable state. The file must
// outlive the call. Views in a LineMatch are valid during the call of the renderer. Threads: a Pattern may be
// used by any number of threads. Renderers are called on several threads at once, sinks on one at a time, in
// file order. Errors: Result<T>; what ends a search early is in SearchSummary::report, with the bytes that
// the result covers. Lines end with '\n', which is never part of a match; the last one may lack it. Binary
// data: a line is withheld, and delivery ends with `binary_match`, if a NUL byte lies in the line itself or
// before the line's end within the first kBinaryWindow bytes searched. One rule for every access method;
// counting and existence are not affected by it. Memory: bounded, whatever the number of matches: some MiB
// and twice the longest line.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "folio/bytes.h"
#include "folio/error.h"
#include "folio/file.h"
#include "folio/pattern.h"
#include "folio/scan.h"

namespace folio {

inline constexpr std::uint64_t kBinaryWindow = 64ULL << 10;

enum class Selection : std::uint8_t { Matching, NotMatching };
enum class LineNumbers : std::uint8_t { No, Yes };
enum class Submatches : std::uint8_t { No, Yes };
enum class BinaryData : std::uint8_t { Withhold, AsText };

struct SearchOptions {
  Selection selection = Selection::Matching;
  std::uint64_t line_count_max = UINT64_MAX;   ///< Ends after this many selected lines.
  LineNumbers line_numbers = LineNumbers::No;  ///< Costs one pass of counting.
  Submatches submatches = Submatches::No;      ///< Positions of all matches in a delivered line.
  BinaryData binary = BinaryData::Withhold;
  ScanOptions scan;  ///< `records` is set by the search.
};

enum class LineEnd : std::uint8_t { Newline, EndOfFile };

/// A selected line, for a renderer.
struct LineMatch {
  ByteView line;                          ///< Without its '\n'.
  std::uint64_t offset = 0;               ///< Of its first byte in the file.
  std::uint64_t number = 0;               ///< From 1; 0 where line numbers were not asked for.
  std::span<const ByteRange> submatches;  ///< Inside `line`, ascending, not overlapping; where asked for.
  LineEnd end = LineEnd::Newline;         ///< What followed it.
};

/// Appends what should be shown of a line to `out`.
using LineRenderer = std::function<void(std::string& out, const LineMatch& match)>;
/// Takes rendered lines in file order.
using TextSink = std::function<Flow(std::string_view text)>;

struct SearchSummary {
  std::uint64_t lines = 0;       ///< Selected lines counted or delivered.
  std::uint64_t submatches = 0;  ///< In delivered lines, where asked for.
  bool binary_match = false;     ///< Delivery ended at a line withheld as binary data.
  ScanReport report;
};

/// Number of selected lines (at most line_count_max).
[[nodiscard]] Result<SearchSummary> count_lines(const File& file, const Pattern& pattern,
                                                const SearchOptions& options);

/// Stops at the first selected line; `lines` is 0 or 1.
[[nodiscard]] Result<SearchSummary> find_any_line(const File& file, const Pattern& pattern,
                                                  const SearchOptions& options);

/// Renders the selected lines in parallel and hands them to `sink` in file order.
[[nodiscard]] Result<SearchSummary> search_lines(const File& file, const Pattern& pattern,
                                                 const SearchOptions& options, const LineRenderer& render,
                                                 const TextSink& sink);

}  // namespace folio
