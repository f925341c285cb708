// SPDX-License-Identifier: Apache-2.0
// The part of a file that an operation on its cached pages concerns.
#pragma once

#include "folio/error.h"
#include "folio/file.h"

namespace folio::cache_detail {

struct PageSpan {
  ByteRange range;  ///< Cut to the file.
  ByteRange pages;  ///< `range`, widened to whole pages.
  std::uint64_t page_size = 0;

  [[nodiscard]] std::uint64_t page_count() const { return pages.size() / page_size; }
};

/// Refuses what has no offsets, and a range that ends before it begins.
[[nodiscard]] Result<PageSpan> page_span(const File& file, ByteRange range);

}  // namespace folio::cache_detail
