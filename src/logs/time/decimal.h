// SPDX-License-Identifier: Apache-2.0
// Decimal numbers of logs: counts, durations, seconds since 1970. No locale, no rounding errors.
//
// Threads: plain functions. Errors: what is no number, or above 2^63 - 1, is nothing.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace folio::logs {

/// One digit or more, and nothing else.
[[nodiscard]] std::optional<std::int64_t> parse_count(std::string_view text);

/// "12", "0.25", "-3.5" times `unit`, which is 1 to 10^9; cut to a whole number. Digits behind the ninth of a
/// fraction count for nothing.
[[nodiscard]] std::optional<std::int64_t> parse_scaled(std::string_view text, std::int64_t unit);

}  // namespace folio::logs
