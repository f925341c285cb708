// SPDX-License-Identifier: Apache-2.0
#include "logs/format/field_values.h"

#include <algorithm>

#include "logs/time/decimal.h"
#include "logs/time/text_reader.h"

namespace folio::logs {

namespace {

constexpr std::string_view kListBytes = ", :";

bool is_absent(std::string_view text) {
  return text.empty() || text == "-";
}

}  // namespace

std::optional<std::int64_t> parse_duration(std::string_view text, std::int64_t unit) {
  if (is_absent(text)) return kAbsent;
  if (text.starts_with('+')) text.remove_prefix(1);
  const auto value = parse_scaled(text, unit);
  if (!value) return std::nullopt;
  return text.starts_with('-') ? kAbsent : *value;
}

std::optional<std::int64_t> parse_duration_list(std::string_view text, std::int64_t unit) {
  std::int64_t sum = kAbsent;
  while (!text.empty()) {
    const std::size_t size = std::min(text.find_first_of(kListBytes), text.size());
    const auto value = parse_duration(text.substr(0, size), unit);
    if (!value) return std::nullopt;
    if (*value != kAbsent && __builtin_add_overflow(sum == kAbsent ? 0 : sum, *value, &sum))
      return std::nullopt;
    text.remove_prefix(std::min(size + 1, text.size()));
  }
  return sum;
}

std::optional<std::int64_t> parse_status(std::string_view text) {
  if (is_absent(text)) return kAbsent;
  if (text == "0" || text == "000" || text == "-1") return 0;
  if (text.size() != 3 || text[0] == '0') return std::nullopt;
  return parse_count(text);
}

std::optional<std::int64_t> parse_status_list(std::string_view text) {
  std::int64_t last = kAbsent;
  while (!text.empty()) {
    const std::size_t size = std::min(text.find_first_of(kListBytes), text.size());
    const auto value = parse_status(text.substr(0, size));
    if (!value) return std::nullopt;
    if (*value != kAbsent) last = *value;
    text.remove_prefix(std::min(size + 1, text.size()));
  }
  return last;
}

std::string_view without_port(std::string_view text) {
  if (text.starts_with('[')) {
    const std::size_t bracket = text.find(']');
    return bracket == std::string_view::npos ? text : text.substr(1, bracket - 1);
  }
  const std::size_t colon = text.rfind(':');
  if (colon == std::string_view::npos || !parse_count(text.substr(colon + 1))) return text;
  return text.substr(0, colon);
}

}  // namespace folio::logs
