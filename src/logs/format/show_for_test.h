// SPDX-License-Identifier: Apache-2.0
// Records and verdicts as texts, so that tests can compare all of them at once.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "logs/line_parser.h"

namespace folio::logs {

/// "host=192.0.2.1 | status=200", the present fields in their order; "absent fields are not empty" if so.
[[nodiscard]] inline std::string show(const Record& record) {
  std::string text;
  for (std::size_t i = 0; i < kFields; ++i) {
    const auto field = static_cast<Field>(i);
    if (!record.has(field)) {
      const bool is_empty = is_text(field) ? record.text(field).empty() : record.number(field) == 0;
      if (!is_empty) return "absent fields are not empty";
      continue;
    }
    if (!text.empty()) text += " | ";
    text += field_name(field);
    text += '=';
    text += is_text(field) ? std::string{record.text(field)} : std::to_string(record.number(field));
  }
  return text;
}

[[nodiscard]] inline std::string show(const Verdict& verdict) {
  std::string text{reject_name(verdict.reject)};
  text += " at " + std::to_string(verdict.column) + ": ";
  text += verdict.expected;
  return text;
}

/// The record, or the verdict if the line is rejected. The line is copied, so that a sanitizer sees its ends.
[[nodiscard]] inline std::string parse_and_show(LineParser& parser, std::string_view line) {
  const auto copy = std::make_unique<char[]>(line.size());
  line.copy(copy.get(), line.size());
  const std::string_view exact{copy.get(), line.size()};
  Record record;
  record.set(Field::Machine, "left over");
  const Verdict verdict = parser.parse(exact, record);
  if (!verdict.ok()) return show(verdict);
  if ((record.present & ~parser.fields()) != 0)
    return "a field that fields() does not tell of: " + show(record);
  return show(record);
}

}  // namespace folio::logs
