// SPDX-License-Identifier: Apache-2.0
// The io_uring queue on a real file, and waiting for input.
#include "os/uring.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cstring>
#include <string>
#include <vector>

#include "os/poll.h"

namespace folio::os {
namespace {

constexpr std::uint64_t kBufferSize = 8192;

class Uring : public testing::Test {
 protected:
  void SetUp() override {
    if (!uring_is_available()) GTEST_SKIP() << "io_uring is forbidden here";
    descriptor_ = ::open("/tmp", O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    ASSERT_GE(descriptor_, 0);
    for (unsigned at = 0; at < 40000; ++at) content_ += static_cast<char>('a' + at / 100 % 26);
    ASSERT_EQ(::write(descriptor_, content_.data(), content_.size()), static_cast<ssize_t>(content_.size()));
  }
  void TearDown() override {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  std::string content_;
  int descriptor_ = -1;
};

TEST_F(Uring, FinishesReadsInAnyOrder) {
  auto queue = UringQueue::create(descriptor_, 4, kBufferSize);
  ASSERT_TRUE(queue);
  for (int round = 0; round < 50; ++round) {
    for (unsigned slot = 0; slot < 4; ++slot)
      ASSERT_TRUE((*queue)->start(slot, slot * kBufferSize, kBufferSize));
    for (const unsigned slot : {2U, 0U, 3U, 1U}) {
      const auto got = (*queue)->finish(slot);
      ASSERT_TRUE(got);
      ASSERT_EQ(*got, kBufferSize);
      EXPECT_EQ(to_text((*queue)->buffer(slot)), content_.substr(slot * kBufferSize, kBufferSize));
    }
  }
}

TEST_F(Uring, FinishesEachReadOnceInTheOrderOfTheirEnds) {
  auto queue = UringQueue::create(descriptor_, 4, kBufferSize);
  ASSERT_TRUE(queue);
  for (unsigned slot = 0; slot < 4; ++slot)
    ASSERT_TRUE((*queue)->start(slot, slot * kBufferSize, kBufferSize));
  ASSERT_TRUE((*queue)->finish(2));
  std::vector<bool> seen(4);
  for (int left = 3; left > 0; --left) {
    const auto finished = (*queue)->finish_any();
    ASSERT_TRUE(finished);
    EXPECT_EQ(finished->bytes, kBufferSize);
    EXPECT_FALSE(seen[finished->slot]);
    seen[finished->slot] = true;
  }
  EXPECT_FALSE(seen[2]);
}

TEST_F(Uring, ReadsLessAtTheEndOfTheFile) {
  auto queue = UringQueue::create(descriptor_, 1, kBufferSize);
  ASSERT_TRUE(queue);
  ASSERT_TRUE((*queue)->start(0, 36864, kBufferSize));
  EXPECT_EQ((*queue)->finish(0).value_or(0), 40000U - 36864U);
  ASSERT_TRUE((*queue)->start(0, 1U << 20, kBufferSize));
  EXPECT_EQ((*queue)->finish(0).value_or(1), 0U);
}

TEST_F(Uring, ReportsAFailedRead) {
  const int write_only = ::open("/dev/null", O_WRONLY | O_CLOEXEC);
  ASSERT_GE(write_only, 0);
  auto queue = UringQueue::create(write_only, 1, kBufferSize);
  ASSERT_TRUE(queue);
  ASSERT_TRUE((*queue)->start(0, 0, kBufferSize));
  EXPECT_FALSE((*queue)->finish(0));
  ::close(write_only);
}

TEST_F(Uring, MayBeDestroyedWithReadsUnderWay) {
  for (int round = 0; round < 50; ++round) {
    auto queue = UringQueue::create(descriptor_, 4, kBufferSize);
    ASSERT_TRUE(queue);
    for (unsigned slot = 0; slot < 4; ++slot) ASSERT_TRUE((*queue)->start(slot, 0, kBufferSize));
  }
}

TEST(Poll, TellsWhetherInputIsThere) {
  int ends[2];
  ASSERT_EQ(::pipe2(ends, O_CLOEXEC), 0);
  EXPECT_FALSE(is_readable_within(ends[0], 0));
  EXPECT_FALSE(is_readable_within(ends[0], 1));
  ASSERT_EQ(::write(ends[1], "x", 1), 1);
  EXPECT_TRUE(is_readable_within(ends[0], 0));
  char byte = 0;
  ASSERT_EQ(::read(ends[0], &byte, 1), 1);
  // The end of the input is something that a read returns at once.
  ::close(ends[1]);
  EXPECT_TRUE(is_readable_within(ends[0], 0));
  ::close(ends[0]);
}

}  // namespace
}  // namespace folio::os
