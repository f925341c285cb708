// SPDX-License-Identifier: Apache-2.0
// How large the pieces are in which a file lies in the page cache, as a mapping of it shows.
#include <algorithm>

#include "cache/page_span.h"
#include "core/try.h"
#include "folio/cache.h"
#include "os/mapped_pages.h"
#include "os/process_stats.h"

namespace folio {

namespace {

constexpr std::uint64_t kWindow = 1ULL << 30;

/// Adds what a window shows; false where the kernel does not tell.
Result<bool> look_at(const File& file, ByteRange window, std::uint64_t page, CacheFolios& folios) {
  const auto mapping = FOLIO_TRY(Mapping::map(file, {.offset = window.begin, .length = window.size()}));
  const ByteView bytes = mapping.bytes();
  const auto resident = os::resident_pages(bytes);
  if (!resident) return false;
  const std::uint64_t before = os::thread_faults().minor;
  for (std::uint64_t at = 0; at < bytes.size(); at += page) {
    if (!(*resident)[at / page]) continue;
    // The compiler must not find the load useless.
    static_cast<void>(*static_cast<const volatile std::byte*>(&bytes[at]));
    folios.resident += page;
  }
  folios.faults += os::thread_faults().minor - before;
  const auto huge = os::huge_mapped_bytes(bytes.data());
  folios.huge += huge.value_or(0);
  return huge.has_value();
}

}  // namespace

Result<std::optional<CacheFolios>> cache_folios(const File& file, ByteRange range) {
  const auto span = FOLIO_TRY(cache_detail::page_span(file, range));
  CacheFolios folios;
  // Who is refused cachestat is told by mincore that every page is there.
  const CacheState state = FOLIO_TRY(cache_state(file, {.range = range}));
  if (!state.is_exact()) return std::optional<CacheFolios>{};
  for (std::uint64_t begin = span.pages.begin; begin < span.range.end; begin += kWindow) {
    const ByteRange window{begin, std::min(begin + kWindow, span.range.end)};
    if (!FOLIO_TRY(look_at(file, window, span.page_size, folios))) return std::optional<CacheFolios>{};
  }
  return std::optional{folios};
}

}  // namespace folio
