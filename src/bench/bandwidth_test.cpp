// SPDX-License-Identifier: Apache-2.0
#include "bench/bandwidth.h"

#include <gtest/gtest.h>

namespace folio::bench {
namespace {

using std::chrono::milliseconds;

TEST(Bandwidth, ReadsAllBytesInSeveralRoundsWithAnyNumberOfThreads) {
  for (unsigned threads : {1U, 2U, 5U}) {
    const auto measured = measure_read_bandwidth(threads, (4U << 20) + 13, milliseconds{5});
    ASSERT_TRUE(measured) << measured.error().message();
    EXPECT_EQ(measured->threads, threads);
    EXPECT_EQ(measured->bytes, (4U << 20) + 13);
    EXPECT_GE(measured->rounds, 3U);
    EXPECT_GE(measured->best, measured->median);
    EXPECT_GT(measured->median, 0);
  }
}

TEST(Bandwidth, TakesTheCoresOfTheProcessByDefault) {
  const auto measured = measure_read_bandwidth(0, 1U << 20, milliseconds{0});
  ASSERT_TRUE(measured) << measured.error().message();
  EXPECT_GE(measured->threads, 1U);
  EXPECT_EQ(measured->rounds, 3U);
}

TEST(Bandwidth, RefusesLessMemoryThanThreadsCanShare) {
  const auto measured = measure_read_bandwidth(8, 100, milliseconds{0});
  ASSERT_FALSE(measured);
  EXPECT_EQ(measured.error().code, Errc::InvalidArgument);
}

}  // namespace
}  // namespace folio::bench
