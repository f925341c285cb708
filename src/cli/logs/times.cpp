// SPDX-License-Identifier: Apache-2.0
#include "cli/logs/times.h"

#include <fmt/format.h>

#include <chrono>

namespace folio::cli {

namespace {

constexpr std::int64_t kSecondsPerDay = 86'400;
constexpr std::int64_t kYearZero = -62'167'219'200;
constexpr std::int64_t kYearTenThousand = 253'402'300'800;

bool has_date(std::int64_t seconds) {
  return seconds >= kYearZero && seconds < kYearTenThousand;
}

/// "2026-01-31", the separator, "23:59:59".
std::string date_and_time(std::int64_t seconds, char separator) {
  if (!has_date(seconds)) return fmt::format("{} s", seconds);
  const std::chrono::sys_seconds moment{std::chrono::seconds{seconds}};
  const auto day = std::chrono::floor<std::chrono::days>(moment);
  const std::chrono::year_month_day date{day};
  const auto second = (moment - day).count();
  return fmt::format("{:04}-{:02}-{:02}{}{:02}:{:02}:{:02}", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()), separator,
                     second / 3600, second / 60 % 60, second % 60);
}

/// ".25"; empty where there is no fraction.
std::string fraction(std::int64_t nanoseconds) {
  if (nanoseconds == 0) return {};
  std::string digits = fmt::format(".{:09}", nanoseconds);
  while (digits.back() == '0') digits.pop_back();
  return digits;
}

}  // namespace

std::int64_t whole_seconds(std::int64_t nanoseconds) {
  const std::int64_t seconds = nanoseconds / kNanosecondsPerSecond;
  return nanoseconds % kNanosecondsPerSecond < 0 ? seconds - 1 : seconds;
}

std::string utc_text(std::int64_t seconds) {
  return date_and_time(seconds, ' ');
}

std::string utc_stamp(std::int64_t nanoseconds) {
  const std::int64_t seconds = whole_seconds(nanoseconds);
  const std::int64_t rest = nanoseconds % kNanosecondsPerSecond;
  std::string text = date_and_time(seconds, 'T');
  text += fraction(rest < 0 ? rest + kNanosecondsPerSecond : rest);
  return text += 'Z';
}

std::string utc_stamp_of_seconds(std::int64_t seconds) {
  return has_date(seconds) ? date_and_time(seconds, 'T') + "Z" : date_and_time(seconds, 'T');
}

std::string bucket_text(std::int64_t begin, std::int64_t bucket_seconds) {
  std::string text = utc_text(begin);
  if (!has_date(begin)) return text;
  if (bucket_seconds == 0) return text.substr(0, 7);
  if (bucket_seconds % kSecondsPerDay == 0) return text.substr(0, 10);
  return bucket_seconds % 60 == 0 ? text.substr(0, 16) : text;
}

std::string exact_seconds(std::int64_t nanoseconds) {
  if (nanoseconds >= 0) {
    std::string text = std::to_string(nanoseconds / kNanosecondsPerSecond);
    return text += fraction(nanoseconds % kNanosecondsPerSecond);
  }
  std::string text = "-";
  text += std::to_string(-(nanoseconds / kNanosecondsPerSecond));
  return text += fraction(-(nanoseconds % kNanosecondsPerSecond));
}

}  // namespace folio::cli
