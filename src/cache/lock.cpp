// SPDX-License-Identifier: Apache-2.0
// Pinning a file in memory, block by block, so that it can be interrupted and show its progress.
#include <algorithm>
#include <string>

#include "cache/page_span.h"
#include "core/try.h"
#include "folio/cache.h"

namespace folio {

namespace {

constexpr std::uint64_t kBlock = 16ULL << 20;
constexpr std::uint64_t kShrink = 4;

Error in_part(Error error, std::uint64_t locked, std::uint64_t size) {
  error.detail += ": " + std::to_string(locked) + " of " + std::to_string(size) +
                  " bytes could be pinned, and are released again";
  return error;
}

}  // namespace

Result<CacheLock> CacheLock::lock(const File& file, ByteRange range, const std::stop_token& stop,
                                  ScanProgress* progress) {
  const cache_detail::PageSpan span = FOLIO_TRY(cache_detail::page_span(file, range));
  if (span.range.empty()) return CacheLock{Mapping{}, 0};
  auto mapping = FOLIO_TRY(
      Mapping::map(file, {.offset = span.pages.begin, .length = span.range.end - span.pages.begin}));
  std::uint64_t block = kBlock;
  for (std::uint64_t begin = 0; begin < mapping.size();) {
    const std::uint64_t end = std::min(begin + block, mapping.size());
    if (stop.stop_requested()) {
      return std::unexpected(
          in_part({Errc::Cancelled, 0, file.path(), {}, "interrupted"}, begin, mapping.size()));
    }
    if (auto locked = mapping.lock({begin, end}); !locked) {
      if (block == span.page_size) {
        return std::unexpected(in_part(std::move(locked).error(), begin, mapping.size()));
      }
      block = std::max(span.page_size, block / kShrink);  // how far the limit lets us go
      continue;
    }
    if (progress != nullptr) progress->done.fetch_add(end - begin, std::memory_order_relaxed);
    begin = end;
  }
  return CacheLock{std::move(mapping), span.pages.size()};
}

}  // namespace folio
