// SPDX-License-Identifier: Apache-2.0
// What a condition can ask a record for: its fields, and what follows from them.
//
// Threads: plain functions. Errors: none.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "logs/record.h"

namespace folio::logs {

/// The fields have their own numbers; these follow from a field.
enum class Source : std::uint8_t {
  Path = kFields,  ///< Target without its query.
  Query,           ///< What is behind the "?" of the target; absent without one.
  StatusClass,     ///< 4 for 404; 0 for status 0.
  Hour,            ///< 0 to 23, UTC.
  Weekday,         ///< 0 for Monday, UTC.
  Day,             ///< Days since 1970-01-01, UTC.
};

[[nodiscard]] constexpr Source source_of(Field field) {
  return static_cast<Source>(field);
}

/// How values are compared and written.
enum class ValueType : std::uint8_t {
  Text,
  Count,        ///< 404
  Size,         ///< 4096, 4K, 2MiB
  Duration,     ///< 250ms
  Time,         ///< "2025-01-01T00:00"
  StatusClass,  ///< "4xx"
  Hour,         ///< 17
  Weekday,      ///< "mon" or "monday"
  Day,          ///< "2025-01-31"
};

[[nodiscard]] ValueType type_of(Source source);
/// The field that a source is, or follows from.
[[nodiscard]] Field field_of(Source source);
/// "path" is without the query here; every other name as parse_field has it.
[[nodiscard]] std::optional<Source> parse_source(std::string_view name);
/// The known name that is most like `name`; empty where none is.
[[nodiscard]] std::string_view similar_source(std::string_view name);

/// REQUIRES: a source of texts. Nothing where the record has none.
[[nodiscard]] std::optional<std::string_view> text_of(Source source, const Record& record);
/// REQUIRES: a source of numbers, whatever their type.
[[nodiscard]] std::optional<std::int64_t> number_of(Source source, const Record& record);
[[nodiscard]] bool is_present(Source source, const Record& record);

}  // namespace folio::logs
