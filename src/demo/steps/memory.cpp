// SPDX-License-Identifier: Apache-2.0
#include "demo/steps/memory.h"

#include <algorithm>

#include "bench/page_cache.h"
#include "core/fail.h"
#include "core/try.h"
#include "folio/mapping.h"

namespace folio::demo {

namespace {

constexpr std::uint64_t kPollEvery = 64ULL << 20;

/// Takes a moment, with the faults since the last one.
class Watch {
 public:
  [[nodiscard]] Result<MemoryMoment> take() {
    const os::ProcessUsage now = os::process_usage();
    const auto use = os::memory_use();
    if (!use)
      return fail(Errc::Unsupported, "/proc/self/status", "can't be read, and nothing else tells the memory");
    const MemoryMoment moment{.use = *use,
                              .faults = {.minor = now.minor_faults - last_.minor_faults,
                                         .major = now.major_faults - last_.major_faults}};
    last_ = os::process_usage();
    return moment;
  }

 private:
  os::ProcessUsage last_ = os::process_usage();
};

/// Looks at one byte of every page.
Result<void> touch(ByteView bytes, const std::stop_token& stop) {
  for (std::size_t at = 0; at < bytes.size(); at += os::page_size()) {
    if (at % kPollEvery == 0) FOLIO_TRY(bench::check_stop(stop));
    static_cast<void>(*static_cast<const volatile std::byte*>(&bytes[at]));
  }
  return {};
}

}  // namespace

Result<MemoryTour> watch_memory(const Stage& stage) {
  MemoryTour tour;
  Watch watch;
  tour.before = FOLIO_TRY(watch.take());
  {
    const Mapping mapping = FOLIO_TRY(Mapping::map(stage.file));
    const ByteView bytes = mapping.bytes();
    const std::size_t half = bytes.size() / 2 / os::page_size() * os::page_size();
    tour.mapping_size = bytes.size();
    tour.pages = (bytes.size() + os::page_size() - 1) / os::page_size();
    tour.mapped = FOLIO_TRY(watch.take());
    FOLIO_TRY(touch(bytes.first(half), stage.stop));
    tour.half_touched = FOLIO_TRY(watch.take());
    FOLIO_TRY(touch(bytes.subspan(half), stage.stop));
    tour.all_touched = FOLIO_TRY(watch.take());
  }
  tour.unmapped = FOLIO_TRY(watch.take());
  tour.cached = bench::cached_share(stage.file, {0, stage.file.size()});
  return tour;
}

}  // namespace folio::demo
