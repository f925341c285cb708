// SPDX-License-Identifier: Apache-2.0
#include "search/delivery.h"

#include <algorithm>

namespace folio::search {

Flow Delivery::end_as_binary(std::uint64_t offset) {
  summary_.binary_offset = offset;
  return Flow::Stop;
}

bool Delivery::is_done() const {
  return lines_left() == 0 && after_left_ == 0;
}

Flow Delivery::take(TextBlock& block) {
  if (nul_seen_) {
    // Nothing behind the NUL is shown, and lines around a selected one before it least of all.
    return block.lines > 0 || block.binary_line ? end_as_binary(*nul_seen_) : Flow::Continue;
  }
  if (!options_.context.any() || options_.context.which == OtherLines::All) {
    // Also where it is the last one: what is shown behind a selected line belongs to the next.
    if (block.lines > 0 && block.lines >= lines_left()) block.keep(lines_left());
  }
  if (joins_neighbours()) join(block);
  summary_.lines += block.lines;
  summary_.submatches += block.submatches;
  const std::string& text = joins_neighbours() ? joined_ : block.text;
  if (!text.empty() && sink_(text) == Flow::Stop) return Flow::Stop;
  if (is_done()) return Flow::Stop;
  if (block.binary_line) return end_as_binary(*block.binary_line);
  if (options_.binary == BinaryData::Withhold) nul_seen_ = block.nul_in_window;
  return Flow::Continue;
}

void Delivery::join(TextBlock& block) {
  joined_.clear();
  const std::uint64_t after = std::min(after_left_, block.lead_count);
  block.head.append_first(joined_, std::min<std::uint64_t>(after, block.head.count()));
  if (after > 0) shown_ = Shown::Something;
  const std::uint64_t lead_left = block.lead_count - after;
  if (block.lines > 0) return join_selected(block, lead_left);
  after_left_ -= after;
  unshown_ += lead_left;
  pending_.take_last(block.tail, std::min<std::uint64_t>(lead_left, block.tail.count()),
                     options_.context.before);
}

void Delivery::join_selected(TextBlock& block, std::uint64_t lead_left) {
  const std::uint64_t before = options_.context.before;
  const std::uint64_t own = std::min(lead_left, before);
  const std::uint64_t earlier =
      own == lead_left ? std::min<std::uint64_t>(before - own, pending_.count()) : 0;
  if (shown_ == Shown::Something && unshown_ + lead_left > own + earlier) {
    joined_ += options_.context.separator;
  }
  pending_.append_last(joined_, earlier);
  block.before.append_last(joined_, own);
  joined_ += block.text;
  shown_ = Shown::Something;
  after_left_ = block.after_open;
  unshown_ = block.tail_count;
  pending_.clear();
  pending_.take_last(block.tail, block.tail.count(), before);
}

}  // namespace folio::search
