// SPDX-License-Identifier: Apache-2.0
#include "folio/limits.h"

#include <gtest/gtest.h>
#include <sched.h>

#include <string>

#include "os/scratch_for_test.h"

namespace folio {
namespace {

using os::ScratchFolder;

constexpr std::uint64_t kGiB = 1ULL << 30;

unsigned own_cores() {
  cpu_set_t set;
  return ::sched_getaffinity(0, sizeof set, &set) == 0 ? static_cast<unsigned>(CPU_COUNT(&set)) : 1;
}

/// A machine with 16 GiB, of which 10 are available.
void add_meminfo(const ScratchFolder& root) {
  root.text("proc/meminfo",
            "MemTotal:       16777216 kB\nMemFree:         1048576 kB\nMemAvailable:   10485760 kB\n");
}

TEST(MachineLimits, OfThisMachine) {
  const MachineLimits limits = machine_limits();
  EXPECT_GE(limits.cores, 1U);
  EXPECT_LE(limits.cores, own_cores());
  EXPECT_GT(limits.memory_total, 0U);
  EXPECT_GT(limits.memory_available, 0U);
  EXPECT_LE(limits.memory_available, limits.memory_total);
}

TEST(MachineLimits, AffinityLimitsTheCores) {
  const int status = os::in_child([] {
    cpu_set_t one;
    CPU_ZERO(&one);
    CPU_SET(static_cast<std::size_t>(::sched_getcpu()), &one);
    if (::sched_setaffinity(0, sizeof one, &one) != 0) return 0;
    return machine_limits().cores == 1 ? 0 : 1;
  });
  EXPECT_TRUE(os::exited_with(status, 0));
}

TEST(MachineLimits, WithoutAnySource) {
  const ScratchFolder root;
  const MachineLimits limits = machine_limits(root.path());
  EXPECT_EQ(limits.cores, own_cores());
  EXPECT_EQ(limits.memory_total, 0U);
}

TEST(MachineLimits, WithoutCgroups) {
  const ScratchFolder root;
  add_meminfo(root);
  const MachineLimits limits = machine_limits(root.path());
  EXPECT_EQ(limits.memory_total, 16 * kGiB);
  EXPECT_EQ(limits.memory_available, 10 * kGiB);
}

TEST(MachineLimits, Version2WithParents) {
  const ScratchFolder root;
  add_meminfo(root);
  root.text("proc/self/cgroup", "0::/user.slice/job\n");
  root.text("sys/fs/cgroup/user.slice/job/cpu.max", "max 100000\n");
  root.text("sys/fs/cgroup/user.slice/cpu.max", "50000 100000\n");  // half a core is still one thread
  root.text("sys/fs/cgroup/user.slice/job/memory.max", "max\n");
  root.text("sys/fs/cgroup/user.slice/memory.max", std::to_string(4 * kGiB) + "\n");
  root.text("sys/fs/cgroup/user.slice/memory.current", std::to_string(3 * kGiB) + "\n");
  // Page cache that would be dropped for us is no use of memory.
  root.text("sys/fs/cgroup/user.slice/memory.stat",
            "anon 5\ninactive_anon 7\ninactive_file " + std::to_string(kGiB) + "\n");
  const MachineLimits limits = machine_limits(root.path());
  EXPECT_EQ(limits.cores, 1U);
  EXPECT_EQ(limits.memory_total, 4 * kGiB);
  EXPECT_EQ(limits.memory_available, 2 * kGiB);
}

TEST(MachineLimits, QuotaIsRoundedUp) {
  const ScratchFolder root;
  root.text("proc/self/cgroup", "0::/\n");
  root.text("sys/fs/cgroup/cpu.max", "100001 100000\n");
  EXPECT_EQ(machine_limits(root.path()).cores, std::min(2U, own_cores()));
  root.text("sys/fs/cgroup/cpu.max", "100000 100000\n");
  EXPECT_EQ(machine_limits(root.path()).cores, 1U);
  root.text("sys/fs/cgroup/cpu.max", "1000 0\n");
  EXPECT_EQ(machine_limits(root.path()).cores, own_cores());
}

TEST(MachineLimits, Version2InAContainer) {
  // The path of the host, which is not mounted here: the mount is this process's own group.
  const ScratchFolder root;
  add_meminfo(root);
  root.text("proc/self/cgroup", "0::/../../docker/abcdef\n");
  root.text("sys/fs/cgroup/memory.max", std::to_string(kGiB) + "\n");
  root.text("sys/fs/cgroup/memory.current", std::to_string(2 * kGiB) + "\n");  // over its limit
  const MachineLimits limits = machine_limits(root.path());
  EXPECT_EQ(limits.memory_total, kGiB);
  EXPECT_EQ(limits.memory_available, 0U);
}

TEST(MachineLimits, Version1) {
  const ScratchFolder root;
  add_meminfo(root);
  root.text("proc/self/cgroup", "5:memory:/job\n4:cpu,cpuacct:/job\n1:name=systemd:/job\n0::/job\n");
  root.text("sys/fs/cgroup/cpu,cpuacct/job/cpu.cfs_quota_us", "100000\n");
  root.text("sys/fs/cgroup/cpu,cpuacct/job/cpu.cfs_period_us", "100000\n");
  root.text("sys/fs/cgroup/memory/job/memory.limit_in_bytes", std::to_string(2 * kGiB) + "\n");
  root.text("sys/fs/cgroup/memory/job/memory.usage_in_bytes", std::to_string(kGiB) + "\n");
  root.text("sys/fs/cgroup/memory/job/memory.stat",
            "inactive_file 1\ntotal_inactive_file " + std::to_string(kGiB / 2) + "\n");
  const MachineLimits limits = machine_limits(root.path());
  EXPECT_EQ(limits.cores, 1U);
  EXPECT_EQ(limits.memory_total, 2 * kGiB);
  EXPECT_EQ(limits.memory_available, kGiB + kGiB / 2);
}

TEST(MachineLimits, Version1WithoutLimits) {
  const ScratchFolder root;
  add_meminfo(root);
  root.text("proc/self/cgroup", "5:memory:/\n4:cpu:/\n");
  root.text("sys/fs/cgroup/cpu/cpu.cfs_quota_us", "-1\n");
  root.text("sys/fs/cgroup/cpu/cpu.cfs_period_us", "100000\n");
  root.text("sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712\n");
  root.text("sys/fs/cgroup/memory/memory.usage_in_bytes", "12345\n");
  const MachineLimits limits = machine_limits(root.path());
  EXPECT_EQ(limits.cores, own_cores());
  EXPECT_EQ(limits.memory_total, 16 * kGiB);
  EXPECT_EQ(limits.memory_available, 10 * kGiB);
}

TEST(MachineLimits, NonsenseDoesNotLimit) {
  const ScratchFolder root;
  add_meminfo(root);
  root.text("proc/self/cgroup", "nonsense\n::\n0:\n0::/a/b/c\n");
  for (const char* text : {"", "\n", "x", "99999999999999999999999", "max", "-5"}) {
    root.text("sys/fs/cgroup/cpu.max", text);
    root.text("sys/fs/cgroup/memory.max", text);
    const MachineLimits limits = machine_limits(root.path());
    EXPECT_EQ(limits.cores, own_cores()) << text;
    EXPECT_EQ(limits.memory_total, 16 * kGiB) << text;
  }
}

}  // namespace
}  // namespace folio
