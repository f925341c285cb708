// SPDX-License-Identifier: Apache-2.0
#include "os/cached_pages.h"

#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace folio::os {

namespace {

// Debian's headers lack it; the kernel says at run time whether it knows it.
constexpr long kCachestatCall = 451;

struct CachestatRange {
  std::uint64_t offset = 0;
  std::uint64_t length = 0;
};

struct CachestatAnswer {
  std::uint64_t cached = 0;
  std::uint64_t dirty = 0;
  std::uint64_t writeback = 0;
  std::uint64_t evicted = 0;
  std::uint64_t recently_evicted = 0;
};

}  // namespace

std::optional<CachedPageCounts> cached_pages(int descriptor, ByteRange pages) {
  const CachestatRange request{pages.begin, pages.size()};
  CachestatAnswer answer;
  if (::syscall(kCachestatCall, descriptor, &request, &answer, 0U) != 0) return std::nullopt;
  return CachedPageCounts{.cached = answer.cached,
                          .dirty = answer.dirty,
                          .writeback = answer.writeback,
                          .recently_evicted = answer.recently_evicted};
}

bool write_back_pages(int descriptor, ByteRange pages) {
  constexpr unsigned kAll = SYNC_FILE_RANGE_WAIT_BEFORE | SYNC_FILE_RANGE_WRITE | SYNC_FILE_RANGE_WAIT_AFTER;
  return ::sync_file_range(descriptor, static_cast<off64_t>(pages.begin), static_cast<off64_t>(pages.size()),
                           kAll) == 0;
}

}  // namespace folio::os
