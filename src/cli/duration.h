// SPDX-License-Identifier: Apache-2.0
// Lengths of time as people type and read them.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace folio::cli {

/// Seconds from "90", "1.5s", "250ms", "10m", "1h".
[[nodiscard]] std::optional<double> parse_seconds(std::string_view text);

/// "12.3 us", "141 ms", "1.23 s": three digits that count.
[[nodiscard]] std::string format_seconds(double seconds);

}  // namespace folio::cli
