// SPDX-License-Identifier: Apache-2.0
#include "logs/time/timestamp.h"

#include "logs/time/civil_time.h"
#include "logs/time/clf_time.h"
#include "logs/time/decimal.h"

namespace folio::logs {

namespace {

std::optional<ScannedTime> scanned(const CivilTime& time, std::string_view text, const TextReader& reader) {
  const auto nanoseconds = to_nanoseconds(time);
  if (!nanoseconds) return std::nullopt;
  return ScannedTime{.nanoseconds = *nanoseconds, .size = text.size() - reader.left()};
}

std::optional<std::int64_t> whole(const std::optional<ScannedTime>& time, std::string_view text) {
  if (!time || time->size != text.size()) return std::nullopt;
  return time->nanoseconds;
}

// False if there is a point without digits, or too many of them.
bool read_optional_fraction(TextReader& reader, CivilTime& time) {
  TextReader ahead = reader;
  if (!ahead.any_of(".,") || digit_value(ahead.peek()) > 9) return true;
  if (!ahead.fraction(time.nanosecond)) return false;
  reader = ahead;
  return true;
}

// False if there is a sign, right behind the time, without a zone.
bool read_optional_zone(TextReader& reader, CivilTime& time) {
  if (reader.any_of("Zz")) return true;
  if (reader.peek() == '+' || reader.peek() == '-') return read_zone_offset(reader, time.zone_seconds);
  TextReader ahead = reader;
  if (ahead.literal(' ') && (ahead.any_of("Z") || read_zone_offset(ahead, time.zone_seconds))) reader = ahead;
  return true;
}

bool read_date(TextReader& reader, char separator, CivilTime& time) {
  return reader.digits(4, time.year) && reader.literal(separator) && reader.digits(2, time.month) &&
         reader.literal(separator) && reader.digits(2, time.day);
}

// The latest year in which the day exists, and which makes the time no more than a day after `reference`.
bool choose_year(CivilTime& time, std::int64_t reference) {
  constexpr std::int64_t slack = kSecondsPerDay * kNanosecondsPerSecond;
  constexpr unsigned leap_year_distance_max = 8;  // 1896 and 1904
  const unsigned latest = year_of(reference) + 1;
  for (time.year = latest; time.year + leap_year_distance_max + 1 > latest; --time.year) {
    const auto nanoseconds = to_nanoseconds(time);
    if (nanoseconds && *nanoseconds - slack <= reference) return true;
  }
  return false;
}

constexpr std::int64_t nanoseconds_of(EpochUnit unit, std::int64_t value) {
  if (unit == EpochUnit::Guess) {
    if (value < 100'000'000'000) return kNanosecondsPerSecond;
    if (value < 100'000'000'000'000) return 1'000'000;
    return value < 100'000'000'000'000'000 ? 1000 : 1;
  }
  if (unit == EpochUnit::Seconds) return kNanosecondsPerSecond;
  if (unit == EpochUnit::Milliseconds) return 1'000'000;
  return unit == EpochUnit::Microseconds ? 1000 : 1;
}

}  // namespace

std::optional<ScannedTime> scan_iso8601(std::string_view text) {
  TextReader reader{text};
  CivilTime time;
  if (!read_date(reader, '-', time) || !reader.any_of("Tt ") || !read_clock(reader, time) ||
      !read_optional_fraction(reader, time) || !read_optional_zone(reader, time)) {
    return std::nullopt;
  }
  return scanned(time, text, reader);
}

std::optional<std::int64_t> parse_iso8601(std::string_view text) {
  return whole(scan_iso8601(text), text);
}

std::optional<ScannedTime> scan_rfc3164(std::string_view text, std::int64_t reference) {
  TextReader reader{text};
  CivilTime time;
  if (!read_month_name(reader, time.month) || !reader.literal(' ') || !reader.padded_two(time.day) ||
      !reader.literal(' ')) {
    return std::nullopt;
  }
  TextReader ahead = reader;
  const bool has_year = ahead.digits(4, time.year) && ahead.literal(' ');
  if (has_year) reader = ahead;
  if (!read_clock(reader, time) || !read_optional_fraction(reader, time)) return std::nullopt;
  if (!has_year && !choose_year(time, reference)) return std::nullopt;
  return scanned(time, text, reader);
}

std::optional<std::int64_t> parse_apache_error_time(std::string_view text) {
  constexpr std::size_t weekday_size = 4;  // "Wed "
  if (text.size() < weekday_size || text[weekday_size - 1] != ' ') return std::nullopt;
  TextReader reader{text.substr(weekday_size)};
  CivilTime time;
  if (!read_month_name(reader, time.month) || !reader.literal(' ') || !reader.padded_two(time.day) ||
      !reader.literal(' ') || !read_clock(reader, time) || !read_optional_fraction(reader, time) ||
      !reader.literal(' ') || !reader.digits(4, time.year) || !reader.at_end()) {
    return std::nullopt;
  }
  return to_nanoseconds(time);
}

std::optional<ScannedTime> scan_nginx_error_time(std::string_view text) {
  TextReader reader{text};
  CivilTime time;
  if (!read_date(reader, '/', time) || !reader.literal(' ') || !read_clock(reader, time)) return std::nullopt;
  return scanned(time, text, reader);
}

std::optional<std::int64_t> parse_epoch(std::string_view text, EpochUnit unit) {
  std::string_view digits = text;
  if (digits.starts_with('-')) digits.remove_prefix(1);
  const auto value = parse_count(digits.substr(0, digits.find('.')));
  if (!value) return std::nullopt;
  return parse_scaled(text, nanoseconds_of(unit, *value));
}

std::optional<std::int64_t> parse_any_time(std::string_view text) {
  if (const auto time = parse_iso8601(text)) return time;
  if (const auto time = ClfTime{}.parse(text)) return time;
  if (const auto time = whole(scan_nginx_error_time(text), text)) return time;
  if (const auto time = parse_apache_error_time(text)) return time;
  return parse_epoch(text);
}

}  // namespace folio::logs
