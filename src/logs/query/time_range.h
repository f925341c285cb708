// SPDX-License-Identifier: Apache-2.0
// Points in time as people type them: --since and --until.
//
// Threads: plain functions. Errors: Errc::InvalidArgument with one sentence.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string_view>

#include "folio/error.h"

namespace folio::logs {

/// Nanoseconds since 1970, `until` not included.
struct TimeRange {
  std::int64_t since = std::numeric_limits<std::int64_t>::min();
  std::int64_t until = std::numeric_limits<std::int64_t>::max();

  [[nodiscard]] bool contains(std::int64_t time) const { return since <= time && time < until; }
  [[nodiscard]] bool is_everything() const {
    return since == std::numeric_limits<std::int64_t>::min() &&
           until == std::numeric_limits<std::int64_t>::max();
  }
};

/// A date ("2025-01-31", its first moment), a date and a time ("2025-01-31T12:00", "2025-01-31
/// 12:00:00.5+02:00"), the time of an access log ("31/Jan/2025:12:00:00 +0000"), a time since 1970
/// ("1735689600"), "now", "today" and "yesterday" (their first moments), or how long before `now`: "30m",
/// "2h", "7d", "1w", "1h30m". UTC where there is no zone.
[[nodiscard]] Result<std::int64_t> parse_time_point(std::string_view text, std::int64_t now);

/// An end that is missing is open. An error where nothing lies between both.
[[nodiscard]] Result<TimeRange> parse_time_range(std::optional<std::string_view> since,
                                                 std::optional<std::string_view> until, std::int64_t now);

}  // namespace folio::logs
