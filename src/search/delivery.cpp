// SPDX-License-Identifier: Apache-2.0
#include "search/delivery.h"

#include <algorithm>
#include <utility>

namespace folio::search {

namespace {

Error too_much_context() {
  return {
      .code = Errc::InvalidArgument,
      .system_errno = 0,
      .path = {},
      .offset = std::nullopt,
      .detail = "the lines asked for before a match take more than 32 MiB: the first of them are left out"};
}

}  // namespace

void PendingLines::clear() {
  *this = PendingLines{};
}

void PendingLines::take(RenderedLines& lines, std::size_t count, std::uint64_t most) {
  lines.keep_last(count);
  if (lines.count() == 0) return;
  count_ += lines.count();
  size_ += lines.size();
  parts_.push_back(std::move(lines));
  while (parts_.size() > 1 && count_ - parts_.front().count() >= most) forget_first();
  for (; parts_.size() > 1 && size_ > kSizeMax; kept_ = Kept::TooMany) forget_first();
}

void PendingLines::forget_first() {
  count_ -= parts_.front().count();
  size_ -= parts_.front().size();
  parts_.pop_front();
}

void PendingLines::append_last(std::string& out, std::uint64_t count) const {
  std::uint64_t skipped = count_ - count;
  for (const RenderedLines& part : parts_) {
    const std::uint64_t left_out = std::min<std::uint64_t>(skipped, part.count());
    part.append_last(out, part.count() - left_out);
    skipped -= left_out;
  }
}

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
  pending_.take(block.tail, std::min<std::uint64_t>(lead_left, block.tail.count()), options_.context.before);
}

void Delivery::join_selected(TextBlock& block, std::uint64_t lead_left) {
  const std::uint64_t before = options_.context.before;
  const std::uint64_t own = std::min(lead_left, before);
  const std::uint64_t earlier =
      own == lead_left ? std::min<std::uint64_t>(before - own, pending_.count()) : 0;
  if (shown_ == Shown::Something && unshown_ + lead_left > own + earlier) {
    joined_ += options_.context.separator;
  }
  if (own + earlier < std::min(before, unshown_ + lead_left) &&
      pending_.kept() == PendingLines::Kept::TooMany) {
    summary_.failure = too_much_context();
  }
  pending_.append_last(joined_, earlier);
  block.before.append_last(joined_, own);
  joined_ += block.text;
  shown_ = Shown::Something;
  after_left_ = block.after_open;
  unshown_ = block.tail_count;
  pending_.clear();
  pending_.take(block.tail, block.tail.count(), before);
}

}  // namespace folio::search
