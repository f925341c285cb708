// SPDX-License-Identifier: Apache-2.0
// The forms in which logs write a time, as nanoseconds since 1970-01-01T00:00:00Z.
//
// No locale and no time zone of the machine: a time without a zone is one of UTC. Each parse_ function takes
// the whole text; each scan_ function takes a text that begins with a time, and says how long that is. Days
// that do not exist, hour 24, minute 60 and zones outside -1200 to +1400 are no time; second 60 is the last
// nanosecond of 59. Years 1678 to 2261. Threads: plain functions. Errors: nothing, for what is no time.
// The form of Apache's and nginx's access logs is in clf_time.h, patterns are in time_pattern.h.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace folio::logs {

struct ScannedTime {
  std::int64_t nanoseconds = 0;
  std::size_t size = 0;  ///< In bytes.
};

/// 2023-10-11T14:32:52.123456789+02:00, with "T", "t" or a space; a point or a comma before up to nine
/// digits; Z, +hh:mm, +hhmm, +hh, also behind a space, or no zone.
[[nodiscard]] std::optional<ScannedTime> scan_iso8601(std::string_view text);
[[nodiscard]] std::optional<std::int64_t> parse_iso8601(std::string_view text);

/// Oct 11 22:14:15 or Oct  1 22:14:15 of RFC 3164, perhaps with a fraction or with a year behind the day.
/// Without one it is the latest year that makes a time no more than a day after `reference`.
[[nodiscard]] std::optional<ScannedTime> scan_rfc3164(std::string_view text, std::int64_t reference);

/// Wed Oct 11 14:32:52 2023 or Wed Oct 11 14:32:52.123456 2023: Apache's error log.
[[nodiscard]] std::optional<std::int64_t> parse_apache_error_time(std::string_view text);

/// 2023/10/11 14:32:52: nginx's error log.
[[nodiscard]] std::optional<ScannedTime> scan_nginx_error_time(std::string_view text);

enum class EpochUnit : std::uint8_t {
  Guess,  ///< By the size of the number: below 10^11 seconds, 10^14 milli-, 10^17 microseconds.
  Seconds,
  Milliseconds,
  Microseconds,
  Nanoseconds,
};

/// 1697034772, 1697034772.123, 1697034772123: time since 1970, perhaps with a fraction, perhaps before it.
[[nodiscard]] std::optional<std::int64_t> parse_epoch(std::string_view text,
                                                      EpochUnit unit = EpochUnit::Guess);

/// Whichever of the forms above with a year, or of clf_time.h, the whole of `text` has.
[[nodiscard]] std::optional<std::int64_t> parse_any_time(std::string_view text);

}  // namespace folio::logs
