// SPDX-License-Identifier: Apache-2.0
// Numbers of fields that need more than their digits read.
//
// Threads: plain functions. Errors: nothing, for what is no such number; kAbsent for what is left out.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace folio::logs {

/// Of a duration that a log does not have.
inline constexpr std::int64_t kAbsent = -1;

/// "0.25", "+109"; kAbsent for "-", "" and whatever is negative.
[[nodiscard]] std::optional<std::int64_t> parse_duration(std::string_view text, std::int64_t unit);

/// The sum of "0.001, - : 0.002"; kAbsent if there is no number.
[[nodiscard]] std::optional<std::int64_t> parse_duration_list(std::string_view text, std::int64_t unit);

/// 100 to 999; 0 for "0", "000" and "-1"; kAbsent for "-" and "".
[[nodiscard]] std::optional<std::int64_t> parse_status(std::string_view text);

/// The last of "502, 200".
[[nodiscard]] std::optional<std::int64_t> parse_status_list(std::string_view text);

/// "192.0.2.1:80" and "[2001:db8::1]:80" without port and brackets.
[[nodiscard]] std::string_view without_port(std::string_view text);

}  // namespace folio::logs
