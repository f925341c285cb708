// SPDX-License-Identifier: Apache-2.0
#include "bench/disk_limits.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <random>
#include <string>

#include "os/uring.h"

namespace folio::bench {
namespace {

using std::chrono::milliseconds;

/// A file beside the test program, which is on a disk more often than /tmp is.
class Disk : public testing::Test {
 protected:
  [[nodiscard]] File file_of(std::uint64_t size) const {
    std::ofstream{path_, std::ios::binary} << std::string(size, 'x');
    auto file = File::open(path_);
    EXPECT_TRUE(file);
    return *std::move(file);
  }
  void SetUp() override {
    const auto measured = measure_disk(file_of(1), milliseconds{1});
    if (!measured && measured.error().code == Errc::Unsupported) GTEST_SKIP() << measured.error().message();
  }
  void TearDown() override { std::filesystem::remove(path_); }

  // Each test runs in a process of its own, several at once.
  std::filesystem::path path_ =
      std::filesystem::current_path() / ("folio_disk_test_" + std::to_string(std::random_device{}()));
};

TEST_F(Disk, FilesOfAllSizesAreMeasured) {
  for (const std::uint64_t size : {1U, 4095U, 4097U, 300'000U, (5U << 20) + 13}) {
    const auto limits = measure_disk(file_of(size), milliseconds{20});
    ASSERT_TRUE(limits) << limits.error().message();
    EXPECT_GT(limits->sequential.bytes_per_second, 0) << size;
    EXPECT_GT(limits->sequential.operations_per_second, 0) << size;
    EXPECT_LT(limits->sequential.block, size + 4096) << size;
    EXPECT_EQ(limits->sequential.by.substr(0, 10), "O_DIRECT, ");
    for (const DiskRate& rate : limits->random) {
      EXPECT_GT(rate.operations_per_second, 0);
      // No read gives more than there is.
      EXPECT_LE(rate.bytes_per_second, rate.operations_per_second *
                                           static_cast<double>(std::min<std::uint64_t>(size, 4096)) * 1.0001);
    }
  }
}

TEST_F(Disk, DepthsWithAndWithoutIoUring) {
  const File file = file_of(1U << 20);
  const auto one = measure_disk(file, milliseconds{5}, {}, DirectReads::OneByOne);
  ASSERT_TRUE(one) << one.error().message();
  ASSERT_EQ(one->random.size(), 1U);
  EXPECT_EQ(one->random[0].by, "O_DIRECT, 4 KiB, pread");
  EXPECT_EQ(one->sequential.depth, 1U);
  if (!os::uring_is_available()) GTEST_SKIP() << "io_uring is forbidden here";
  const auto several = measure_disk(file, milliseconds{5});
  ASSERT_TRUE(several) << several.error().message();
  ASSERT_EQ(several->random.size(), 4U);
  EXPECT_EQ(several->random[3].depth, 64U);
  EXPECT_EQ(several->random[3].by, "O_DIRECT, 4 KiB, depth 64");
}

TEST_F(Disk, AFileWithoutAName) {
  const File file = file_of(100'000);
  std::filesystem::remove(path_);
  const auto limits = measure_disk(file, milliseconds{5});
  EXPECT_TRUE(limits) << limits.error().message();
}

TEST_F(Disk, StopsWhenAskedTo) {
  std::stop_source stop;
  stop.request_stop();
  const auto limits = measure_disk(file_of(100'000), std::chrono::hours{1}, stop.get_token());
  ASSERT_FALSE(limits);
  EXPECT_EQ(limits.error().code, Errc::Cancelled);
}

TEST_F(Disk, RefusesAnEmptyFile) {
  const auto limits = measure_disk(file_of(0), milliseconds{5});
  ASSERT_FALSE(limits);
  EXPECT_EQ(limits.error().code, Errc::InvalidArgument);
  EXPECT_NE(limits.error().message().find(path_.filename().string()), std::string::npos);
}

TEST(DiskWithout, FilesThatAreOnNoDisk) {
  for (const char* path : {"/proc/self/maps", "/dev/zero"}) {
    const auto file = File::open(path);
    ASSERT_TRUE(file) << path;
    const auto limits = measure_disk(*file, milliseconds{5});
    ASSERT_FALSE(limits) << path;
    EXPECT_EQ(limits.error().code, Errc::Unsupported) << path;
    EXPECT_NE(limits.error().message().find(path), std::string::npos);
  }
}

}  // namespace
}  // namespace folio::bench
