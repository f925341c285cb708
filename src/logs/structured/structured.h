// SPDX-License-Identifier: Apache-2.0
// Parsers of structured logs by name.
//
// Ownership: a parser copies the mapping. Errors: a name that is none, or a mapping for a format without
// keys, is Errc::InvalidArgument.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

#include "folio/error.h"
#include "logs/line_parser.h"
#include "logs/structured/json_mapping.h"

namespace folio::logs {

struct StructuredFormat {
  std::string_view name;
  std::string_view description;  ///< One line.
};

[[nodiscard]] std::span<const StructuredFormat> structured_formats();

/// `mapping` may be null; its fields replace those of the format's own keys. Times without a year are at most
/// a day behind `reference`, in nanoseconds since 1970.
[[nodiscard]] Result<std::unique_ptr<LineParser>> make_structured_parser(std::string_view name,
                                                                         const JsonMapping* mapping,
                                                                         std::int64_t reference);

}  // namespace folio::logs
