// SPDX-License-Identifier: Apache-2.0
// Walks through the selected lines of a chunk of whole lines.
#pragma once

#include <cstdint>
#include <optional>

#include "folio/search.h"
#include "pattern/matcher.h"

namespace folio::search {

/// The matches of a text one after the other: not overlapping, and no empty one right behind another match.
class MatchWalk {
 public:
  MatchWalk(pattern::Matcher& matcher, ByteView text, std::size_t from = 0)
      : matcher_(matcher), text_(text), from_(from) {}
  [[nodiscard]] std::optional<pattern::Span> next();

 private:
  pattern::Matcher& matcher_;
  ByteView text_;
  std::size_t from_;
  std::size_t last_end_ = pattern::kUnset;
};

class LineCursor {
 public:
  LineCursor(pattern::Matcher& matcher, Selection selection, ByteView lines);

  /// The next selected line with its terminator, as offsets into the chunk; nothing behind the last. Several
  /// lines where a match reaches across them.
  [[nodiscard]] std::optional<ByteRange> next();

 private:
  [[nodiscard]] std::optional<ByteRange> next_matching();
  [[nodiscard]] std::optional<ByteRange> next_spanning();
  [[nodiscard]] std::optional<ByteRange> next_not_matching();
  [[nodiscard]] ByteRange lines_of(pattern::Span match) const;

  pattern::Matcher& matcher_;
  Selection selection_;
  ByteView lines_;
  std::uint64_t position_ = 0;           // begin of the next line to search
  std::uint64_t resume_ = 0;             // NotMatching: begin of the next line that may be selected
  std::optional<ByteRange> unselected_;  // NotMatching: the next line that is not
  MatchWalk spans_;                      // matches that reach across lines
  std::optional<pattern::Span> next_span_;
  enum class Spans : std::uint8_t { NotStarted, Going } spans_state_ = Spans::NotStarted;
};

}  // namespace folio::search
