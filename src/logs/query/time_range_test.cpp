// SPDX-License-Identifier: Apache-2.0
#include "logs/query/time_range.h"

#include <gtest/gtest.h>

namespace folio::logs {
namespace {

constexpr std::int64_t kSecond = 1'000'000'000;
constexpr std::int64_t kDay = 86'400 * kSecond;
constexpr std::int64_t kNewYear = 1'735'689'600 * kSecond;             // 2025-01-01T00:00:00Z
constexpr std::int64_t kNow = kNewYear + 3 * kDay + 45'296 * kSecond;  // 2025-01-04T12:34:56Z

TEST(TimePoint, IsAbsoluteOrRelative) {
  const auto expect = [](std::string_view text, std::int64_t wanted) {
    const auto time = parse_time_point(text, kNow);
    ASSERT_TRUE(time) << text;
    EXPECT_EQ(*time, wanted) << text;
  };
  expect("2025-01-01", kNewYear);
  expect("2025-01-01T00:00", kNewYear);
  expect("2025-01-01 00:00", kNewYear);
  expect("2025-01-01T00:00Z", kNewYear);
  expect("2025-01-01T02:00+02:00", kNewYear);
  expect("2025-01-01T00:00:00", kNewYear);
  expect("2025-01-01T00:00:00.5Z", kNewYear + kSecond / 2);
  expect("2024-12-31 22:00:00-02:00", kNewYear);
  expect("01/Jan/2025:00:00:00 +0000", kNewYear);
  expect("1735689600", kNewYear);
  expect("1735689600.25", kNewYear + kSecond / 4);
  expect("1735689600000", kNewYear);
  expect("now", kNow);
  expect("today", kNewYear + 3 * kDay);
  expect("yesterday", kNewYear + 2 * kDay);
  expect("30m", kNow - 1800 * kSecond);
  expect("2h", kNow - 7200 * kSecond);
  expect("7d", kNow - 7 * kDay);
  expect("1w", kNow - 7 * kDay);
  expect("1h30m", kNow - 5400 * kSecond);
}

TEST(TimePoint, MidnightBefore1970IsThatOfTheDay) {
  EXPECT_EQ(*parse_time_point("today", -1), -kDay);
  EXPECT_EQ(*parse_time_point("today", -kDay), -kDay);
}

TEST(TimePoint, SaysWhatATimeLooksLike) {
  for (const char* const wrong : {"", "2025-02-30", "2025-13-01", "2025-01-01T24:00", "2025-01-01T00",
                                  "tomorrow", "2x", "h", "-", "2025-01-01T00:00 x", "2025-1-1"}) {
    const auto time = parse_time_point(wrong, kNow);
    ASSERT_FALSE(time) << wrong;
    EXPECT_TRUE(time.error().message().contains("is no time; write one like")) << time.error().message();
  }
}

TEST(TimeRangeOf, EndsAreOpenWhereTheyAreMissing) {
  EXPECT_TRUE(parse_time_range(std::nullopt, std::nullopt, kNow)->is_everything());
  const auto range = parse_time_range("yesterday", "today", kNow);
  ASSERT_TRUE(range);
  EXPECT_FALSE(range->is_everything());
  EXPECT_TRUE(range->contains(kNewYear + 2 * kDay));
  EXPECT_TRUE(range->contains(kNewYear + 3 * kDay - 1));
  EXPECT_FALSE(range->contains(kNewYear + 3 * kDay));
  EXPECT_FALSE(range->contains(kNewYear + 2 * kDay - 1));
}

TEST(TimeRangeOf, NothingBetweenIsAMistake) {
  const auto range = parse_time_range("today", "yesterday", kNow);
  ASSERT_FALSE(range);
  EXPECT_EQ(range.error().message(), "no time lies since 'today' and until 'yesterday'");
  EXPECT_FALSE(parse_time_range("now", "now", kNow));
  EXPECT_FALSE(parse_time_range("soon", std::nullopt, kNow));
}

}  // namespace
}  // namespace folio::logs
