// SPDX-License-Identifier: Apache-2.0
// What one chunk, or a part of one, has to show.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace folio::search {

/// Lines that are rendered one by one, because only some of them may be shown.
class RenderedLines {
 public:
  void clear() {
    text_.clear();
    ends_.clear();
  }
  /// Where a renderer appends the next line, to be followed by end_line().
  [[nodiscard]] std::string& text() { return text_; }
  void end_line() { ends_.push_back(text_.size()); }
  [[nodiscard]] std::size_t count() const { return ends_.size(); }
  void append_first(std::string& out, std::size_t count) const { out.append(text_, 0, end_of(count)); }
  void append_last(std::string& out, std::size_t count) const {
    out.append(text_, end_of(ends_.size() - count));
  }
  /// Leaves out all but the last `count` lines.
  void keep_last(std::size_t count);
  [[nodiscard]] std::size_t size() const { return text_.size(); }

 private:
  [[nodiscard]] std::size_t end_of(std::size_t count) const { return count == 0 ? 0 : ends_[count - 1]; }

  std::string text_;
  std::vector<std::size_t> ends_;
};

/// Without context: the selected lines. With context: everything from the first selected line on, and what
/// lies before and behind as single lines, because the neighbours decide which of them are shown.
struct TextBlock {
  struct Line {
    std::size_t text_end = 0;
    std::uint64_t submatches = 0;  // up to the line's end
  };
  std::string text;
  std::uint64_t lines = 0;
  std::uint64_t submatches = 0;
  std::vector<Line> limits;                    // kept where the number of lines is limited
  std::optional<std::uint64_t> nul_in_window;  // file offset; concerns the blocks behind this one
  std::optional<std::uint64_t> binary_line;    // a line was withheld for this NUL, and everything after it

  std::uint64_t lead_count = 0;  // lines before the first selected one
  RenderedLines head;            // the first of them: they may follow a selected line of an earlier block
  RenderedLines before;          // the last of them: they precede this block's first selected line
  std::uint64_t tail_count = 0;  // lines behind `text`
  RenderedLines tail;            // the last of them: they may precede a selected line of a later block
  std::uint64_t after_open = 0;  // lines behind this block that are still to be shown

  void clear();
  void add_line(std::uint64_t submatch_count, std::uint64_t line_count_max) {
    ++lines;
    submatches += submatch_count;
    if (line_count_max != UINT64_MAX) limits.push_back({text.size(), submatches});
  }
  /// Keeps the first `count` lines. REQUIRES: the number of lines is limited, and there is no context.
  void keep(std::uint64_t count);
};

}  // namespace folio::search
