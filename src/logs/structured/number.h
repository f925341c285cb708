// SPDX-License-Identifier: Apache-2.0
// Numbers and durations as programs write them into structured logs: with exponents, with units.
//
// Threads: plain functions. Errors: what is no number, or does not fit into 63 bits, is nothing.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace folio::logs {

/// "12", "-0.25", "1.5e-05" times `unit`, cut to a whole number. REQUIRES: a power of ten up to 10^9.
[[nodiscard]] std::optional<std::int64_t> parse_number(std::string_view text, std::int64_t unit);

/// Time since 1970 in nanoseconds; seconds, milli-, micro- or nanoseconds by the size of the number.
[[nodiscard]] std::optional<std::int64_t> parse_epoch_number(std::string_view text);

/// Nanoseconds of a unit: ns, us (also with the micro sign), ms, s, m or min, h, d, w; 0 for anything else.
[[nodiscard]] std::int64_t duration_unit(std::string_view word);

/// Nanoseconds of "250ms", "1.5s", "1h2m3.5s". Every number needs a unit.
[[nodiscard]] std::optional<std::int64_t> parse_duration(std::string_view text);

}  // namespace folio::logs
