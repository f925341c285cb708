// SPDX-License-Identifier: Apache-2.0
// The walk in the order of a time: all files are found, sorted and then visited. Equal times are in order of
// paths.
#include <algorithm>
#include <atomic>
#include <tuple>
#include <utility>
#include <vector>

#include "walk/parallel_walk.h"
#include "walk/sorted_walk.h"

namespace folio::walk_detail {

namespace {

struct TimedFile {
  std::int64_t time_ns = 0;
  std::string path;
  WalkOrigin origin = WalkOrigin::Found;
};

std::int64_t time_of(const os::EntryFacts& facts, WalkSort sort) {
  if (sort == WalkSort::Accessed) return facts.accessed_ns;
  if (sort == WalkSort::Created) return facts.created_ns;
  return facts.modified_ns;
}

std::vector<TimedFile> gathered(std::vector<std::vector<TimedFile>> parts) {
  std::vector<TimedFile> all;
  for (auto& part : parts) std::ranges::move(part, std::back_inserter(all));
  return all;
}

void sort_files(std::vector<TimedFile>& files, SortOrder order) {
  std::ranges::sort(files, [order](const TimedFile& a, const TimedFile& b) {
    const auto by_time = [](const TimedFile& x, const TimedFile& y) {
      return std::tie(x.time_ns, x.path) < std::tie(y.time_ns, y.path);
    };
    return order == SortOrder::Ascending ? by_time(a, b) : by_time(b, a);
  });
}

}  // namespace

WalkReport walk_by_time(std::span<const std::string> roots, Lister& lister, Crew& finders, Crew& crew,
                        const WalkOptions& options, const WalkVisit& visit) {
  std::vector<std::vector<TimedFile>> parts(finders.threads());
  WalkReport report = walk_in_parallel(roots, lister, finders, [&](const WalkEntry& entry) {
    const auto facts = os::entry_facts(entry.directory, entry.name, os::Links::Follow);
    parts[entry.worker].push_back({.time_ns = facts ? time_of(*facts, options.sort) : 0,
                                   .path = std::string(entry.path),
                                   .origin = entry.origin});
    return WalkFlow::Continue;
  });
  report.files = 0;
  if (!report.is_complete) return report;
  std::vector<TimedFile> files = gathered(std::move(parts));
  sort_files(files, options.order);
  std::atomic<std::uint64_t> cursor{0};
  crew.run([&](unsigned worker) {
    while (!crew.is_stopped()) {
      const std::uint64_t index = cursor.fetch_add(1);
      if (index >= files.size()) return;
      crew.grow();
      const TimedFile& file = files[index];
      const WalkEntry entry{.path = file.path,
                            .directory = os::kCurrentDirectory,
                            .name = file.path.c_str(),
                            .origin = file.origin,
                            .index = index,
                            .worker = worker};
      if (visit(entry) == WalkFlow::Stop) crew.stop();
    }
  });
  report.files = std::min<std::uint64_t>(cursor, files.size());
  report.is_complete = !crew.is_stopped();
  return report;
}

}  // namespace folio::walk_detail
