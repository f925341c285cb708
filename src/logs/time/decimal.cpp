// SPDX-License-Identifier: Apache-2.0
#include "logs/time/decimal.h"

#include <algorithm>
#include <limits>

#include "logs/time/text_reader.h"

namespace folio::logs {

namespace {

constexpr std::int64_t kMax = std::numeric_limits<std::int64_t>::max();
constexpr std::size_t kSurelySmall = 18;  // digits: 10^18 - 1 is below 2^63

// `digits` are behind the point; the result is a part of `unit`.
std::optional<std::int64_t> fraction_of(std::string_view digits, std::int64_t unit) {
  std::int64_t value = 0;
  std::int64_t scale = 1;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (digit_value(digits[i]) > 9) return std::nullopt;
    if (i >= 9) continue;
    value = value * 10 + digit_value(digits[i]);
    scale *= 10;
  }
  return value * unit / scale;
}

}  // namespace

std::optional<std::int64_t> parse_count(std::string_view text) {
  if (text.empty()) return std::nullopt;
  std::int64_t value = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const unsigned digit = digit_value(text[i]);
    if (digit > 9) return std::nullopt;
    if (i >= kSurelySmall && value > (kMax - digit) / 10) return std::nullopt;
    value = value * 10 + digit;
  }
  return value;
}

std::optional<std::int64_t> parse_scaled(std::string_view text, std::int64_t unit) {
  const bool is_negative = text.starts_with('-');
  if (is_negative) text.remove_prefix(1);
  const std::size_t point = std::min(text.find('.'), text.size());
  const auto whole = parse_count(text.substr(0, point));
  const bool has_point = point < text.size();
  const auto part = fraction_of(text.substr(point + (has_point ? 1 : 0)), unit);
  if (!whole || !part || (has_point && point + 1 == text.size())) return std::nullopt;
  if (*whole > (kMax - *part) / unit) return std::nullopt;
  const std::int64_t value = *whole * unit + *part;
  return is_negative ? -value : value;
}

}  // namespace folio::logs
