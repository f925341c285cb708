// SPDX-License-Identifier: Apache-2.0
// Counting of files: the same answer however the file is read, and the short way for sizes.
#include <gtest/gtest.h>

#include <string>

#include "count/text_for_test.h"
#include "folio/count.h"
#include "os/scratch_for_test.h"

namespace folio {
namespace {

using count_detail::random_text;

Counts count_in_memory(std::string_view text, CountFields fields) {
  CountPartial partial;
  count_chunk(partial, to_bytes(text), fields);
  return partial.counts();
}

class CountFile : public testing::Test {
 protected:
  File open(const std::string& content) {
    auto file = File::open(folder_.text("sample", content));
    EXPECT_TRUE(file.has_value());
    return std::move(*file);
  }

 private:
  os::ScratchFolder folder_;
};

TEST_F(CountFile, SameAnswerForEveryWayToRead) {
  const std::string text = random_text(100'000, 11);
  const File file = open(text);
  for (const Access access : {Access::Auto, Access::Map, Access::Read}) {
    for (const unsigned threads : {1U, 2U, 3U}) {
      for (const std::uint64_t chunk_size : {61U, 4096U, 1U << 20}) {
        const auto counted = count_file(file, CountFields::all(),
                                        {.access = access, .threads = threads, .chunk_size = chunk_size});
        ASSERT_TRUE(counted.has_value()) << counted.error().message();
        EXPECT_TRUE(counted->report.complete());
        EXPECT_EQ(counted->value, count_in_memory(text, CountFields::all()));
      }
    }
  }
}

TEST_F(CountFile, OnlyTheRange) {
  const std::string text = random_text(10'000, 12);
  const File file = open(text);
  for (const CountFields fields : {CountFields::all(), CountFields{CountField::Bytes}}) {
    const auto counted = count_file(file, fields, {.range = ByteRange{1001, 9003}});
    ASSERT_TRUE(counted.has_value()) << counted.error().message();
    EXPECT_EQ(counted->value, count_in_memory(std::string_view{text}.substr(1001, 8002), fields));
    EXPECT_EQ(counted->report.covered, (ByteRange{1001, 9003}));
  }
}

TEST_F(CountFile, BytesAloneAreNotRead) {
  const File file = open(std::string(10'000, 'x'));
  const auto counted = count_file(file, {CountField::Bytes});
  ASSERT_TRUE(counted.has_value());
  EXPECT_EQ(counted->value.bytes, 10'000U);
  EXPECT_EQ(counted->report.stats.bytes, 0U);
  EXPECT_EQ(counted->report.covered, (ByteRange{0, 10'000}));
}

// Files of /proc say that they are empty.
TEST_F(CountFile, SizesOfPseudoFilesAreNotBelieved) {
  const auto file = File::open("/proc/self/status");
  ASSERT_TRUE(file.has_value());
  const auto counted = count_file(*file, {CountField::Bytes});
  ASSERT_TRUE(counted.has_value()) << counted.error().message();
  EXPECT_GT(counted->value.bytes, 0U);
}

TEST_F(CountFile, EmptyFile) {
  const File file = open("");
  const auto counted = count_file(file, CountFields::all());
  ASSERT_TRUE(counted.has_value());
  EXPECT_EQ(counted->value, Counts{});
}

}  // namespace
}  // namespace folio
