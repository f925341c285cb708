// SPDX-License-Identifier: Apache-2.0
#include "logs/time/timestamp.h"

#include <gtest/gtest.h>

#include <limits>
#include <string>
#include <tuple>

#include "logs/time/clf_time.h"
#include "logs/time/decimal.h"
#include "logs/time/time_pattern.h"

namespace folio::logs {
namespace {

using Time = std::optional<std::int64_t>;

constexpr std::int64_t kSecond = 1'000'000'000;
constexpr std::int64_t kOctober11 = 1697034772;  // 2023-10-11T14:32:52Z

Time seconds(std::int64_t value, std::int64_t nanoseconds = 0) {
  return value * kSecond + nanoseconds;
}

Time rfc3164(std::string_view text, std::int64_t reference) {
  const auto time = scan_rfc3164(text, reference);
  if (!time || time->size != text.size()) return std::nullopt;
  return time->nanoseconds;
}

TEST(Iso8601, KnowsItsForms) {
  EXPECT_EQ(parse_iso8601("2023-10-11T14:32:52Z"), seconds(kOctober11));
  EXPECT_EQ(parse_iso8601("2023-10-11t14:32:52z"), seconds(kOctober11));
  EXPECT_EQ(parse_iso8601("2023-10-11 14:32:52"), seconds(kOctober11));
  EXPECT_EQ(parse_iso8601("2023-10-11T14:32:52.5Z"), seconds(kOctober11, 500'000'000));
  EXPECT_EQ(parse_iso8601("2023-10-11 14:32:52,123"), seconds(kOctober11, 123'000'000));
  EXPECT_EQ(parse_iso8601("2023-10-11T14:32:52.123456789Z"), seconds(kOctober11, 123'456'789));
  EXPECT_EQ(parse_iso8601("2023-10-11T16:32:52+02:00"), seconds(kOctober11));
  EXPECT_EQ(parse_iso8601("2023-10-11T16:32:52+0200"), seconds(kOctober11));
  EXPECT_EQ(parse_iso8601("2023-10-11T16:32:52+02"), seconds(kOctober11));
  EXPECT_EQ(parse_iso8601("2023-10-11 09:02:52 -0530"), seconds(kOctober11));
  EXPECT_EQ(parse_iso8601("1969-12-31T23:59:59Z"), seconds(-1));
  EXPECT_EQ(parse_iso8601("1970-01-01T00:00:00Z"), seconds(0));
}

TEST(Iso8601, RejectsWhatDoesNotExist) {
  for (const char* text : {"",
                           "2023",
                           "2023-10-11",
                           "2023-10-11T14:32",
                           "2023-13-11T14:32:52Z",
                           "2023-00-11T14:32:52Z",
                           "2023-02-30T00:00:00Z",
                           "2023-02-29T00:00:00Z",
                           "1900-02-29T00:00:00Z",
                           "2023-04-31T00:00:00Z",
                           "2023-10-00T00:00:00Z",
                           "2023-10-11T24:00:00Z",
                           "2023-10-11T14:60:52Z",
                           "2023-10-11T14:32:61Z",
                           "2023-10-11T14:32:52.Z",
                           "2023-10-11T14:32:52.1234567890Z",
                           "2023-10-11T14:32:52+14:01",
                           "2023-10-11T14:32:52-12:01",
                           "2023-10-11T14:32:52+02:60",
                           "2023-10-11T14:32:52+2",
                           "2023-10-11T14:32:52+02:",
                           "2023-10-11T14:32:52Zx",
                           "-023-10-11T14:32:52Z",
                           "0000-01-01T00:00:00Z",
                           "9999-12-31T23:59:59Z",
                           "2023/10/11T14:32:52Z",
                           "2023-10-11X14:32:52Z",
                           "2023-1-11T14:32:52Z"}) {
    EXPECT_EQ(parse_iso8601(text), std::nullopt) << text;
  }
}

TEST(Iso8601, AcceptsWhatIsRare) {
  EXPECT_EQ(parse_iso8601("2024-02-29T00:00:00Z"), seconds(1709164800));
  EXPECT_EQ(parse_iso8601("2000-02-29T00:00:00Z"), seconds(951782400));
  EXPECT_EQ(parse_iso8601("2016-12-31T23:59:60Z"), seconds(1483228799, 999'999'999));
  EXPECT_EQ(parse_iso8601("2016-12-31T23:59:60.5Z"), seconds(1483228799, 999'999'999));
  EXPECT_EQ(parse_iso8601("2023-10-12T04:32:52+14:00"), seconds(kOctober11));
  EXPECT_EQ(parse_iso8601("2023-10-11T02:32:52-12:00"), seconds(kOctober11));
}

TEST(Iso8601, ScansTheFrontOfAText) {
  const auto time = scan_iso8601("2023-10-11T14:32:52.5Z host");
  ASSERT_TRUE(time);
  EXPECT_EQ(time->size, 22U);
  EXPECT_EQ(scan_iso8601("2023-10-11 14:32:52 +5 more")->size, 19U);
  EXPECT_EQ(scan_iso8601("2023-10-11 14:32:52, and so on")->size, 19U);
}

TEST(Iso8601, EveryDayOfFourCenturiesIsThatOfTheDayBefore) {
  std::int64_t expected = -1;
  char text[] = "0000-00-00T00:00:00Z";
  const auto put = [&](std::size_t at, std::size_t size, unsigned value) {
    for (; size > 0; --size, value /= 10) text[at + size - 1] = static_cast<char>('0' + value % 10);
  };
  unsigned days = 0;
  for (unsigned year = 1801; year <= 2200; ++year) {
    for (unsigned month = 1; month <= 12; ++month) {
      for (unsigned day = 1; day <= 32; ++day) {
        put(0, 4, year), put(5, 2, month), put(8, 2, day);
        const Time time = parse_iso8601(text);
        if (!time) continue;
        if (days > 0) {
          ASSERT_EQ(*time, expected) << text;
        }
        expected = *time + 86400 * kSecond;
        ++days;
      }
    }
  }
  EXPECT_EQ(days, 146097U);
}

TEST(ClfTime, IsParsedWithAndWithoutTheCache) {
  ClfTime clock;
  EXPECT_EQ(clock.parse("11/Oct/2023:14:32:52 +0000"), seconds(kOctober11));
  EXPECT_EQ(clock.parse("11/Oct/2023:14:32:53 +0000"), seconds(kOctober11 + 1));
  EXPECT_EQ(clock.parse("11/Oct/2023:14:32:53 +0100"), seconds(kOctober11 + 1 - 3600));
  EXPECT_EQ(clock.parse("12/Oct/2023:14:32:53 +0100"), seconds(kOctober11 + 1 + 86400 - 3600));
  EXPECT_EQ(clock.parse("31/Oct/2023:14:32:5x +0100"), std::nullopt);
  EXPECT_EQ(clock.parse("10/Oct/2000:13:55:36 -0700"), seconds(971211336));
  EXPECT_EQ(clock.parse("29/Feb/2024:23:59:60 +0000"), seconds(1709251199, 999'999'999));
}

TEST(ClfTime, RejectsWhatDoesNotExist) {
  ClfTime clock;
  ASSERT_TRUE(clock.parse("11/Oct/2023:14:32:52 +0000"));
  for (const char* text :
       {"11/Oct/2023:24:00:00 +0000",       "11/Oct/2023:14:60:52 +0000",  "11/Oct/2023:14:32:61 +0000",
        "11/Oct/2023:1a:32:52 +0000",       "11/Oct/2023:14.32.52 +0000",  "11/Oct/2023:14:3::52 +0000",
        "11/Oct/2023:14:32:\xff\xff +0000", "30/Feb/2023:14:32:52 +0000",  "29/Feb/2023:14:32:52 +0000",
        "11/oct/2023:14:32:52 +0000",       "11/Okt/2023:14:32:52 +0000",  "11/Oct/2023 14:32:52 +0000",
        "11/Oct/2023:14:32:52  0000",       "11/Oct/2023:14:32:52 +1401",  "11/Oct/2023:14:32:52 -1201",
        "11/Oct/2023:14:32:52 +00:0",       "11-Oct-2023:14:32:52 +0000",  " 1/Oct/2023:14:32:52 +0000",
        "11/Oct/2023:14:32:52 +000",        "11/Oct/2023:14:32:52 +00000", ""}) {
    EXPECT_EQ(clock.parse(text), std::nullopt) << text;
  }
  EXPECT_EQ(clock.parse("11/Oct/2023:14:32:52 +0000"), seconds(kOctober11));
}

TEST(ClfTime, EverySecondOfADayIsOneLater) {
  ClfTime clock;
  std::string text = "11/Oct/2023:00:00:00 +0000";
  const std::int64_t midnight = kOctober11 - (14 * 3600 + 32 * 60 + 52);
  for (int second = 0; second < 86400; ++second) {
    const int parts[] = {second / 3600, second / 60 % 60, second % 60};
    for (std::size_t i = 0; i < 3; ++i) {
      text[12 + i * 3] = static_cast<char>('0' + parts[i] / 10);
      text[13 + i * 3] = static_cast<char>('0' + parts[i] % 10);
    }
    ASSERT_EQ(clock.parse(text), seconds(midnight + second)) << text;
  }
}

// Every byte in every place of the time of day: only digits and colons in range are accepted.
TEST(ClfTime, EveryOtherByteIsRejected) {
  ClfTime clock;
  const std::string good = "11/Oct/2023:14:32:52 +0000";
  for (std::size_t at = 0; at < good.size(); ++at) {
    for (int byte = 0; byte < 256; ++byte) {
      std::string text = good;
      text[at] = static_cast<char>(byte);
      const bool is_digit = byte >= '0' && byte <= '9';
      const bool is_sign = at == 21 && byte == '-';
      if (text == good || (is_digit && good[at] >= '0' && good[at] <= '9') || is_sign) continue;
      EXPECT_EQ(clock.parse(text), std::nullopt) << text;
    }
  }
}

TEST(Rfc3164, TakesTheYearFromTheReference) {
  const std::int64_t reference = kOctober11 * kSecond;
  EXPECT_EQ(rfc3164("Oct 11 14:32:52", reference), reference);
  EXPECT_EQ(rfc3164("Oct 12 14:32:52", reference), seconds(kOctober11 + 86400));
  EXPECT_EQ(rfc3164("Oct 13 14:32:52", reference), seconds(kOctober11 + 2 * 86400 - 365 * 86400));
  EXPECT_EQ(rfc3164("Oct  1 14:32:52", reference), seconds(kOctober11 - 10 * 86400));
  EXPECT_EQ(rfc3164("Oct 1 14:32:52", reference), seconds(kOctober11 - 10 * 86400));
  EXPECT_EQ(rfc3164("Oct 11 14:32:52.25", reference), seconds(kOctober11, 250'000'000));
  EXPECT_EQ(rfc3164("Oct 11 2023 14:32:52", 0), seconds(kOctober11));
  EXPECT_EQ(rfc3164("Feb 29 00:00:00", reference), seconds(1582934400));  // 2020
  EXPECT_EQ(rfc3164("Dec 31 23:59:59", 1704067200 * kSecond), seconds(1704067199));
  EXPECT_EQ(rfc3164("Jan  1 00:00:00", 1704067199 * kSecond), seconds(1704067200));
}

TEST(Rfc3164, RejectsWhatDoesNotExist) {
  for (const char* text : {"", "Oct", "Oct 11", "Feb 30 00:00:00", "Oct 32 00:00:00", "Oct 0 00:00:00",
                           "Oct 11 24:00:00", "oct 11 14:32:52", "Oct 11 14:32", "Oct11 14:32:52"}) {
    EXPECT_EQ(rfc3164(text, kOctober11 * kSecond), std::nullopt) << text;
  }
  EXPECT_EQ(rfc3164("Oct 11 14:32:52", std::numeric_limits<std::int64_t>::min()), std::nullopt);
}

TEST(ErrorLogs, HaveFormsOfTheirOwn) {
  EXPECT_EQ(parse_apache_error_time("Wed Oct 11 14:32:52 2023"), seconds(kOctober11));
  EXPECT_EQ(parse_apache_error_time("Wed Oct 11 14:32:52.123456 2023"), seconds(kOctober11, 123'456'000));
  EXPECT_EQ(parse_apache_error_time("Sun Oct  1 14:32:52 2023"), seconds(kOctober11 - 10 * 86400));
  EXPECT_EQ(parse_apache_error_time("Wed Oct 11 14:32:52"), std::nullopt);
  EXPECT_EQ(parse_apache_error_time("Wed Feb 30 14:32:52 2023"), std::nullopt);
  EXPECT_EQ(parse_apache_error_time("Wed"), std::nullopt);
  const auto nginx = scan_nginx_error_time("2023/10/11 14:32:52 [error]");
  ASSERT_TRUE(nginx);
  EXPECT_EQ(nginx->nanoseconds, kOctober11 * kSecond);
  EXPECT_EQ(nginx->size, 19U);
  EXPECT_FALSE(scan_nginx_error_time("2023/02/29 14:32:52"));
}

TEST(Epoch, GuessesItsUnit) {
  EXPECT_EQ(parse_epoch("1697034772"), seconds(kOctober11));
  EXPECT_EQ(parse_epoch("1697034772.5"), seconds(kOctober11, 500'000'000));
  EXPECT_EQ(parse_epoch("1697034772.1234567891234"), seconds(kOctober11, 123'456'789));
  EXPECT_EQ(parse_epoch("1697034772123"), seconds(kOctober11, 123'000'000));
  EXPECT_EQ(parse_epoch("1697034772123456"), seconds(kOctober11, 123'456'000));
  EXPECT_EQ(parse_epoch("1697034772123456789"), seconds(kOctober11, 123'456'789));
  EXPECT_EQ(parse_epoch("-1.5"), seconds(-2, 500'000'000));
  EXPECT_EQ(parse_epoch("0"), seconds(0));
  EXPECT_EQ(parse_epoch("1500", EpochUnit::Milliseconds), seconds(1, 500'000'000));
  for (const char* text : {"", "-", ".", "1.", ".5", "1e9", "1697034772 ", "+1", "99999999999999999999",
                           "--1", "9223372036854775808", "1.2.3"}) {
    EXPECT_EQ(parse_epoch(text), std::nullopt) << text;
  }
  EXPECT_EQ(parse_epoch("9223372037", EpochUnit::Seconds), std::nullopt);
}

TEST(AnyTime, IsWhicheverFits) {
  for (const char* text : {"2023-10-11T14:32:52Z", "11/Oct/2023:14:32:52 +0000", "2023/10/11 14:32:52",
                           "Wed Oct 11 14:32:52 2023", "1697034772", "1697034772000"}) {
    EXPECT_EQ(parse_any_time(text), seconds(kOctober11)) << text;
  }
  EXPECT_EQ(parse_any_time("yesterday"), std::nullopt);
}

TEST(TimePattern, KnowsTheUsualConversions) {
  const std::tuple<const char*, const char*, Time> table[] = {
      {"%d/%b/%Y:%H:%M:%S %z", "11/Oct/2023:14:32:52 +0000", seconds(kOctober11)},
      {"%d/%b/%Y:%T %z", "11/Oct/2023:16:32:52 +0200", seconds(kOctober11)},
      {"%F %T", "2023-10-11 14:32:52", seconds(kOctober11)},
      {"%FT%T.%f%z", "2023-10-11T14:32:52.25Z", seconds(kOctober11, 250'000'000)},
      {"%D %R:%S", "10/11/23 14:32:52", seconds(kOctober11)},
      {"%a %b %e %H:%M:%S %Y", "Wed Oct 11 14:32:52 2023", seconds(kOctober11)},
      {"%A, %d %B %Y %I:%M:%S %p", "Wednesday, 11 October 2023 02:32:52 PM", seconds(kOctober11)},
      {"%I:%M %p %F", "12:00 AM 1970-01-01", seconds(0)},
      {"%Y-%j", "2023-284", seconds(kOctober11 - (14 * 3600 + 32 * 60 + 52))},
      {"%s", "1697034772", seconds(kOctober11)},
      {"begin:%s", "1697034772", seconds(kOctober11)},
      {"end:%F%n%T %Z%%", "2023-10-11   14:32:52 UTC%", seconds(kOctober11)},
      {"sec", "1697034772", seconds(kOctober11)},
      {"msec", "1697034772123", seconds(kOctober11, 123'000'000)},
      {"usec", "1697034772123456", seconds(kOctober11, 123'456'000)},
      {"%y%m%d", "691231", seconds(-86400)},
      {"%F", "2023-02-29", std::nullopt},
      {"%F", "2023-1-11", std::nullopt},
      {"%F", "2023-10-11 ", std::nullopt},
      {"%T", "24:00:00", std::nullopt},
      {"%I %p", "13 PM", std::nullopt},
      {"%j", "367", std::nullopt},
      {"%s", "", std::nullopt},
  };
  for (const auto& [pattern, text, expected] : table) {
    const auto compiled = TimePattern::compile(pattern);
    ASSERT_TRUE(compiled) << pattern;
    EXPECT_EQ(compiled->parse(text), expected) << pattern << " on " << text;
  }
}

TEST(TimePattern, ReadsATimeThatIsScattered) {
  TimeParts parts;
  EXPECT_EQ(TimePattern::compile("%d/%b/%Y %T")->scan("11/Oct/2023 16:32:52.", parts), 20U);
  EXPECT_EQ(TimePattern::compile("msec_frac")->scan("123 ", parts), 3U);
  EXPECT_EQ(TimePattern::compile("%z")->scan("+0200]", parts), 5U);
  EXPECT_EQ(parts.resolve(), seconds(kOctober11, 123'000'000));
  TimeParts others;
  EXPECT_EQ(TimePattern::compile("sec")->scan("1697034772.", others), 10U);
  EXPECT_EQ(TimePattern::compile("usec_frac")->scan("123456", others), 6U);
  EXPECT_EQ(others.resolve(), seconds(kOctober11, 123'456'000));
}

TEST(TimePattern, SaysWhatIsWrong) {
  EXPECT_EQ(TimePattern::compile("%Y-%Q").error().message(),
            "the time pattern has an unknown conversion %Q at position 4");
  EXPECT_EQ(TimePattern::compile("%Y%").error().message(), "the time pattern ends with a lone %");
  EXPECT_EQ(TimePattern::compile("").error().message(), "the time pattern is empty");
}

TEST(Decimal, IsExactUpToItsLimits) {
  EXPECT_EQ(parse_count("0"), 0);
  EXPECT_EQ(parse_count("007"), 7);
  EXPECT_EQ(parse_count("9223372036854775807"), std::numeric_limits<std::int64_t>::max());
  EXPECT_EQ(parse_count("9223372036854775808"), std::nullopt);
  EXPECT_EQ(parse_count("00000000000000000000000000012"), 12);
  EXPECT_EQ(parse_count("-1"), std::nullopt);
  EXPECT_EQ(parse_count(""), std::nullopt);
  EXPECT_EQ(parse_scaled("0.001", kSecond), 1'000'000);
  EXPECT_EQ(parse_scaled("12", 1000), 12'000);
  EXPECT_EQ(parse_scaled("-0.5", kSecond), -500'000'000);
  EXPECT_EQ(parse_scaled("0.0000000019", kSecond), 1);
  EXPECT_EQ(parse_scaled("9223372036.854775807", kSecond), std::numeric_limits<std::int64_t>::max());
  EXPECT_EQ(parse_scaled("9223372036.854775808", kSecond), std::nullopt);
  EXPECT_EQ(parse_scaled("1.x", kSecond), std::nullopt);
}

}  // namespace
}  // namespace folio::logs
