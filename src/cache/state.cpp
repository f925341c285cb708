// SPDX-License-Identifier: Apache-2.0
// What of a file is in the page cache: one cachestat(2) for each region, or a sample of single pages.
#include <algorithm>
#include <optional>

#include "cache/page_span.h"
#include "core/try.h"
#include "folio/cache.h"
#include "os/cached_pages.h"

namespace folio {

namespace {

using cache_detail::PageSpan;

constexpr std::uint64_t kRegionsMax = 1U << 16;
constexpr std::uint64_t kSamplesMax = 64;
// A sampled page may come into the cache by being asked for. So most pages are left alone.
constexpr std::uint64_t kPagesPerSample = 16;

/// Region `index` of `count`. Fits: a file has at most 2^51 pages, and a region is no smaller than a page.
ByteRange region_of(const PageSpan& span, std::uint64_t index, std::uint64_t count) {
  const std::uint64_t pages = span.page_count();
  const auto border = [&](std::uint64_t i) {
    const std::uint64_t page = pages / count * i + pages % count * i / count;
    return span.pages.begin + page * span.page_size;
  };
  return {border(index), border(index + 1)};
}

std::optional<CachePages> count_region(const File& file, const PageSpan& span, ByteRange region) {
  const auto counts = os::cached_pages(file.descriptor(), region);
  if (!counts) return std::nullopt;
  return CachePages{.pages = region.size() / span.page_size,
                    .resident = counts->cached,
                    .dirty = counts->dirty,
                    .writeback = counts->writeback,
                    .recently_evicted = counts->recently_evicted};
}

std::optional<CachePages> sample_region(const File& file, const PageSpan& span, ByteRange region,
                                        std::uint64_t samples) {
  const std::uint64_t pages = region.size() / span.page_size;
  std::uint64_t cached = 0;
  for (std::uint64_t sample = 0; sample < samples; ++sample) {
    const std::uint64_t begin = region.begin + pages * (2 * sample + 1) / (2 * samples) * span.page_size;
    const auto page =
        residency_by(file, intersect({begin, begin + span.page_size}, span.range), ResidencyMethod::Sampled);
    if (!page || page->method == ResidencyMethod::Unknown) return std::nullopt;
    if (page->resident > 0) ++cached;
  }
  return CachePages{.pages = pages, .resident = pages * cached / samples};
}

template <class Look>
std::optional<std::vector<CachePages>> look_at_regions(const PageSpan& span, std::uint64_t count, Look look) {
  std::vector<CachePages> regions;
  regions.reserve(count);
  for (std::uint64_t index = 0; index < count; ++index) {
    const std::optional<CachePages> region = look(region_of(span, index, count));
    if (!region) return std::nullopt;
    regions.push_back(*region);
  }
  return regions;
}

std::optional<std::vector<CachePages>> sample(const File& file, const PageSpan& span, std::uint64_t count) {
  const std::uint64_t samples =
      std::clamp<std::uint64_t>(span.page_count() / kPagesPerSample, 1, kSamplesMax);
  const std::uint64_t regions = std::min(count, samples);
  file.advise(AccessHint::Random, kWholeFile);
  auto found = look_at_regions(
      span, regions, [&](ByteRange region) { return sample_region(file, span, region, samples / regions); });
  file.advise(AccessHint::None, kWholeFile);
  return found;
}

}  // namespace

CachePages& CachePages::operator+=(const CachePages& other) {
  pages += other.pages;
  resident += other.resident;
  dirty += other.dirty;
  writeback += other.writeback;
  recently_evicted += other.recently_evicted;
  return *this;
}

Result<CacheState> cache_state(const File& file, const CacheStateOptions& options) {
  const PageSpan span = FOLIO_TRY(cache_detail::page_span(file, options.range));
  CacheState state{.method = ResidencyMethod::Cachestat,
                   .range = span.range,
                   .page_size = span.page_size,
                   .total = {},
                   .regions = {}};
  if (span.range.empty()) return state;
  const std::uint64_t count =
      std::min(std::clamp<std::uint64_t>(options.regions, 1, kRegionsMax), span.page_count());
  auto regions =
      look_at_regions(span, count, [&](ByteRange region) { return count_region(file, span, region); });
  if (!regions) {
    state.method = ResidencyMethod::Sampled;
    regions = sample(file, span, count);
  }
  if (!regions) {
    state.method = ResidencyMethod::Unknown;
    regions = std::vector<CachePages>{{.pages = span.page_count()}};
  }
  state.regions = std::move(*regions);
  for (const CachePages& region : state.regions) state.total += region;
  return state;
}

}  // namespace folio
