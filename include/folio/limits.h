// SPDX-License-Identifier: Apache-2.0
// What this process may use: cores by affinity and cgroup quota, memory by availability and cgroup limit.
//
// Ownership: plain values. Threads: any. Errors: none; a source that can't be read does not limit.
// Sources: sched_getaffinity(2); cpu.max, memory.max and memory.current of this process's cgroup (v2) and all
// its parents; cpu.cfs_quota_us, cpu.cfs_period_us, memory.limit_in_bytes and memory.usage_in_bytes (v1);
// /proc/meminfo.
#pragma once

#include <cstdint>
#include <filesystem>

namespace folio {

struct MachineLimits {
  unsigned cores = 1;  ///< At least 1: min(affinity, quota rounded up).
  std::uint64_t memory_available =
      0;  ///< Bytes that can be used without swapping: min(MemAvailable, cgroup rest).
  std::uint64_t memory_total = 0;  ///< Bytes: min(physical memory, cgroup limit).
};

/// The limits now. `root` is where /proc and /sys/fs/cgroup are found; tests give a folder of their own.
[[nodiscard]] MachineLimits machine_limits(const std::filesystem::path& root = "/");

}  // namespace folio
