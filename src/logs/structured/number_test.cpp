// SPDX-License-Identifier: Apache-2.0
#include "logs/structured/number.h"

#include <gtest/gtest.h>

namespace folio::logs {
namespace {

TEST(ParseNumber, TakesExponents) {
  EXPECT_EQ(parse_number("12", 1), 12);
  EXPECT_EQ(parse_number("0.25", 1000), 250);
  EXPECT_EQ(parse_number("1.5e-05", 1'000'000'000), 15'000);
  EXPECT_EQ(parse_number("-2E+3", 1), -2000);
  EXPECT_EQ(parse_number("1e18", 1), 1'000'000'000'000'000'000);
  EXPECT_EQ(parse_number("0e999999", 1), 0);
  EXPECT_EQ(parse_number("5e-9999999999", 1), 0);
  EXPECT_EQ(parse_number("123456789012345678901234567890e-20", 1), 1'234'567'890);
}

TEST(ParseNumber, RefusesWhatIsNone) {
  for (const char* const wrong :
       {"", "-", "e5", "1e", "1e+", "1.e5", ".5e1", "1.2.3e1", "1e19", "--1e1", "1e1x", "x"}) {
    EXPECT_EQ(parse_number(wrong, 1), std::nullopt) << wrong;
  }
}

TEST(ParseEpochNumber, GuessesTheUnitBySize) {
  constexpr std::int64_t kTime = 1'735'689'600'000'000'000;
  for (const char* const text :
       {"1735689600", "1735689600.0", "1.7356896e9", "1735689600000", "1.7356896e+12", "1735689600000000",
        "1.7356896e15", "1735689600000000000", "1.7356896e18"}) {
    EXPECT_EQ(parse_epoch_number(text), kTime) << text;
  }
}

TEST(ParseDuration, AddsParts) {
  EXPECT_EQ(parse_duration("250ms"), 250'000'000);
  EXPECT_EQ(parse_duration("1.5s"), 1'500'000'000);
  EXPECT_EQ(parse_duration("10us"), 10'000);
  EXPECT_EQ(parse_duration("10\xC2\xB5s"), 10'000);
  EXPECT_EQ(parse_duration("1h2m3.5s"), 3'723'500'000'000);
  EXPECT_EQ(parse_duration("1.5h"), 5'400'000'000'000);
  EXPECT_EQ(parse_duration("2w"), 1'209'600'000'000'000);
}

TEST(ParseDuration, RefusesWhatIsNone) {
  for (const char* const wrong :
       {"", "1", "s", "1.s", ".5s", "1x", "1s2", "-1s", "1 s", "99999999999w", "1.2.3s"}) {
    EXPECT_EQ(parse_duration(wrong), std::nullopt) << wrong;
  }
}

}  // namespace
}  // namespace folio::logs
