// SPDX-License-Identifier: Apache-2.0
// Affinity, cgroup quotas and limits of both versions, and /proc/meminfo.
#include "folio/limits.h"

#include <sched.h>

#include <algorithm>
#include <cerrno>
#include <optional>
#include <string_view>

#include "os/kernel_text.h"

namespace folio {

namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kNoLimit = UINT64_MAX;
// cgroup v1 writes "no limit" as a number near 2^63, rounded to pages.
constexpr std::uint64_t kAbsurdLimit = 1ULL << 60;

unsigned affinity_cores() {
  // The kernel refuses a set that is smaller than its own; no machine has more than this.
  constexpr std::size_t kCoresMax = 1U << 20;
  for (std::size_t cores = 1024; cores <= kCoresMax; cores *= 2) {
    cpu_set_t* const set = CPU_ALLOC(cores);
    if (set == nullptr) return 1;
    const std::size_t size = CPU_ALLOC_SIZE(cores);
    const int result = ::sched_getaffinity(0, size, set);
    const int problem = errno;
    const int count = result == 0 ? CPU_COUNT_S(size, set) : 0;
    CPU_FREE(set);
    if (result == 0) return static_cast<unsigned>(std::max(count, 1));
    if (problem != EINVAL) return 1;
  }
  return 1;
}

struct Limits {
  std::uint64_t cores = kNoLimit;
  std::uint64_t memory = kNoLimit;
  std::uint64_t memory_left = kNoLimit;

  void limit_cores(std::uint64_t quota, std::uint64_t period) {
    if (period == 0) return;
    cores = std::min(cores, std::max<std::uint64_t>(1, quota / period + (quota % period != 0 ? 1 : 0)));
  }

  /// `used` without the page cache that the kernel would drop for us.
  void limit_memory(std::uint64_t limit, std::uint64_t used, std::uint64_t reclaimable) {
    if (limit >= kAbsurdLimit) return;
    used -= std::min(used, reclaimable);
    memory = std::min(memory, limit);
    memory_left = std::min(memory_left, limit - std::min(used, limit));
  }
};

void apply_v2_cpu(const fs::path& group, Limits& limits) {
  const auto text = os::read_text(group / "cpu.max");
  if (!text) return;
  const auto parts = os::split(*text, ' ');
  const auto quota = os::parse_number(parts[0]);
  const auto period = parts.size() > 1 ? os::parse_number(parts[1]) : std::optional<std::uint64_t>{100'000};
  if (quota && period) limits.limit_cores(*quota, *period);
}

void apply_v2_memory(const fs::path& group, Limits& limits) {
  const auto limit = os::read_number(group / "memory.max");
  if (!limit) return;
  limits.limit_memory(*limit, os::read_number(group / "memory.current").value_or(0),
                      os::read_field(group / "memory.stat", "inactive_file").value_or(0));
}

void apply_v1_cpu(const fs::path& group, Limits& limits) {
  const auto quota = os::read_number(group / "cpu.cfs_quota_us");  // -1: none
  const auto period = os::read_number(group / "cpu.cfs_period_us");
  if (quota && period) limits.limit_cores(*quota, *period);
}

void apply_v1_memory(const fs::path& group, Limits& limits) {
  const auto limit = os::read_number(group / "memory.limit_in_bytes");
  if (!limit) return;
  limits.limit_memory(*limit, os::read_number(group / "memory.usage_in_bytes").value_or(0),
                      os::read_field(group / "memory.stat", "total_inactive_file").value_or(0));
}

/// Calls `apply` for the group and all its parents up to the mount. A path that is not there (in a container
/// the kernel may show the host's path) leaves the mount itself, which then is this process's own group.
template <class Apply>
void for_group_and_parents(const fs::path& mount, const os::OwnCgroup& group, Limits& limits, Apply apply) {
  for (fs::path relative = os::path_below_mount(group); !relative.empty(); relative = relative.parent_path())
    apply(mount / relative, limits);
  apply(mount, limits);
}

Limits cgroup_limits(const fs::path& root) {
  Limits limits;
  const fs::path mounts = root / "sys/fs/cgroup";
  for (const os::OwnCgroup& group : os::own_cgroups(root)) {
    if (group.controllers.empty()) {
      // Beside v1 hierarchies, v2 is mounted one level deeper.
      for (const fs::path& mount : {mounts, mounts / "unified"}) {
        for_group_and_parents(mount, group, limits, apply_v2_cpu);
        for_group_and_parents(mount, group, limits, apply_v2_memory);
      }
      continue;
    }
    for (const std::string_view controller : os::split(group.controllers, ',')) {
      for (const fs::path& mount : {mounts / controller, mounts / group.controllers}) {
        if (controller == "cpu") for_group_and_parents(mount, group, limits, apply_v1_cpu);
        if (controller == "memory") for_group_and_parents(mount, group, limits, apply_v1_memory);
      }
    }
  }
  return limits;
}

}  // namespace

MachineLimits machine_limits(const std::filesystem::path& root) {
  const Limits group = cgroup_limits(root);
  const fs::path meminfo = root / "proc/meminfo";
  // In KiB, whatever the unit is called there.
  const std::uint64_t total = os::read_field(meminfo, "MemTotal").value_or(0) * 1024;
  const std::uint64_t available = os::read_field(meminfo, "MemAvailable").value_or(total / 1024) * 1024;
  return {.cores = static_cast<unsigned>(std::min<std::uint64_t>(affinity_cores(), group.cores)),
          .memory_available = std::min(available, group.memory_left),
          .memory_total = std::min(total, group.memory)};
}

}  // namespace folio
