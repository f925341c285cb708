// SPDX-License-Identifier: Apache-2.0
// The choice of a place on made-up systems, and a real group, entered by a child so that this program stays
// unlimited.
#include "os/memory_group.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <fstream>
#include <string>
#include <vector>

#include "folio/limits.h"
#include "os/memory_group_place.h"
#include "os/scratch_for_test.h"

namespace folio::os {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using Controller = GroupParent::Controller;
using Version = GroupParent::Version;

TEST(MemoryGroupPlace, NowhereWithoutCgroups) {
  const ScratchFolder root;
  EXPECT_THAT(group_parents(root.path()), IsEmpty());
  root.text("proc/self/cgroup", "nonsense\n0::/\n3:cpu:/a\n4:memory:/a\n");
  EXPECT_THAT(group_parents(root.path()), IsEmpty());
}

TEST(MemoryGroupPlace, Version1TakesTheOwnGroup) {
  const ScratchFolder root;
  root.text("proc/self/cgroup", "5:cpu:/x\n4:memory:/job/a\n0::/\n");
  root.text("sys/fs/cgroup/memory/memory.limit_in_bytes", "1\n");
  root.text("sys/fs/cgroup/memory/job/a/memory.limit_in_bytes", "1\n");
  const auto own = root.path() / "sys/fs/cgroup/memory/job/a";
  EXPECT_THAT(group_parents(root.path()),
              ElementsAre(GroupParent{Version::One, Controller::Enabled, own, own}));
}

TEST(MemoryGroupPlace, Version1TakesTheMountWhereTheHostsPathIsShown) {
  const ScratchFolder root;
  root.text("sys/fs/cgroup/memory/memory.limit_in_bytes", "1\n");
  const auto mount = root.path() / "sys/fs/cgroup/memory";
  for (const char* path : {"/docker/abc", "/../..", "/"}) {
    root.text("proc/self/cgroup", "4:memory:" + std::string{path} + "\n");
    EXPECT_THAT(group_parents(root.path()),
                ElementsAre(GroupParent{Version::One, Controller::Enabled, mount, mount}))
        << path;
  }
}

TEST(MemoryGroupPlace, Version1BesideAnotherController) {
  const ScratchFolder root;
  root.text("proc/self/cgroup", "4:hugetlb,memory:/\n");
  root.text("sys/fs/cgroup/hugetlb,memory/memory.limit_in_bytes", "1\n");
  const auto mount = root.path() / "sys/fs/cgroup/hugetlb,memory";
  EXPECT_THAT(group_parents(root.path()),
              ElementsAre(GroupParent{Version::One, Controller::Enabled, mount, mount}));
}

TEST(MemoryGroupPlace, Version2TakesADelegatedGroupThenTheNearestAboveWithTheController) {
  const ScratchFolder root;
  root.text("proc/self/cgroup", "0::/user/scope\n");
  root.text("sys/fs/cgroup/cgroup.subtree_control", "cpu memory pids\n");
  root.text("sys/fs/cgroup/user/cgroup.subtree_control", "pids memory\n");
  root.text("sys/fs/cgroup/user/scope/cgroup.controllers", "memory pids\n");
  root.text("sys/fs/cgroup/user/scope/cgroup.subtree_control", "\n");
  const auto own = root.path() / "sys/fs/cgroup/user/scope";
  EXPECT_THAT(group_parents(root.path()),
              ElementsAre(GroupParent{Version::Two, Controller::ToEnable, own, own},
                          GroupParent{Version::Two, Controller::Enabled, own.parent_path(), own}));
}

TEST(MemoryGroupPlace, Version2WithoutTheController) {
  const ScratchFolder root;
  root.text("proc/self/cgroup", "0::/a\n");
  root.text("sys/fs/cgroup/cgroup.subtree_control", "cpu memory.x\n");
  root.text("sys/fs/cgroup/a/cgroup.controllers", "cpu\n");
  EXPECT_THAT(group_parents(root.path()), IsEmpty());
}

TEST(MemoryGroupPlace, Version2AtTheRoot) {
  const ScratchFolder root;
  root.text("proc/self/cgroup", "0::/\n");
  root.text("sys/fs/cgroup/unified/cgroup.subtree_control", "memory\n");
  const auto mount = root.path() / "sys/fs/cgroup/unified";
  EXPECT_THAT(group_parents(root.path()),
              ElementsAre(GroupParent{Version::Two, Controller::Enabled, mount, mount}));
}

TEST(MemoryGroupPlace, StaleGroupsAreThoseOfDeadProcesses) {
  const ScratchFolder folder;
  const pid_t dead = ::fork();
  if (dead == 0) ::_exit(0);
  ASSERT_EQ(::waitpid(dead, nullptr, 0), dead);
  for (const std::string& name : {group_name(dead), group_name(::getpid()), std::string{"folio-"},
                                  std::string{"folio-0"}, std::string{"folio-12x"}, std::string{"other-5"}})
    std::filesystem::create_directory(folder.path() / name);
  EXPECT_THAT(stale_groups(folder.path()), ElementsAre(folder.path() / group_name(dead)));
  EXPECT_THAT(stale_groups(folder.path() / "none"), IsEmpty());
}

constexpr std::uint64_t kLimit = 32ULL << 20;
constexpr int kNotAllowed = 77;  // exit status of a child

/// Writes twice the limit through the page cache; the most that was charged meanwhile.
std::uint64_t usage_while_writing(const MemoryGroup& group, const std::filesystem::path& path) {
  const std::string mebibyte(1 << 20, 'x');
  std::ofstream file(path, std::ios::binary);
  std::uint64_t most = 0;
  for (std::uint64_t written = 0; written < 2 * kLimit; written += mebibyte.size()) {
    file << mebibyte << std::flush;
    most = std::max(most, group.usage());
  }
  return most;
}

/// 0, or the number of what went wrong.
int stay_in_group(const std::filesystem::path& folder) {
  const std::string before = read_whole("/proc/self/cgroup");
  std::filesystem::path path;
  {
    const auto group = MemoryGroup::enter(kLimit);
    if (!group) return group.error().code == Errc::Unsupported ? kNotAllowed : 1;
    path = group->path();
    if (read_whole("/proc/self/cgroup") == before) return 2;
    if (machine_limits().memory_total != kLimit) return 3;
    const std::uint64_t usage = usage_while_writing(*group, folder / "file");
    if (usage < kLimit / 4 || usage > kLimit) return 4;
  }
  if (read_whole("/proc/self/cgroup") != before) return 5;
  return std::filesystem::exists(path) ? 6 : 0;
}

TEST(MemoryGroup, LimitsThisProcessForATime) {
  const ScratchFolder folder{std::filesystem::current_path()};
  const int status = in_child([&] { return stay_in_group(folder.path()); });
  if (exited_with(status, kNotAllowed)) GTEST_SKIP() << "no memory cgroup may be made here";
  EXPECT_TRUE(exited_with(status, 0)) << status;
}

TEST(MemoryGroup, TheGroupOfAKilledProcessIsRemovedByTheNext) {
  const ScratchFolder folder;
  const int killed = in_child([&] {
    const auto group = MemoryGroup::enter(kLimit);
    if (!group) return kNotAllowed;
    (void)folder.text("path", group->path().string());
    ::raise(SIGKILL);
    return 0;
  });
  if (exited_with(killed, kNotAllowed)) GTEST_SKIP() << "no memory cgroup may be made here";
  const std::filesystem::path stale = read_whole(folder.path() / "path");
  ASSERT_TRUE(std::filesystem::exists(stale)) << stale;
  EXPECT_TRUE(exited_with(in_child([] { return MemoryGroup::enter(kLimit) ? 0 : 1; }), 0));
  EXPECT_FALSE(std::filesystem::exists(stale)) << stale;
}

TEST(MemoryGroup, MovesChildrenBackToo) {
  const int status = in_child([] {
    pid_t child = 0;
    const std::string before = read_whole("/proc/self/cgroup");
    std::filesystem::path path;
    {
      const auto group = MemoryGroup::enter(kLimit);
      if (!group) return kNotAllowed;
      path = group->path();
      child = ::fork();
      if (child == 0) {
        ::pause();
        ::_exit(0);
      }
    }
    const bool moved = read_whole("/proc/" + std::to_string(child) + "/cgroup") == before;
    ::kill(child, SIGKILL);
    (void)::waitpid(child, nullptr, 0);
    return moved && !std::filesystem::exists(path) ? 0 : 1;
  });
  if (exited_with(status, kNotAllowed)) GTEST_SKIP() << "no memory cgroup may be made here";
  EXPECT_TRUE(exited_with(status, 0)) << status;
}

TEST(MemoryGroup, RefusesALimitThatLeavesNoRoom) {
  for (const std::uint64_t limit : {std::uint64_t{0}, std::uint64_t{4096}}) {
    const auto group = MemoryGroup::enter(limit);
    ASSERT_FALSE(group);
    EXPECT_EQ(group.error().code, Errc::InvalidArgument);
  }
}

TEST(MemoryGroup, SaysWhatWouldHelpWhereItIsNotAllowed) {
  const int status = in_child([] {
    if (::setresuid(65534, 65534, 65534) != 0) return kNotAllowed;
    const auto group = MemoryGroup::enter(kLimit);
    if (group) return kNotAllowed;  // delegated to everybody
    if (group.error().code != Errc::Unsupported) return 1;
    return group.error().message().find("systemd-run") == std::string::npos ? 2 : 0;
  });
  if (exited_with(status, kNotAllowed)) GTEST_SKIP() << "the user cannot be changed here";
  EXPECT_TRUE(exited_with(status, 0)) << status;
}

}  // namespace
}  // namespace folio::os
