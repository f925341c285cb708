// SPDX-License-Identifier: Apache-2.0
#include "bench/access/limits.h"

#include <algorithm>
#include <chrono>

#include "bench/bandwidth.h"
#include "bench/disk_limits.h"
#include "core/try.h"
#include "folio/file.h"
#include "folio/limits.h"

namespace folio::bench {

namespace {

constexpr double kShareOfBudget = 0.1;
constexpr double kMemorySeconds = 2;
constexpr double kDiskSeconds = 4;

std::chrono::nanoseconds nanoseconds(double seconds) {
  return std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::duration<double>(seconds));
}

Limit disk_limit(LimitKind kind, const DiskRate& rate) {
  return {.kind = kind,
          .threads = 1,
          .bytes_per_second = rate.bytes_per_second,
          .operations_per_second = rate.operations_per_second,
          .by = rate.by};
}

}  // namespace

Result<std::vector<Limit>> measure_limits(const std::string& path, const std::vector<unsigned>& threads,
                                          double budget, const std::stop_token& stop) {
  const double share = std::min(1.0, budget * kShareOfBudget / (kMemorySeconds + kDiskSeconds));
  const auto memory_budget = nanoseconds(share * kMemorySeconds / static_cast<double>(threads.size()));
  std::vector<Limit> limits;
  const std::uint64_t bytes = std::min(kBandwidthBytes, machine_limits().memory_available / 4);
  for (const unsigned count : threads) {
    FOLIO_TRY(check_stop(stop));
    const Bandwidth memory = FOLIO_TRY(measure_read_bandwidth(count, bytes, memory_budget));
    limits.push_back({.kind = LimitKind::Memory,
                      .threads = count,
                      .bytes_per_second = memory.best,
                      .operations_per_second = {},
                      .by = "sum of anonymous memory in 2 MiB pages"});
  }
  const File file = FOLIO_TRY(File::open(path));
  const auto disk = measure_disk(file, nanoseconds(share * kDiskSeconds), stop);
  if (!disk) {
    if (disk.error().code == Errc::Unsupported) return limits;
    return std::unexpected(disk.error());
  }
  limits.push_back(disk_limit(LimitKind::DiskSequential, disk->sequential));
  for (const DiskRate& rate : disk->random) limits.push_back(disk_limit(LimitKind::DiskRandom, rate));
  return limits;
}

}  // namespace folio::bench
