// SPDX-License-Identifier: Apache-2.0
// Partials are written and read the same, merged as they may be, and refused when anything is wrong.
#include "logs/partial/partial.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "logs/aggregate/for_test.h"

namespace folio::logs {
namespace {

using for_test::dump;
using for_test::RandomLog;
using ::testing::HasSubstr;

Covered covered(std::uint64_t begin, std::uint64_t end, std::string path = "access.log") {
  return {.path = std::move(path),
          .device = 1,
          .inode = 2,
          .size = 1000,
          .prefix_size = 64,
          .prefix = {.low = 3, .high = 4},
          .begin = begin,
          .end = end};
}

Partial partial_of(std::size_t records, std::uint64_t seed, const Covered& range) {
  Partial partial;
  partial.settings = "format=combined";
  partial.format = "combined";
  partial.format_explanation = "It looks like it.";
  partial.lines = records + 1;
  partial.bytes_read = range.end - range.begin;
  partial.filtered = 1;
  add_rejects(partial.rejects,
              {.reason = "no time", .lines = 1, .file = "a", .offset = seed, .line_number = 7});
  partial.covered = {range};
  partial.aggregate.add_batch(RandomLog{records, seed}.records());
  return partial;
}

TEST(Partial, IsReadAsItWasWritten) {
  for (const std::size_t records : {0U, 1U, 50U, 5000U}) {
    const Partial partial = partial_of(records, 1, covered(0, 100));
    const std::string bytes = write_partial(partial);
    const auto read = read_partial(bytes, "x.partial");
    ASSERT_TRUE(read.has_value()) << read.error().message();
    EXPECT_TRUE(write_partial(*read) == bytes);
    EXPECT_EQ(dump(read->report({})), dump(partial.report({})));
    EXPECT_EQ(read->covered, partial.covered);
    EXPECT_EQ(read->settings, partial.settings);
  }
}

TEST(Partial, MergesInAnyOrderToTheSameBytes) {
  const auto make = [](int part) {
    const auto begin = static_cast<std::uint64_t>(part) * 100;
    return partial_of(500, static_cast<std::uint64_t>(part), covered(begin, begin + 100));
  };
  std::string expected;
  std::vector<int> order{0, 1, 2, 3};
  do {
    Partial left = make(order[0]);
    ASSERT_TRUE(left.merge(make(order[1])).has_value());
    Partial right = make(order[2]);
    ASSERT_TRUE(right.merge(make(order[3])).has_value());
    ASSERT_TRUE(left.merge(std::move(right)).has_value());
    const std::string bytes = write_partial(left);
    if (expected.empty()) expected = bytes;
    EXPECT_TRUE(bytes == expected);
    EXPECT_EQ(left.covered, std::vector{covered(0, 400)});
    EXPECT_EQ(left.lines, 4 * 501U);
    ASSERT_EQ(left.rejects.size(), 1U);
    EXPECT_EQ(left.rejects[0].lines, 4U);
    EXPECT_EQ(left.rejects[0].offset, 0U);
  } while (std::next_permutation(order.begin(), order.end()));
}

TEST(Partial, RefusesOtherSettingsAndNamesBoth) {
  Partial one = partial_of(3, 1, covered(0, 10));
  Partial other = partial_of(3, 1, covered(10, 20));
  other.settings = "format=json";
  const std::string before = write_partial(one);
  const auto merged = one.merge(std::move(other));
  ASSERT_FALSE(merged.has_value());
  EXPECT_THAT(merged.error().message(), HasSubstr("\"format=combined\" and \"format=json\""));
  EXPECT_EQ(write_partial(one), before);
}

TEST(Partial, RefusesRangesThatOverlapAndNamesBoth) {
  Partial one = partial_of(3, 1, covered(0, 11));
  const auto merged = one.merge(partial_of(3, 1, covered(10, 20)));
  ASSERT_FALSE(merged.has_value());
  EXPECT_THAT(merged.error().message(),
              HasSubstr("bytes 0 to 11 of access.log overlap with bytes 10 to 20 of access.log"));
  EXPECT_EQ(one.covered, std::vector{covered(0, 11)});
}

TEST(Covered, KnowsAFileByPrefixAndPathOrInode) {
  const auto overlaps = [](const Covered& a, const Covered& b) { return !join({a}, {b}).has_value(); };
  const Covered range = covered(0, 100);
  EXPECT_TRUE(overlaps(range, range));
  EXPECT_TRUE(overlaps(range, covered(50, 60)));
  EXPECT_TRUE(overlaps(range, covered(50, 60, "access.log.1"))) << "renamed";
  Covered other = covered(50, 60);
  other.inode = 9;
  EXPECT_TRUE(overlaps(range, other)) << "copied";
  other.path = "other.log";
  EXPECT_FALSE(overlaps(range, other));
  other = covered(50, 60);
  other.prefix.low = 9;
  EXPECT_FALSE(overlaps(range, other)) << "written anew";
  other.prefix_size = 20;
  EXPECT_TRUE(overlaps(range, other)) << "its prefix can't be compared";
  EXPECT_FALSE(overlaps(range, covered(100, 200)));
  EXPECT_FALSE(overlaps(range, covered(100, 100)));
  EXPECT_FALSE(overlaps(range, covered(50, 50)));
  // Another file between the two does not hide it.
  EXPECT_FALSE(join({covered(0, 100), covered(200, 300)}, {covered(20, 30)}).has_value());
}

TEST(Partial, RefusesEveryDamagedByte) {
  const std::string bytes = write_partial(partial_of(4, 1, covered(0, 100)));
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    for (const int change : {1, 0x80}) {
      std::string damaged = bytes;
      damaged[at] = static_cast<char>(damaged[at] ^ change);
      EXPECT_FALSE(read_partial(damaged, "x").has_value()) << at;
    }
  }
}

TEST(Partial, RefusesEveryTruncation) {
  const std::string bytes = write_partial(partial_of(4, 1, covered(0, 100)));
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    const auto read = read_partial(std::string_view{bytes}.substr(0, size), "x");
    ASSERT_FALSE(read.has_value()) << size;
    EXPECT_THAT(read.error().message(), HasSubstr(size == 0 ? "not a partial" : "cut off")) << size;
  }
}

TEST(Partial, SaysWhatIsWrongWithIt) {
  const std::string bytes = write_partial(partial_of(4, 1, covered(0, 100)));
  const auto message = [](const std::string& text) {
    const auto read = read_partial(text, "x.partial");
    return read.has_value() ? std::string{} : read.error().message();
  };
  EXPECT_THAT(message("192.0.2.1 - - [a log]"), HasSubstr("not a partial"));
  std::string changed = bytes;
  changed[12] = 2;
  EXPECT_THAT(message(changed), HasSubstr("another version"));
  changed = bytes;
  changed[changed.size() / 2] ^= 1;
  EXPECT_THAT(message(changed), HasSubstr("damaged"));
  EXPECT_THAT(message(bytes + "x"), HasSubstr("damaged"));
  EXPECT_THAT(message(seal_partial("nonsense")), HasSubstr("makes no sense"));
  EXPECT_THAT(message(seal_partial("")), HasSubstr("makes no sense"));
}

// Sealed again, damage is content: it is refused, or it reads as what it says.
TEST(Partial, ContentThatLiesIsRefusedOrReadAsItIs) {
  const std::string bytes = write_partial(partial_of(6, 1, covered(0, 100)));
  const std::string content = bytes.substr(28, bytes.size() - 28 - 16);
  for (std::size_t at = 0; at < content.size(); ++at) {
    std::string changed = content;
    changed[at] = static_cast<char>(changed[at] ^ (1 << at % 8));
    const std::string sealed = seal_partial(changed);
    const auto read = read_partial(sealed, "x");
    EXPECT_TRUE(!read.has_value() || write_partial(*read) == sealed) << at;
    EXPECT_FALSE(read_partial(seal_partial(content.substr(0, at)), "x").has_value()) << at;
  }
}

}  // namespace
}  // namespace folio::logs
