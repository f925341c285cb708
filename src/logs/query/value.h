// SPDX-License-Identifier: Apache-2.0
// Values of conditions, as the type of what they are compared with wants them.
//
// Threads: plain functions. Errors: one sentence with the column.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "folio/error.h"
#include "logs/query/source.h"
#include "logs/query/token.h"

namespace folio::logs {

/// "4096", "4K", "1.5MiB", "2GB": K, M, G, T are powers of 1024, with or without i and B.
[[nodiscard]] std::optional<std::int64_t> parse_byte_count(std::string_view text);

/// REQUIRES: a type that is not Text. `now` is what relative times are before.
[[nodiscard]] Result<std::int64_t> parse_value(ValueType type, const Token& token, std::int64_t now);

}  // namespace folio::logs
