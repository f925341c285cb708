// SPDX-License-Identifier: Apache-2.0
// Searching for the lines that a pattern matches: counting, finding and delivering them, in files of any size
// on all cores, or in bytes that are in memory.
//
// Ownership: the file must outlive the call. Views in a LineMatch are valid during the call of the renderer.
// Threads: renderers are called on several threads at once, sinks on one at a time, in file order; a
// LineSearcher belongs to one thread. Errors: Result<T>; what ends a search early is in
// SearchSummary::report, with the bytes that the result covers. "Line" here is what the pattern's terminator
// ends; it is never part of a match (but see Reach::AcrossRecords); the last one may lack it. Binary data: a
// line is withheld, and delivery ends with `binary_offset`, if a NUL byte lies in the line itself or before
// the line's end within the first kBinaryWindow bytes searched. One rule for every access method; counting
// and existence are not affected by it. Memory: bounded, whatever the number of matches: some MiB and twice
// the longest line.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "folio/bytes.h"
#include "folio/error.h"
#include "folio/file.h"
#include "folio/pattern.h"
#include "folio/scan.h"

namespace folio {

inline constexpr std::uint64_t kBinaryWindow = 64ULL << 10;

enum class Selection : std::uint8_t { Matching, NotMatching };
enum class LineNumbers : std::uint8_t { No, Yes };
enum class Submatches : std::uint8_t {
  No,
  Yes,
  /// A line with many of them is rendered several times, each time with those that follow: for renderers that
  /// show matches, not lines. Keeps memory bounded where one line has millions of them.
  InParts,
};
enum class BinaryData : std::uint8_t { Withhold, AsText };
enum class OtherLines : std::uint8_t {
  Near,  ///< `before` and `after` lines around each selected one.
  All,
};

/// Lines delivered beside the selected ones, as LineRole::Context.
struct ContextLines {
  OtherLines which = OtherLines::Near;
  std::uint64_t before = 0;
  std::uint64_t after = 0;
  std::string separator;  ///< Rendered text between groups that are not adjacent.

  [[nodiscard]] bool any() const { return which == OtherLines::All || before > 0 || after > 0; }
};

struct SearchOptions {
  Selection selection = Selection::Matching;
  std::uint64_t line_count_max = UINT64_MAX;   ///< Ends after this many selected lines.
  LineNumbers line_numbers = LineNumbers::No;  ///< Costs one pass of counting.
  Submatches submatches = Submatches::No;      ///< Positions of all matches in a delivered line.
  BinaryData binary = BinaryData::Withhold;
  ContextLines context;
  /// Text for each match, in which $1, ${1}, $name and ${name} stand for groups and $$ for a dollar sign.
  std::optional<std::string> replacement;
  ScanOptions scan;  ///< `records` is set by the search.
};

enum class LineEnd : std::uint8_t { Terminator, EndOfFile };
enum class LineRole : std::uint8_t { Match, Context };

/// A line, for a renderer; several where a match reaches across lines.
struct LineMatch {
  ByteView line;                              ///< Without its terminator.
  std::uint64_t offset = 0;                   ///< Of its first byte in the file.
  std::uint64_t number = 0;                   ///< From 1; 0 where line numbers were not asked for.
  std::span<const ByteRange> submatches;      ///< Inside `line`, ascending, not overlapping; where asked for.
  std::span<const std::string> replacements;  ///< One for each submatch; where asked for.
  LineEnd end = LineEnd::Terminator;          ///< What followed it.
  LineRole role = LineRole::Match;
};

/// Appends what should be shown of a line to `out`.
using LineRenderer = std::function<void(std::string& out, const LineMatch& match)>;
/// Takes rendered lines in file order.
using TextSink = std::function<Flow(std::string_view text)>;

struct SearchSummary {
  std::uint64_t lines = 0;                     ///< Selected lines counted or delivered.
  std::uint64_t submatches = 0;                ///< In these lines, where asked for.
  std::optional<std::uint64_t> binary_offset;  ///< Of the NUL byte before which delivery ended.
  std::optional<Error> failure;                ///< The pattern needed more steps on a line than it may take.
  ScanReport report;
};

/// Number of selected lines (at most line_count_max); and of matches, where submatches are asked for.
[[nodiscard]] Result<SearchSummary> count_lines(ScanInput input, const Pattern& pattern,
                                                const SearchOptions& options);

/// Stops at the first selected line; `lines` is 0 or 1.
[[nodiscard]] Result<SearchSummary> find_any_line(ScanInput input, const Pattern& pattern,
                                                  const SearchOptions& options);

/// Renders the selected lines in parallel and hands them to `sink` in file order.
[[nodiscard]] Result<SearchSummary> search_lines(ScanInput input, const Pattern& pattern,
                                                 const SearchOptions& options, const LineRenderer& render,
                                                 const TextSink& sink);

/// The same three for bytes in memory, one view after the other, on the calling thread. For many small files:
/// it keeps what is worth keeping from one to the next. Of SearchOptions::scan only `stop` counts.
class LineSearcher {
 public:
  explicit LineSearcher(const Pattern& pattern);
  LineSearcher(LineSearcher&&) noexcept;
  LineSearcher& operator=(LineSearcher&&) noexcept;
  ~LineSearcher();

  [[nodiscard]] SearchSummary count(ByteView bytes, const SearchOptions& options);
  [[nodiscard]] SearchSummary find_any(ByteView bytes, const SearchOptions& options);
  [[nodiscard]] SearchSummary search(ByteView bytes, const SearchOptions& options, const LineRenderer& render,
                                     const TextSink& sink);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// Offset of the first NUL byte among the first kBinaryWindow of `bytes`.
[[nodiscard]] std::optional<std::uint64_t> find_binary(ByteView bytes);
/// The first kBinaryWindow bytes of a seekable file, as far as they can be read.
[[nodiscard]] std::vector<std::byte> read_binary_window(const File& file);

}  // namespace folio
