// SPDX-License-Identifier: Apache-2.0
#include "search/text_block.h"

#include <algorithm>

namespace folio::search {

void RenderedLines::keep_last(std::size_t count) {
  if (count >= ends_.size()) return;
  const std::size_t dropped = ends_.size() - count;
  const std::size_t dropped_size = end_of(dropped);
  text_.erase(0, dropped_size);
  ends_.erase(ends_.begin(), ends_.begin() + static_cast<std::ptrdiff_t>(dropped));
  for (std::size_t& end : ends_) end -= dropped_size;
}

void TextBlock::clear() {
  text.clear();
  lines = submatches = lead_count = tail_count = after_open = 0;
  limits.clear();
  nul_in_window.reset();
  binary_line.reset();
  head.clear();
  before.clear();
  tail.clear();
}

void TextBlock::keep(std::uint64_t count) {
  const Line last = count == 0 ? Line{} : limits[count - 1];
  text.resize(last.text_end);
  submatches = last.submatches;
  lines = count;
}

}  // namespace folio::search
