// SPDX-License-Identifier: Apache-2.0
#include "logs/query/value.h"

#include <algorithm>
#include <array>
#include <string>

#include "core/try.h"
#include "logs/query/time_range.h"
#include "logs/structured/number.h"
#include "logs/time/civil_time.h"
#include "logs/time/decimal.h"
#include "logs/time/text_reader.h"
#include "logs/time/timestamp.h"

namespace folio::logs {

namespace {

using Number = std::optional<std::int64_t>;

std::string_view advice(ValueType type) {
  switch (type) {
    case ValueType::Text:
      break;
    case ValueType::Count:
      return "a number is needed here, such as 404";
    case ValueType::Size:
      return "a number of bytes is needed here, such as 4096 or 4K";
    case ValueType::Duration:
      return "a duration with its unit is needed here, such as 250ms or 1.5s";
    case ValueType::Time:
      return "a time between quotes is needed here, such as \"2025-01-31T12:00\" or \"2h\"";
    case ValueType::StatusClass:
      return "a class of statuses is needed here, such as \"4xx\"";
    case ValueType::Hour:
      return "an hour is needed here, a number from 0 to 23";
    case ValueType::Weekday:
      return "a day of the week is needed here, such as \"mon\" or \"monday\"";
    case ValueType::Day:
      return "a day is needed here, such as \"2025-01-31\"";
  }
  return "a text between quotes is needed here";
}

Number weekday_of(std::string_view name) {
  constexpr std::array<std::string_view, 7> kNames{"monday", "tuesday",  "wednesday", "thursday",
                                                   "friday", "saturday", "sunday"};
  std::string lower{name};
  std::ranges::transform(lower, lower.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
  });
  for (std::size_t day = 0; day < kNames.size(); ++day) {
    if (lower == kNames[day] || lower == kNames[day].substr(0, 3)) return static_cast<std::int64_t>(day);
  }
  return std::nullopt;
}

Number day_of(std::string_view text) {
  TextReader reader(text);
  unsigned year = 0;
  unsigned month = 0;
  unsigned day = 0;
  const bool has_form = reader.digits(4, year) && reader.literal('-') && reader.digits(2, month) &&
                        reader.literal('-') && reader.digits(2, day) && reader.at_end();
  return has_form ? days_since_1970(year, month, day) : std::nullopt;
}

Number status_class_of(std::string_view text) {
  const bool has_form = text.size() == 3 && digit_value(text[0]) <= 9 && text.substr(1) == "xx";
  return has_form ? Number{digit_value(text[0])} : std::nullopt;
}

Number of_number(ValueType type, std::string_view text) {
  switch (type) {
    case ValueType::Count:
      return parse_scaled(text, 1);
    case ValueType::Size:
      return parse_byte_count(text);
    case ValueType::Duration:
      return text == "0" ? Number{0} : parse_duration(text);
    case ValueType::Time:
      return parse_epoch(text);
    case ValueType::Hour: {
      const Number hour = parse_count(text);
      return hour && *hour < 24 ? hour : std::nullopt;
    }
    case ValueType::StatusClass:
      return status_class_of(text);
    default:
      return std::nullopt;
  }
}

Number of_text(ValueType type, std::string_view text) {
  switch (type) {
    case ValueType::StatusClass:
      return status_class_of(text);
    case ValueType::Weekday:
      return weekday_of(text);
    case ValueType::Day:
      return day_of(text);
    default:
      return std::nullopt;
  }
}

// A whole number: a status of 404.5 would only seem to mean something.
bool is_fraction_of_one(ValueType type, std::string_view text) {
  return type == ValueType::Count && text.find('.') != std::string_view::npos;
}

}  // namespace

Number parse_byte_count(std::string_view text) {
  const std::size_t size = std::min(text.find_first_not_of("0123456789."), text.size());
  const std::string_view number = text.substr(0, size);
  std::string_view suffix = text.substr(size);
  if (suffix.empty() || suffix == "B") return parse_count(number);
  const std::size_t power = std::string_view{"KMGT"}.find(static_cast<char>(suffix.front() & ~0x20));
  suffix.remove_prefix(1);
  if (power == std::string_view::npos || (!suffix.empty() && suffix != "B" && suffix != "iB")) {
    return std::nullopt;
  }
  constexpr std::int64_t kFractions = 1 << 20;  // so that 1.5T does not overflow
  const auto value = parse_scaled(number, kFractions);
  const std::int64_t unit = std::int64_t{1} << (10 * (power + 1));
  if (!value) return std::nullopt;
  std::int64_t whole = 0;
  if (__builtin_mul_overflow(*value / kFractions, unit, &whole)) return std::nullopt;
  const std::int64_t part = *value % kFractions * unit / kFractions;
  return __builtin_add_overflow(whole, part, &whole) ? std::nullopt : Number{whole};
}

Result<std::int64_t> parse_value(ValueType type, const Token& token, std::int64_t now) {
  if (token.kind == Token::Kind::Text && type == ValueType::Time) {
    auto time = parse_time_point(token.text, now);
    if (!time) return query_mistake(token.column, time.error().detail);
    return time;
  }
  Number value;
  if (token.kind == Token::Kind::Number && !is_fraction_of_one(type, token.shown)) {
    value = of_number(type, token.shown);
  }
  if (token.kind == Token::Kind::Text) value = of_text(type, token.text);
  if (!value) return query_mistake(token.column, advice(type));
  return *value;
}

}  // namespace folio::logs
