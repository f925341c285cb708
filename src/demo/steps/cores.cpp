// SPDX-License-Identifier: Apache-2.0
#include "demo/steps/cores.h"

#include <algorithm>
#include <chrono>

#include "bench/bandwidth.h"
#include "core/try.h"
#include "folio/limits.h"

namespace folio::demo {

namespace {

constexpr unsigned kEachUpTo = 8;
constexpr auto kBandwidthBudget = std::chrono::milliseconds{250};

/// 1, 2, 3, ... for few cores; 1, 2, 4, ... and all of them for many.
std::vector<unsigned> thread_counts(unsigned cores) {
  std::vector<unsigned> counts;
  for (unsigned n = 1; n < cores; n = cores <= kEachUpTo ? n + 1 : n * 2) counts.push_back(n);
  counts.push_back(cores);
  return counts;
}

/// More than the caches of common processors hold, but no burden on a small machine.
std::uint64_t bandwidth_bytes() {
  return std::clamp<std::uint64_t>(machine_limits().memory_available / 8, 16ULL << 20, 256ULL << 20);
}

}  // namespace

Result<std::vector<CoresRow>> scale_up(const Stage& stage) {
  const std::vector<unsigned> counts = thread_counts(stage.cores);
  const auto searches = FOLIO_TRY(search_with(stage, counts, Access::Auto));
  std::vector<CoresRow> rows;
  for (const SearchCost& search : searches) {
    FOLIO_TRY(bench::check_stop(stage.stop));
    const auto limit =
        FOLIO_TRY(bench::measure_read_bandwidth(search.threads, bandwidth_bytes(), kBandwidthBudget));
    rows.push_back({.search = search, .limit = limit.best});
  }
  return rows;
}

}  // namespace folio::demo
