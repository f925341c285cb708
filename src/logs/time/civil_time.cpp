// SPDX-License-Identifier: Apache-2.0
#include "logs/time/civil_time.h"

#include <array>
#include <chrono>

namespace folio::logs {

namespace {

constexpr std::array<std::string_view, 12> kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                   "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
constexpr int kZoneMinutesMin = -12 * 60;
constexpr int kZoneMinutesMax = 14 * 60;

}  // namespace

std::optional<std::int64_t> days_since_1970(unsigned year, unsigned month, unsigned day) {
  if (year < kYearFirst || year > kYearLast) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year{static_cast<int>(year)}, std::chrono::month{month},
                                         std::chrono::day{day}};
  // std::chrono keeps months and days in a byte each.
  if (month > 12 || day > 31 || !date.ok()) return std::nullopt;
  return std::chrono::sys_days{date}.time_since_epoch().count();
}

std::optional<std::int64_t> to_nanoseconds(const CivilTime& time) {
  const auto days = days_since_1970(time.year, time.month, time.day);
  if (!days || time.hour > 23 || time.minute > 59 || time.second > 60) return std::nullopt;
  std::int64_t seconds = *days * kSecondsPerDay + std::int64_t{time.hour} * 3600 +
                         std::int64_t{time.minute} * 60 + time.second - time.zone_seconds;
  const bool is_leap_second = time.second == 60;
  if (is_leap_second) --seconds;
  return seconds * kNanosecondsPerSecond + (is_leap_second ? kNanosecondsPerSecond - 1 : time.nanosecond);
}

unsigned year_of(std::int64_t nanoseconds) {
  const std::chrono::sys_time<std::chrono::nanoseconds> point{std::chrono::nanoseconds{nanoseconds}};
  const std::chrono::year_month_day date{std::chrono::floor<std::chrono::days>(point)};
  return static_cast<unsigned>(static_cast<int>(date.year()));
}

bool read_month_name(TextReader& reader, unsigned& month) {
  const std::string_view name = reader.rest().substr(0, 3);
  for (unsigned i = 0; i < kMonths.size(); ++i) {
    if (kMonths[i] != name) continue;
    month = i + 1;
    reader.skip(3);
    return true;
  }
  return false;
}

bool read_clock(TextReader& reader, CivilTime& time) {
  return reader.digits(2, time.hour) && reader.literal(':') && reader.digits(2, time.minute) &&
         reader.literal(':') && reader.digits(2, time.second);
}

bool read_zone_offset(TextReader& reader, std::int32_t& seconds) {
  TextReader ahead = reader;
  const bool is_west = ahead.peek() == '-';
  unsigned hours = 0;
  unsigned minutes = 0;
  if (!ahead.any_of("+-") || !ahead.digits(2, hours)) return false;
  const bool has_colon = ahead.literal(':');
  if (!ahead.digits(2, minutes) && (has_colon || digit_value(ahead.peek()) <= 9)) return false;
  const int east = static_cast<int>(hours * 60 + minutes);
  const int offset = is_west ? -east : east;
  if (minutes > 59 || offset < kZoneMinutesMin || offset > kZoneMinutesMax) return false;
  seconds = offset * 60;
  reader = ahead;
  return true;
}

}  // namespace folio::logs
