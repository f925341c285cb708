// SPDX-License-Identifier: Apache-2.0
#include "search/line_cursor.h"

#include <algorithm>

#include "pattern/record_end.h"

namespace folio::search {

namespace {

// Length of the character at `at`, so that an empty match never splits one; 1 where there is none.
std::size_t character_size(ByteView text, std::size_t at) {
  std::size_t end = at + 1;
  while (end < text.size() && end < at + 4 && (text[end] & std::byte{0xC0}) == std::byte{0x80}) ++end;
  return at < text.size() && text[at] >= std::byte{0xC0} ? end - at : 1;
}

}  // namespace

std::optional<pattern::Span> MatchWalk::next() {
  while (from_ <= text_.size()) {
    const auto match = matcher_.find(text_, from_);
    if (!match) {
      from_ = text_.size() + 1;
      return std::nullopt;
    }
    const bool is_empty = match->begin == match->end;
    from_ = is_empty ? match->end + character_size(text_, match->end) : match->end;
    if (is_empty && match->end == last_end_) continue;
    last_end_ = match->end;
    return match;
  }
  return std::nullopt;
}

LineCursor::LineCursor(pattern::Matcher& matcher, Selection selection, ByteView lines)
    : matcher_(matcher), selection_(selection), lines_(lines), spans_(matcher, lines) {}

std::optional<ByteRange> LineCursor::next_matching() {
  if (matcher_.options().reach == Reach::AcrossRecords) return next_spanning();
  const auto record = matcher_.next_record(lines_, position_);
  position_ = record ? record->end : lines_.size();
  return record;
}

ByteRange LineCursor::lines_of(pattern::Span match) const {
  const std::byte end = matcher_.terminator();
  const std::size_t last = match.end > match.begin ? match.end - 1 : match.end;
  return {pattern::record_around(lines_, position_, match.begin, end).begin,
          pattern::behind_terminator(lines_, std::max(last, match.begin), end)};
}

// Matches that share a line are delivered together, so that no line is delivered twice.
std::optional<ByteRange> LineCursor::next_spanning() {
  if (spans_state_ == Spans::NotStarted) next_span_ = spans_.next();
  spans_state_ = Spans::Going;
  if (!next_span_ || pattern::is_behind_records(lines_, next_span_->begin, matcher_.terminator()))
    return std::nullopt;
  ByteRange range = lines_of(*next_span_);
  for (;;) {
    next_span_ = spans_.next();
    if (!next_span_ || next_span_->begin >= range.end) break;
    range.end = std::max(range.end, lines_of(*next_span_).end);
  }
  position_ = range.end;
  return range;
}

// The lines between the matching ones: `unselected_` is the next matching line, or an empty one at the end.
std::optional<ByteRange> LineCursor::next_not_matching() {
  const ByteRange end{lines_.size(), lines_.size()};
  if (!unselected_) unselected_ = next_matching().value_or(end);
  while (resume_ == unselected_->begin) {
    if (resume_ == lines_.size()) return std::nullopt;
    resume_ = unselected_->end;
    unselected_ = next_matching().value_or(end);
  }
  const ByteRange line{resume_, pattern::behind_terminator(lines_, resume_, matcher_.terminator())};
  resume_ = line.end;
  return line;
}

std::optional<ByteRange> LineCursor::next() {
  return selection_ == Selection::Matching ? next_matching() : next_not_matching();
}

}  // namespace folio::search
