// SPDX-License-Identifier: Apache-2.0
// Numbers and paragraphs as the tour prints them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "bench/rounds.h"

namespace folio::cli {

/// "7.61 GB/s", by thousands.
[[nodiscard]] std::string format_rate(double bytes_per_second);
[[nodiscard]] std::string format_rate(std::uint64_t bytes, const bench::Measured& cost);
/// "83 %", or "an unknown part".
[[nodiscard]] std::string format_share(std::optional<double> share);
/// "1.93 times".
[[nodiscard]] std::string format_times(double ratio);

/// The text in lines of at most 100 columns, indented.
[[nodiscard]] std::string paragraph(std::string_view text, std::size_t indent = 3);

/// At most `columns` bytes of the text, with "..." where something is left out.
[[nodiscard]] std::string shortened(std::string_view text, std::size_t columns);

}  // namespace folio::cli
