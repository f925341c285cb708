// SPDX-License-Identifier: Apache-2.0
#include "scan/uring_reader.h"

#include <algorithm>
#include <utility>

#include "core/try.h"

namespace folio::scan {

Result<std::unique_ptr<UringReader>> UringReader::create(FileSource& source, const File& file, Access access,
                                                         std::uint64_t chunk_size) {
  // A cell, the page before it, and two pages behind it: what cutting views first.
  const std::uint64_t buffer_size = page_aligned({0, chunk_size}).end + 4 * kDirectAlignment;
  auto queue = FOLIO_TRY(os::UringQueue::create(file.descriptor(), kDepth, buffer_size));
  return std::unique_ptr<UringReader>(new UringReader(source, file, access, std::move(queue)));
}

UringReader::UringReader(FileSource& source, const File& file, Access access,
                         std::unique_ptr<os::UringQueue> queue)
    : source_(source), access_(access), queue_(std::move(queue)), direct_view_(source, file, access) {
  for (unsigned slot = 0; slot < kDepth; ++slot) free_slots_.push_back(slot);
}

void UringReader::prefetch(ByteRange range) {
  release_held();
  range.end = std::min(range.end, source_.size());
  const ByteRange pages = page_aligned(range);
  if (range.empty() || free_slots_.empty() || pages.size() > queue_->buffer(0).size()) return;
  const unsigned slot = free_slots_.back();
  // A read that cannot be started is not lost: its view will be read directly.
  if (!queue_->start(slot, pages.begin, pages.size())) return;
  free_slots_.pop_back();
  announced_.push_back({pages, slot});
}

void UringReader::release_held() {
  if (holding_ == Holding::Slot) free_slots_.push_back(held_slot_);
  holding_ = Holding::Nothing;
}

void UringReader::take_next() {
  release_held();
  const Announced next = announced_.front();
  announced_.pop_front();
  holding_ = Holding::Slot;
  held_slot_ = next.slot;
  auto got = queue_->finish(next.slot);
  // An error is met again, and reported with its offset, by the direct view.
  held_ = {next.pages.begin, next.pages.begin + got.value_or(0)};
}

ByteView UringReader::view(ByteRange range) {
  range.end = std::min(range.end, source_.size());
  if (range.empty()) return {};
  while (!announced_.empty() && announced_.front().pages.begin <= range.begin) take_next();
  const bool covered = holding_ == Holding::Slot && held_.begin <= range.begin && range.end <= held_.end;
  if (!covered) return direct_view_.view(range);
  return queue_->buffer(held_slot_).subspan(range.begin - held_.begin, range.size());
}

}  // namespace folio::scan
