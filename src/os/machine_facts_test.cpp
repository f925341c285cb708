// SPDX-License-Identifier: Apache-2.0
#include "os/machine_facts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <string>

#include "os/mount_table.h"
#include "os/scratch_for_test.h"

namespace folio::os {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(MachineFacts, OfThisMachine) {
  EXPECT_NE(kernel_release(), "");
  EXPECT_GT(physical_memory().value_or(0), 0U);
}

TEST(MachineFacts, WithoutAnySource) {
  const ScratchFolder root;
  EXPECT_EQ(cpu_model(root.path()), "");
  EXPECT_EQ(physical_memory(root.path()), std::nullopt);
  EXPECT_EQ(transparent_huge_pages(root.path()), "");
  EXPECT_THAT(mitigations(root.path()), IsEmpty());
}

TEST(MachineFacts, NameOfTheProcessor) {
  const ScratchFolder root;
  root.text("proc/cpuinfo", "processor\t: 0\ncpu family\t: 6\nmodel\t\t: 85\nmodel name\t: Xeon: 3 GHz \n");
  EXPECT_EQ(cpu_model(root.path()), "Xeon: 3 GHz");
  root.text("proc/cpuinfo", "processor\t: 0\ncpu\t\t: POWER9\n");
  EXPECT_EQ(cpu_model(root.path()), "POWER9");
  root.text("proc/cpuinfo", "model name\nmodel name :\n: x\n");
  EXPECT_EQ(cpu_model(root.path()), "");
  root.text("proc/cpuinfo", "model name : a\x1b[31m\xff" + std::string(1 << 20, 'x'));
  EXPECT_THAT(cpu_model(root.path()), testing::StartsWith("a?[31m?xxx"));
  EXPECT_EQ(cpu_model(root.path()).size(), 256U);
}

TEST(MachineFacts, Memory) {
  const ScratchFolder root;
  root.text("proc/meminfo", "MemTotal:       16777216 kB\n");
  EXPECT_EQ(physical_memory(root.path()), 16ULL << 30);
  for (const char* text : {"", "MemTotal:", "MemTotal: x", "MemTotal: 18446744073709551615 kB"}) {
    root.text("proc/meminfo", text);
    EXPECT_EQ(physical_memory(root.path()), std::nullopt) << text;
  }
}

TEST(MachineFacts, HugePages) {
  const ScratchFolder root;
  for (const auto& [text, chosen] :
       std::initializer_list<std::pair<const char*, const char*>>{{"always [madvise] never\n", "madvise"},
                                                                  {"always madvise never", ""},
                                                                  {"]x[", ""},
                                                                  {"[", ""},
                                                                  {"", ""}}) {
    root.text("sys/kernel/mm/transparent_hugepage/enabled", text);
    EXPECT_EQ(transparent_huge_pages(root.path()), chosen) << text;
  }
}

TEST(MachineFacts, MitigationsInOrderOfTheirNames) {
  const ScratchFolder root;
  root.text("sys/devices/system/cpu/vulnerabilities/spectre_v2", "Mitigation: Retpolines; X\n");
  root.text("sys/devices/system/cpu/vulnerabilities/meltdown", "Not affected\n");
  root.text("sys/devices/system/cpu/vulnerabilities/folder/x", "skipped");
  EXPECT_THAT(mitigations(root.path()), ElementsAre(Mitigation{"meltdown", "Not affected"},
                                                    Mitigation{"spectre_v2", "Mitigation: Retpolines; X"}));
}

TEST(MountTable, TakesTheLongestPointAndTheLastMountOnIt) {
  const std::string table =
      "1 0 8:1 / / rw - ext4 /dev/sda1 rw\n"
      "2 1 8:2 / /data rw shared:1 master:2 - xfs /dev/sda2 rw\n"
      "3 1 0:5 / /data rw - tmpfs none rw\n"
      "nonsense\n\n1 2 3 4 5 6 -\n"
      "4 1 0:6 / /with\\040blank\\ rw - fuse.x a\\011b rw\n";
  const auto type_at = [&](std::string_view path) {
    const auto mount = find_mount(table, path);
    return mount ? mount->type : std::string{};
  };
  EXPECT_EQ(type_at("/"), "ext4");
  EXPECT_EQ(type_at("/data"), "tmpfs");
  EXPECT_EQ(type_at("/data/x/y"), "tmpfs");
  EXPECT_EQ(type_at("/database"), "ext4");
  EXPECT_EQ(type_at("/with blank\\/x"), "fuse.x");
  EXPECT_EQ(type_at("relative"), "");
  EXPECT_EQ(type_at(""), "");
  EXPECT_EQ(find_mount("", "/"), std::nullopt);
  EXPECT_EQ(find_mount(table, "/with blank\\")->source, "a\tb");
}

/// A root in which everything lies on partition 8:2 of a disk.
void add_disk(const ScratchFolder& root) {
  root.text("proc/self/mountinfo", "1 0 8:2 / / rw - xfs /dev/sda2 rw\n");
  root.text("sys/devices/sda/queue/rotational", "1\n");
  root.text("sys/devices/sda/queue/read_ahead_kb", "128\n");
  root.text("sys/devices/sda/sda2/partition", "2\n");
  std::filesystem::create_directories(root.path() / "sys/dev/block");
  std::filesystem::create_directory_symlink("../../devices/sda/sda2", root.path() / "sys/dev/block/8:2");
}

TEST(PlaceFacts, OfAPartition) {
  const ScratchFolder root;
  add_disk(root);
  const auto facts = place_facts(root.path(), root.path());
  ASSERT_TRUE(facts) << facts.error().message();
  EXPECT_EQ(facts->file_system, "xfs");
  EXPECT_EQ(facts->device, "sda2");
  EXPECT_EQ(facts->rotational, true);
  EXPECT_EQ(facts->readahead, 128U << 10);
}

TEST(PlaceFacts, TheReadaheadOfTheFileSystemCountsFirst) {
  const ScratchFolder root;
  add_disk(root);
  root.text("sys/class/bdi/8:2/read_ahead_kb", "4096\n");
  EXPECT_EQ(place_facts(root.path(), root.path())->readahead, 4U << 20);
}

TEST(PlaceFacts, WithoutADevice) {
  const ScratchFolder root;
  root.text("proc/self/mountinfo", "1 0 0:40 / / rw - nfs4 server:/x rw\n");
  root.text("sys/class/bdi/0:40/read_ahead_kb", "nonsense");
  const auto facts = place_facts(root.path(), root.path());
  ASSERT_TRUE(facts);
  EXPECT_EQ(facts->file_system, "nfs4");
  EXPECT_EQ(facts->device, "");
  EXPECT_EQ(facts->rotational, std::nullopt);
  EXPECT_EQ(facts->readahead, std::nullopt);
}

TEST(PlaceFacts, WithoutAnySource) {
  const ScratchFolder root;
  const auto facts = place_facts(root.path(), root.path());
  ASSERT_TRUE(facts);
  EXPECT_EQ(facts->file_system, "");
}

TEST(PlaceFacts, OfThisMachine) {
  EXPECT_EQ(place_facts("/proc")->file_system, "proc");
  EXPECT_EQ(place_facts("/proc")->kind, FileSystemKind::Pseudo);
  const ScratchFolder folder;
  ASSERT_EQ(::mkfifo((folder.path() / "pipe").c_str(), 0600), 0);
  const auto pipe = place_facts(folder.path() / "pipe");  // does not wait for a writer
  ASSERT_TRUE(pipe);
  EXPECT_EQ(pipe->file_system, place_facts(folder.path())->file_system);
}

TEST(PlaceFacts, FailsWhereNothingIs) {
  const auto facts = place_facts("/nothing/here");
  ASSERT_FALSE(facts);
  EXPECT_EQ(facts.error().code, Errc::NotFound);
}

}  // namespace
}  // namespace folio::os
