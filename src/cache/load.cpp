// SPDX-License-Identifier: Apache-2.0
// Bringing a file into the page cache: small ones by plain reads, others by the scan engine on all cores.
#include <algorithm>

#include "cache/page_span.h"
#include "core/try.h"
#include "folio/cache.h"
#include "os/aligned_buffer.h"
#include "os/file_stream.h"

namespace folio {

namespace {

using cache_detail::PageSpan;

constexpr std::uint64_t kSmall = 8ULL << 20;
constexpr std::uint64_t kBlock = 256ULL << 10;

void note(const CacheLoadOptions& options, std::uint64_t bytes) {
  if (options.progress != nullptr) options.progress->done.fetch_add(bytes, std::memory_order_relaxed);
}

Result<CacheLoad> read_small(const File& file, const PageSpan& span, const CacheLoadOptions& options) {
  thread_local os::AlignedBuffer
      buffer;  // a new one for each of thousands of files would cost more than reading
  FOLIO_TRY(buffer.grow(kBlock));
  CacheLoad load;
  for (std::uint64_t offset = span.pages.begin; offset < span.range.end;) {
    if (options.stop.stop_requested()) {
      load.problem = Error{Errc::Cancelled, 0, file.path(), {}, "interrupted"};
      break;
    }
    const auto got = file.read_at(offset, buffer.bytes());
    if (!got) load.problem = got.error();
    if (got && *got == 0) load.problem = os::truncation_error(file, offset);
    if (load.problem) break;
    offset += *got;
    load.bytes = std::clamp(offset, span.range.begin, span.range.end) - span.range.begin;
    note(options, *got);
  }
  return load;
}

/// One load from each page brings it in; the compiler must not find that useless.
void touch_pages(ByteView bytes, std::uint64_t page) {
  for (std::uint64_t at = 0; at < bytes.size(); at += page) {
    static_cast<void>(*static_cast<const volatile std::byte*>(&bytes[at]));
  }
}

struct Nothing {
  void merge(const Nothing&) {}
};

Result<CacheLoad> scan(const File& file, const PageSpan& span, const CacheLoadOptions& options) {
  const bool by_map = options.way == CacheLoadWay::Map;
  ScanOptions scan;
  scan.access = by_map ? Access::Map : Access::Read;
  scan.threads = options.threads;
  scan.range = span.range;
  scan.records = Records::none();
  scan.stop = options.stop;
  const auto fold = [&](Nothing&, const Chunk& chunk) {
    if (by_map) touch_pages(chunk.bytes, span.page_size);
    note(options, chunk.bytes.size());
  };
  auto done = FOLIO_TRY(scan_reduce<Nothing>(file, scan, fold));
  return CacheLoad{.bytes = done.report.covered.size(), .problem = std::move(done.report.problem)};
}

}  // namespace

Result<CacheLoad> load_into_cache(const File& file, const CacheLoadOptions& options) {
  const PageSpan span = FOLIO_TRY(cache_detail::page_span(file, options.range));
  if (span.range.empty()) return CacheLoad{};
  if (options.way == CacheLoadWay::Read && span.range.size() <= kSmall)
    return read_small(file, span, options);
  return scan(file, span, options);
}

}  // namespace folio
