// SPDX-License-Identifier: Apache-2.0
// A date and a time of day as a log shows them, and the way to nanoseconds since 1970.
//
// Threads: plain values and functions. Errors: what does not exist (30 February, 24:00, minute 60) is
// nothing.
#pragma once

#include <cstdint>
#include <optional>

#include "logs/time/text_reader.h"

namespace folio::logs {

inline constexpr std::int64_t kNanosecondsPerSecond = 1'000'000'000;
inline constexpr std::int64_t kSecondsPerDay = 86'400;
// Whole years that 64 bits of nanoseconds hold, whatever the zone.
inline constexpr unsigned kYearFirst = 1678;
inline constexpr unsigned kYearLast = 2261;

struct CivilTime {
  unsigned year = 1970;
  unsigned month = 1;
  unsigned day = 1;
  unsigned hour = 0;
  unsigned minute = 0;
  unsigned second = 0;  ///< 60, a leap second, counts as the last nanosecond of 59.
  std::uint32_t nanosecond = 0;
  std::int32_t zone_seconds = 0;  ///< East of Greenwich.
};

/// Days since 1970-01-01, which is day 0.
[[nodiscard]] std::optional<std::int64_t> days_since_1970(unsigned year, unsigned month, unsigned day);

/// Nanoseconds since 1970-01-01T00:00:00Z.
[[nodiscard]] std::optional<std::int64_t> to_nanoseconds(const CivilTime& time);

/// In UTC.
[[nodiscard]] unsigned year_of(std::int64_t nanoseconds);

// Parts of times at the front of a text.

/// "Jan" to "Dec".
bool read_month_name(TextReader& reader, unsigned& month);
/// HH:MM:SS; ranges are checked by to_nanoseconds.
bool read_clock(TextReader& reader, CivilTime& time);
/// +hhmm, +hh:mm or +hh, from -1200 to +1400.
bool read_zone_offset(TextReader& reader, std::int32_t& seconds);

}  // namespace folio::logs
