// SPDX-License-Identifier: Apache-2.0
// Moments of a report as text, all in UTC. What lies outside of the years 0 to 9999 is given in seconds.
#pragma once

#include <cstdint>
#include <string>

namespace folio::cli {

inline constexpr std::int64_t kNanosecondsPerSecond = 1'000'000'000;

/// "2026-01-31 23:59:59"
[[nodiscard]] std::string utc_text(std::int64_t seconds);

/// "2026-01-31T23:59:59Z", with a fraction as far as there is one.
[[nodiscard]] std::string utc_stamp(std::int64_t nanoseconds);
[[nodiscard]] std::string utc_stamp_of_seconds(std::int64_t seconds);

/// The beginning of a bucket as far as it tells buckets apart: "2026-01-31 23:59", "2026-01-31", "2026-01".
/// `bucket_seconds` is 0 for months.
[[nodiscard]] std::string bucket_text(std::int64_t begin, std::int64_t bucket_seconds);

/// Seconds with the digits that count: "0.25", "12", "0.000001".
[[nodiscard]] std::string exact_seconds(std::int64_t nanoseconds);

/// Nanoseconds down to whole seconds, also before 1970.
[[nodiscard]] std::int64_t whole_seconds(std::int64_t nanoseconds);

}  // namespace folio::cli
