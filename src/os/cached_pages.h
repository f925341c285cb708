// SPDX-License-Identifier: Apache-2.0
// A file's pages in the page cache: exact counts without a mapping, by cachestat(2), and writing them back.
#pragma once

#include <cstdint>
#include <optional>

#include "folio/bytes.h"

namespace folio::os {

struct CachedPageCounts {
  std::uint64_t cached = 0;
  std::uint64_t dirty = 0;
  std::uint64_t writeback = 0;
  std::uint64_t recently_evicted = 0;
};

/// Nothing where the kernel is older than 6.5, or refuses: it wants the file's owner, or somebody who may
/// write it. REQUIRES: whole pages, not empty.
[[nodiscard]] std::optional<CachedPageCounts> cached_pages(int descriptor, ByteRange pages);

/// Writes dirty pages to the device and waits for that, so that they can be dropped; not what a file needs to
/// survive a crash, which costs much more. False where it failed or can't be had.
[[nodiscard]] bool write_back_pages(int descriptor, ByteRange pages);

}  // namespace folio::os
