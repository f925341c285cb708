// SPDX-License-Identifier: Apache-2.0
// Buffers, counters and small files.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>

#include "os/aligned_buffer.h"
#include "os/process_stats.h"
#include "os/scratch_for_test.h"
#include "os/small_file.h"

namespace folio::os {
namespace {

TEST(AlignedBuffer, IsAlignedAndKeepsItsContentWhenItGrows) {
  auto buffer = AlignedBuffer::allocate(10);
  ASSERT_TRUE(buffer);
  for (std::uint64_t size = 10; size < (64U << 20); size = size * 3 + 1) {
    ASSERT_TRUE(buffer->grow(size));
    EXPECT_GE(buffer->size(), size);
    EXPECT_EQ(reinterpret_cast<std::uintptr_t>(buffer->data()) % page_size(), 0U);
    buffer->data()[0] = std::byte{1};
    EXPECT_EQ(buffer->bytes().back(), std::byte{0});
    buffer->bytes().back() = std::byte{2};
    ASSERT_TRUE(buffer->grow(1));  // never shrinks
    EXPECT_EQ(buffer->bytes().back(), std::byte{2});
    buffer->bytes().back() = std::byte{0};
    EXPECT_EQ(buffer->data()[0], std::byte{1});
  }
  EXPECT_FALSE(buffer->grow(UINT64_MAX));
  EXPECT_EQ(buffer->data()[0], std::byte{1});
}

TEST(AlignedBuffer, EmptyAndMoved) {
  AlignedBuffer buffer;
  EXPECT_EQ(buffer.size(), 0U);
  ASSERT_TRUE(buffer.grow(5));
  const std::byte* const data = buffer.data();
  AlignedBuffer other{std::move(buffer)};
  EXPECT_EQ(other.data(), data);
  EXPECT_EQ(AlignedBuffer::allocate(0)->size(), 0U);
  EXPECT_EQ(AlignedBuffer::allocate(UINT64_MAX).error().code, Errc::OutOfMemory);
}

TEST(ProcessStats, FaultsAndAnonymousMemoryAreCounted) {
  const std::uint64_t faults_before = thread_faults().minor;
  const std::uint64_t memory_before = anonymous_memory();
  auto buffer = AlignedBuffer::allocate(16 << 20);
  ASSERT_TRUE(buffer);
  std::ranges::fill(buffer->bytes(), std::byte{1});
  EXPECT_GE(thread_faults().minor, faults_before + 1);
  EXPECT_GE(anonymous_memory(), memory_before + (15U << 20));
}

TEST(SmallFile, ReadsAllOrNothing) {
  const ScratchFolder folder;
  EXPECT_EQ(read_small_file(folder.text("f", std::string(100'000, 'x')).c_str()), std::string(100'000, 'x'));
  EXPECT_EQ(read_small_file(folder.text("empty", "").c_str()), "");
  EXPECT_FALSE(read_small_file((folder.path() / "none").c_str()));
  EXPECT_FALSE(read_small_file(folder.path().c_str()));
}

}  // namespace
}  // namespace folio::os
