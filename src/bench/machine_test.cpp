// SPDX-License-Identifier: Apache-2.0
#include "bench/machine.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "folio/limits.h"

namespace folio::bench {
namespace {

TEST(Machine, DescribesThisOne) {
  const Machine machine = describe_machine();
  EXPECT_THAT(machine.time, testing::MatchesRegex("20..-..-..T..:..:..Z"));
  EXPECT_NE(machine.kernel, "");
  EXPECT_EQ(machine.cores, machine_limits().cores);
  ASSERT_TRUE(machine.memory);
  EXPECT_GT(*machine.memory, 0U);
  EXPECT_LE(machine.memory_available.value_or(UINT64_MAX), *machine.memory);
  EXPECT_GE(machine.page_size, 4096U);
}

TEST(Machine, LeavesEmptyWhatIsNotThere) {
  const Machine machine = describe_machine("/nothing");
  EXPECT_EQ(machine.cpu, "");
  EXPECT_EQ(machine.memory, std::nullopt);
  EXPECT_EQ(machine.memory_available, std::nullopt);
  EXPECT_EQ(machine.memory_limit, std::nullopt);
  EXPECT_EQ(machine.thp, "");
}

TEST(Place, KeepsThePath) {
  const auto place = describe_place("/proc/../proc");
  ASSERT_TRUE(place) << place.error().message();
  EXPECT_EQ(place->path, "/proc/../proc");
  EXPECT_EQ(place->file_system, "proc");
  EXPECT_EQ(place->kind, FileSystemKind::Pseudo);
  EXPECT_EQ(place->device, "");
  EXPECT_EQ(place->large_folios, std::nullopt);
  EXPECT_FALSE(describe_place("/nothing/here"));
}

}  // namespace
}  // namespace folio::bench
