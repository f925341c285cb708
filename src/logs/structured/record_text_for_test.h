// SPDX-License-Identifier: Apache-2.0
// Records as text, for tests of parsers.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <string_view>

#include "logs/structured/structured.h"

namespace folio::logs {

/// 2026-01-01T00:00:00Z
inline constexpr std::int64_t kReferenceForTest = 1'767'225'600'000'000'000;

/// "method=GET status=200": the fields that are present.
inline std::string shown(const Record& record) {
  std::string all;
  for (std::size_t number = 0; number < kFields; ++number) {
    const auto field = static_cast<Field>(number);
    if (!record.has(field)) continue;
    if (!all.empty()) all += ' ';
    all.append(field_name(field)).append("=");
    if (is_text(field)) {
      all.append(record.text(field));
    } else {
      all.append(std::to_string(record.number(field)));
    }
  }
  return all;
}

/// The same of a line, or the reason and the column of its rejection.
inline std::string parsed(LineParser& parser, std::string_view line) {
  Record record;
  record.set(Field::User, "of the line before");
  const Verdict verdict = parser.parse(line, record);
  if (verdict.ok()) return shown(record);
  std::string all{reject_name(verdict.reject)};
  return all.append(" @").append(std::to_string(verdict.column));
}

inline std::unique_ptr<LineParser> parser_for_test(std::string_view name, std::string_view mapping = {}) {
  JsonMapping keys;
  if (!mapping.empty()) {
    auto made = parse_mapping(mapping);
    EXPECT_TRUE(made) << made.error().message();
    keys = std::move(*made);
  }
  auto parser = make_structured_parser(name, mapping.empty() ? nullptr : &keys, kReferenceForTest);
  EXPECT_TRUE(parser) << parser.error().message();
  return std::move(*parser);
}

}  // namespace folio::logs
