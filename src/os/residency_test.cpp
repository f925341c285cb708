// SPDX-License-Identifier: Apache-2.0
#include "folio/residency.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <vector>

#include "folio/file.h"
#include "os/scratch_for_test.h"

namespace folio {
namespace {

using os::ScratchFolder;

constexpr std::array kMethods{ResidencyMethod::Cachestat, ResidencyMethod::Sampled, ResidencyMethod::Mincore};
constexpr std::uint64_t kSize = (8 << 20) + 100;

/// A file on a disk, so that its pages can be dropped.
File synced_file(const ScratchFolder& folder) {
  auto file = File::open(folder.file("f", kSize), {.mode = OpenMode::ReadWrite});
  if (!file || !file->sync()) throw std::runtime_error("no file");
  return std::move(*file);
}

TEST(Residency, MethodsAgreeOnAFileInTheCache) {
  const ScratchFolder folder;
  const File file = synced_file(folder);
  for (const auto method : kMethods) {
    const auto residency = residency_by(file, {0, kSize}, method);
    ASSERT_TRUE(residency);
    if (residency->method == ResidencyMethod::Unknown) continue;  // refused by this kernel or for this user
    EXPECT_EQ(residency->method, method);
    EXPECT_EQ(residency->total, kSize);
    EXPECT_EQ(residency->resident, kSize) << residency_method_name(method);
    EXPECT_EQ(residency->share(), 1.0);
  }
  EXPECT_NE(residency(file)->method, ResidencyMethod::Unknown);
}

TEST(Residency, MethodsAgreeOnAHalfEvictedFile) {
  const ScratchFolder folder;
  const File file = synced_file(folder);
  ASSERT_TRUE(file.evict({4 << 20, UINT64_MAX}));
  file.advise(AccessHint::Random, {0, kSize});  // no read-ahead by the probes
  const auto exact = residency(file);
  ASSERT_TRUE(exact);
  if (exact->method != ResidencyMethod::Cachestat) GTEST_SKIP() << "no cachestat here";
  if (exact->share() > 0.9) GTEST_SKIP() << "this file system keeps its pages";
  EXPECT_NEAR(exact->share(), 0.5, 0.05);
  EXPECT_GT(residency(file, ByteRange{0, 1 << 20})->share(), 0.95);
  EXPECT_LT(residency(file, ByteRange{6 << 20, 7 << 20})->share(), 0.05);
  for (const auto method :
       {ResidencyMethod::Mincore, ResidencyMethod::Sampled}) {  // the sample brings its pages in
    const auto other = residency_by(file, {0, kSize}, method);
    ASSERT_TRUE(other);
    if (other->method == ResidencyMethod::Unknown) continue;
    EXPECT_NEAR(other->share(), exact->share(), 0.05) << residency_method_name(method);
  }
}

TEST(Residency, RangesAreCutToTheFile) {
  const ScratchFolder folder;
  const File file = synced_file(folder);
  EXPECT_EQ(residency(file, {kSize - 10, UINT64_MAX})->total, 10U);
  EXPECT_EQ(residency(file, {kSize + 10, UINT64_MAX})->total, 0U);
  EXPECT_EQ(residency(file, {5, 5})->total, 0U);
  EXPECT_EQ(residency(file, {5, 5})->share(), 0.0);
  EXPECT_EQ(residency(file, {6, 5}).error().code, Errc::InvalidArgument);
  for (const auto method : kMethods) {
    const auto part = residency_by(file, {4095, 4097}, method);
    ASSERT_TRUE(part);
    EXPECT_EQ(part->total, 2U);
    if (part->method == method) {
      EXPECT_EQ(part->resident, 2U);
    }
  }
}

TEST(Residency, CannotBeKnownIsNoError) {
  const auto pipe_like = File::open("/dev/null");
  ASSERT_TRUE(pipe_like);
  EXPECT_EQ(residency(*pipe_like)->method, ResidencyMethod::Unknown);
  const ScratchFolder folder;
  EXPECT_EQ(residency_by(synced_file(folder), {0, 10}, ResidencyMethod::Unknown)->method,
            ResidencyMethod::Unknown);
}

TEST(Residency, OfAnEmptyFile) {
  const ScratchFolder folder;
  const auto file = File::open(folder.text("empty", ""));
  ASSERT_TRUE(file);
  EXPECT_EQ(residency(*file)->share(), 0.0);
}

TEST(Residency, DirtyPagesAreCounted) {
  const ScratchFolder folder;
  const File file = synced_file(folder);
  const std::vector<std::byte> data(1 << 20);
  ASSERT_TRUE(file.write_at(0, data));
  const auto now = residency_by(file, {0, 1 << 20}, ResidencyMethod::Cachestat);
  ASSERT_TRUE(now);
  if (now->method != ResidencyMethod::Cachestat) GTEST_SKIP() << "no cachestat here";
  EXPECT_GT(now->dirty + now->writeback, 0U);
}

}  // namespace
}  // namespace folio
