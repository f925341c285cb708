// SPDX-License-Identifier: Apache-2.0
#include "search/line_cursor.h"

#include "simd/find_byte.h"

namespace folio::search {

std::uint64_t LineCursor::line_begin(std::uint64_t inside) const {
  const ByteView before = lines_.subspan(position_, inside - position_);
  const std::size_t found = simd::find_last_byte(before, kLineEnd);
  return found == before.size() ? position_ : position_ + found + 1;
}

std::uint64_t LineCursor::line_end(std::uint64_t inside) const {
  const ByteView rest = lines_.subspan(inside);
  const std::size_t found = simd::find_byte(rest, kLineEnd);
  return found == rest.size() ? lines_.size() : inside + found + 1;
}

std::optional<ByteRange> LineCursor::next_matching() {
  if (position_ >= lines_.size()) return std::nullopt;
  const std::size_t found = searcher_.find(lines_, position_, state_);
  // An empty needle also matches behind the last line end, where no line is.
  if (found == pattern::kNotFound || found >= lines_.size()) {
    position_ = lines_.size();
    return std::nullopt;
  }
  const ByteRange line{line_begin(found), line_end(found)};
  position_ = line.end;
  return line;
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
  const ByteRange line{resume_, line_end(resume_)};
  resume_ = line.end;
  return line;
}

std::optional<ByteRange> LineCursor::next() {
  return selection_ == Selection::Matching ? next_matching() : next_not_matching();
}

}  // namespace folio::search
