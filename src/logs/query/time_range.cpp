// SPDX-License-Identifier: Apache-2.0
#include "logs/query/time_range.h"

#include <string>

#include "core/fail.h"
#include "core/try.h"
#include "logs/structured/number.h"
#include "logs/time/civil_time.h"
#include "logs/time/text_reader.h"
#include "logs/time/timestamp.h"

namespace folio::logs {

namespace {

constexpr std::int64_t kDay = kSecondsPerDay * kNanosecondsPerSecond;

std::int64_t midnight_of(std::int64_t time) {
  const std::int64_t rest = time % kDay;
  return time - rest - (rest < 0 ? kDay : 0);
}

std::optional<std::int64_t> named(std::string_view text, std::int64_t now) {
  if (text == "now") return now;
  if (text == "today") return midnight_of(now);
  if (text == "yesterday") return midnight_of(now) - kDay;
  return std::nullopt;
}

// "2025-01-31", "2025-01-31T12:00", "2025-01-31 12:00+02:00": without seconds, logs do not write them, but
// people do.
std::optional<std::int64_t> short_iso(std::string_view text) {
  TextReader reader(text);
  CivilTime time;
  const bool has_date = reader.digits(4, time.year) && reader.literal('-') && reader.digits(2, time.month) &&
                        reader.literal('-') && reader.digits(2, time.day);
  if (!has_date) return std::nullopt;
  if (reader.any_of("Tt ")) {
    const bool has_time = reader.digits(2, time.hour) && reader.literal(':') && reader.digits(2, time.minute);
    if (!has_time) return std::nullopt;
    if (!reader.any_of("Zz") && !reader.at_end() && !read_zone_offset(reader, time.zone_seconds)) {
      return std::nullopt;
    }
  }
  return reader.at_end() ? to_nanoseconds(time) : std::nullopt;
}

std::optional<std::int64_t> before(std::string_view text, std::int64_t now) {
  const auto duration = parse_duration(text);
  std::int64_t time = 0;
  if (!duration || __builtin_sub_overflow(now, *duration, &time)) return std::nullopt;
  return time;
}

}  // namespace

Result<std::int64_t> parse_time_point(std::string_view text, std::int64_t now) {
  if (const auto time = named(text, now)) return *time;
  if (const auto time = short_iso(text)) return *time;
  if (const auto time = parse_any_time(text)) return *time;
  if (const auto time = parse_epoch(text)) return *time;
  if (const auto time = before(text, now)) return *time;
  std::string detail{"'"};
  detail.append(text).append(
      "' is no time; write one like 2025-01-31, 2025-01-31T12:00, 1735689600, 2h, 7d, today, yesterday or "
      "now");
  return fail(Errc::InvalidArgument, "", std::move(detail));
}

Result<TimeRange> parse_time_range(std::optional<std::string_view> since,
                                   std::optional<std::string_view> until, std::int64_t now) {
  TimeRange range;
  if (since) range.since = FOLIO_TRY(parse_time_point(*since, now));
  if (until) range.until = FOLIO_TRY(parse_time_point(*until, now));
  if (range.since >= range.until) {
    std::string detail{"no time lies since '"};
    detail.append(since.value_or("")).append("' and until '").append(until.value_or("")).append("'");
    return fail(Errc::InvalidArgument, "", std::move(detail));
  }
  return range;
}

}  // namespace folio::logs
