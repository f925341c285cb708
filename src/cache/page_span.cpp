// SPDX-License-Identifier: Apache-2.0
#include "cache/page_span.h"

#include "core/checked.h"
#include "os/process_stats.h"

namespace folio::cache_detail {

Result<PageSpan> page_span(const File& file, ByteRange range) {
  if (!file.is_seekable()) {
    return std::unexpected(
        Error{Errc::Unsupported, 0, file.path(), {}, "only regular files and disks have cached pages"});
  }
  if (range.begin > range.end) {
    return std::unexpected(
        Error{Errc::InvalidArgument, 0, file.path(), range.begin, "the range ends before it begins"});
  }
  const ByteRange inside = intersect(range, {0, file.size()});
  const std::uint64_t page = os::page_size();
  if (inside.empty()) return PageSpan{.range = inside, .pages = {}, .page_size = page};
  return PageSpan{.range = inside,
                  .pages = {round_down(inside.begin, page), round_up(inside.end, page)},
                  .page_size = page};
}

}  // namespace folio::cache_detail
