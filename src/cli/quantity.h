// SPDX-License-Identifier: Apache-2.0
// Sizes and ranges as people type and read them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "folio/bytes.h"

namespace folio::cli {

/// "4096", "64K", "1.5G", "2GiB", "1MB": K, M, G, T, P are powers of 1024, with or without i and B.
[[nodiscard]] std::optional<std::uint64_t> parse_size(std::string_view text);

/// "A:B", "A:", ":B" in sizes; the end is open where it is missing.
[[nodiscard]] std::optional<ByteRange> parse_range(std::string_view text);

/// "1.2 GiB"; exact below 1 KiB.
[[nodiscard]] std::string format_size(std::uint64_t bytes);

/// 1234567 as "1,234,567".
[[nodiscard]] std::string format_count(std::uint64_t count);

}  // namespace folio::cli
