// SPDX-License-Identifier: Apache-2.0
// Dropping a file from the page cache.
#include "cache/page_span.h"
#include "core/try.h"
#include "folio/cache.h"
#include "os/cached_pages.h"

namespace folio {

namespace {

using cache_detail::PageSpan;

// The kernel collects pages in batches for each core, and passes over those that are in one just then.
constexpr int kRoundsMax = 5;

/// A folio may stick out behind the end of the file, and is only dropped whole.
ByteRange range_to_drop(const File& file, const PageSpan& span) {
  return {span.pages.begin, span.range.end == file.size() ? kWholeFile.end : span.pages.end};
}

bool may_be_dirty(const CacheState& state) {
  return !state.is_exact() || state.total.dirty + state.total.writeback > 0;
}

/// The cheap way first; what then still stays may wait for the file system's journal.
Result<void> write_out(const File& file, const PageSpan& span, int round) {
  if (round == 0 && os::write_back_pages(file.descriptor(), span.pages)) return {};
  return file.sync();
}

CacheHold hold_of(const File& file, const CacheState& after) {
  if (after.total.resident == 0) return CacheHold::None;
  if (file.file_system() == FileSystemKind::Memory) return CacheHold::FileSystem;
  return after.total.dirty + after.total.writeback > 0 ? CacheHold::Dirty : CacheHold::InUse;
}

}  // namespace

Result<CacheEviction> evict_from_cache(const File& file, const CacheStateOptions& options) {
  const PageSpan span = FOLIO_TRY(cache_detail::page_span(file, options.range));
  CacheEviction result;
  result.before = FOLIO_TRY(cache_state(file, options));
  result.after = result.before;
  for (int round = 0; round < kRoundsMax && result.after.total.resident > 0; ++round) {
    const std::uint64_t resident = result.after.total.resident;
    if (may_be_dirty(result.before)) FOLIO_TRY(write_out(file, span, round));
    FOLIO_TRY(file.evict(range_to_drop(file, span)));
    result.after = FOLIO_TRY(cache_state(file, options));
    if (!result.after.is_exact() || (round > 0 && result.after.total.resident >= resident)) break;
  }
  result.hold = hold_of(file, result.after);
  return result;
}

}  // namespace folio
