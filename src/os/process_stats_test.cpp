// SPDX-License-Identifier: Apache-2.0
#include "os/process_stats.h"

#include <gtest/gtest.h>

#include <cstddef>

#include "folio/mapping.h"

namespace folio::os {
namespace {

constexpr std::uint64_t kSize = 64ULL << 20;
constexpr std::uint64_t kSlack = 8ULL << 20;

TEST(ProcessStats, AnonymousMemoryCountsWhenItIsTouched) {
  const auto before = memory_use();
  auto memory = Mapping::anonymous(kSize, HugePages::Never);
  const auto mapped = memory_use();
  const ProcessUsage faults_before = process_usage();
  ASSERT_TRUE(before && memory && mapped);
  for (std::uint64_t at = 0; at < kSize; at += page_size()) memory->writable_bytes()[at] = std::byte{1};
  const ProcessUsage faults = process_usage();
  const auto touched = memory_use();
  ASSERT_TRUE(touched);

  EXPECT_GE(mapped->address_space, before->address_space + kSize);
  EXPECT_LT(mapped->anonymous, before->anonymous + kSlack);
  EXPECT_GT(touched->anonymous, mapped->anonymous + kSize - kSlack);
  EXPECT_EQ(touched->resident, touched->anonymous + touched->file_backed);
  EXPECT_GT(touched->file_backed, 0U) << "the program itself is a mapped file";
  EXPECT_GT(faults.minor_faults, faults_before.minor_faults);
  EXPECT_GE(process_usage().minor_faults, thread_faults().minor);
}

}  // namespace
}  // namespace folio::os
