// SPDX-License-Identifier: Apache-2.0
#include "scan/read_reader.h"

#include <algorithm>
#include <utility>

namespace folio::scan {

ByteRange page_aligned(ByteRange range) {
  constexpr std::uint64_t page = kDirectAlignment;
  return {range.begin / page * page, (range.end + page - 1) / page * page};
}

bool ReadReader::reserve(std::uint64_t size, std::uint64_t offset) {
  if (size <= buffer_.size()) return true;
  // Doubling keeps the copies of a record that is met piece by piece linear.
  auto grown = buffer_.grow(std::max(size, 2 * buffer_.size()));
  if (grown) return true;
  source_.note_damage(offset, std::move(grown).error());
  return false;
}

ByteView ReadReader::view(ByteRange range) {
  range.end = std::min(range.end, source_.size());
  if (range.empty()) return {};
  const ByteRange wanted = page_aligned(range);
  if (wanted.begin != held_.begin || held_.end < wanted.begin) held_ = {wanted.begin, wanted.begin};
  // Only whole pages that are held may be kept: what comes after them has to be aligned as well.
  const std::uint64_t kept =
      std::min(held_.end, wanted.end) / kDirectAlignment * kDirectAlignment - wanted.begin;
  if (held_.end < range.end) {
    if (!reserve(wanted.size(), range.begin)) return {};
    const std::uint64_t from = wanted.begin + kept;
    auto got = file_.read_at(from, {buffer_.data() + kept, wanted.end - from});
    if (!got) {
      // What was read before the error is good.
      held_.end = got.error().offset.value_or(from);
      source_.note_damage(held_.end, std::move(got).error());
    } else {
      held_.end = from + *got;
      if (held_.end < range.end) source_.note_truncation(held_.end);
    }
  }
  if (held_.end <= range.begin) return {};
  return {buffer_.data() + (range.begin - held_.begin), std::min(held_.end, range.end) - range.begin};
}

}  // namespace folio::scan
