// SPDX-License-Identifier: Apache-2.0
#include "logs/structured/number.h"

#include <algorithm>
#include <array>
#include <utility>

#include "logs/time/civil_time.h"
#include "logs/time/decimal.h"
#include "logs/time/text_reader.h"
#include "logs/time/timestamp.h"

namespace folio::logs {

namespace {

constexpr std::int64_t kMicrosecond = 1000;
constexpr std::int64_t kMillisecond = 1'000'000;
constexpr std::int64_t kMinute = 60 * kNanosecondsPerSecond;
constexpr std::int64_t kDay = kSecondsPerDay * kNanosecondsPerSecond;
constexpr std::int64_t kMantissaMax = 100'000'000'000'000'000;  // more digits count for nothing
constexpr int kExponentMax = 1'000'000;

// A mantissa, read from the front of a text, as whole number and power of ten.
struct Mantissa {
  std::int64_t digits = 0;
  int power = 0;
  bool is_valid = false;
};

Mantissa parse_mantissa(std::string_view text) {
  Mantissa mantissa;
  bool behind_point = false;
  for (const char c : text) {
    if (c == '.' && mantissa.is_valid && !behind_point) {
      behind_point = true;
      mantissa.is_valid = false;
      continue;
    }
    if (digit_value(c) > 9) return {};
    mantissa.is_valid = true;
    const bool counts = mantissa.digits < kMantissaMax;
    if (counts) mantissa.digits = mantissa.digits * 10 + digit_value(c);
    if (counts == behind_point) mantissa.power += behind_point ? -1 : 1;
  }
  return mantissa;
}

std::optional<int> parse_exponent(std::string_view text) {
  const bool is_negative = text.starts_with('-');
  if (is_negative || text.starts_with('+')) text.remove_prefix(1);
  const auto count = parse_count(text);
  if (!count) return std::nullopt;
  const int value = static_cast<int>(std::min<std::int64_t>(*count, kExponentMax));
  return is_negative ? -value : value;
}

std::optional<std::int64_t> shifted(std::int64_t value, int power) {
  for (; power < 0 && value != 0; ++power) value /= 10;
  for (; power > 0 && value != 0; --power) {
    if (__builtin_mul_overflow(value, std::int64_t{10}, &value)) return std::nullopt;
  }
  return value;
}

constexpr int power_of(std::int64_t unit) {
  int power = 0;
  for (; unit > 1; unit /= 10) ++power;
  return power;
}

// Length of the number at the front of a text: digits and a point.
std::size_t number_size(std::string_view text) {
  return std::min(text.find_first_not_of("0123456789."), text.size());
}

}  // namespace

std::optional<std::int64_t> parse_number(std::string_view text, std::int64_t unit) {
  const std::size_t e = text.find_first_of("eE");
  if (e == std::string_view::npos) return parse_scaled(text, unit);
  const bool is_negative = text.starts_with('-');
  const Mantissa mantissa = parse_mantissa(text.substr(is_negative ? 1 : 0, e - (is_negative ? 1 : 0)));
  const auto exponent = parse_exponent(text.substr(e + 1));
  if (!mantissa.is_valid || !exponent) return std::nullopt;
  const auto value = shifted(mantissa.digits, mantissa.power + *exponent + power_of(unit));
  if (!value) return std::nullopt;
  return is_negative ? -*value : *value;
}

std::optional<std::int64_t> parse_epoch_number(std::string_view text) {
  if (text.find_first_of("eE") == std::string_view::npos) return parse_epoch(text);
  const auto whole = parse_number(text, 1);
  if (!whole) return std::nullopt;
  std::int64_t unit = kNanosecondsPerSecond;
  for (std::int64_t limit = 100'000'000'000; unit > 1 && (*whole >= limit || *whole <= -limit);) {
    limit *= 1000;
    unit /= 1000;
  }
  return parse_number(text, unit);
}

std::int64_t duration_unit(std::string_view word) {
  constexpr std::array<std::pair<std::string_view, std::int64_t>, 11> kUnits{{{"ns", 1},
                                                                              {"us", kMicrosecond},
                                                                              {"\xC2\xB5s", kMicrosecond},
                                                                              {"\xCE\xBCs", kMicrosecond},
                                                                              {"ms", kMillisecond},
                                                                              {"s", kNanosecondsPerSecond},
                                                                              {"m", kMinute},
                                                                              {"min", kMinute},
                                                                              {"h", 60 * kMinute},
                                                                              {"d", kDay},
                                                                              {"w", 7 * kDay}}};
  for (const auto& [name, nanoseconds] : kUnits) {
    if (name == word) return nanoseconds;
  }
  return 0;
}

std::optional<std::int64_t> parse_duration(std::string_view text) {
  if (text.empty()) return std::nullopt;
  std::int64_t sum = 0;
  while (!text.empty()) {
    const std::size_t size = number_size(text);
    const std::string_view number = text.substr(0, size);
    text.remove_prefix(size);
    const std::string_view word = text.substr(0, text.find_first_of("0123456789."));
    text.remove_prefix(word.size());
    const std::int64_t unit = duration_unit(word);
    // A fraction of up to nine digits times a week fits: parse_scaled takes units up to a second only.
    const bool is_long = unit > kNanosecondsPerSecond;
    const auto part = unit == 0 ? std::nullopt : parse_scaled(number, is_long ? kNanosecondsPerSecond : unit);
    std::int64_t value = 0;
    if (!part || __builtin_mul_overflow(*part, is_long ? unit / kNanosecondsPerSecond : 1, &value)) {
      return std::nullopt;
    }
    if (__builtin_add_overflow(sum, value, &sum)) return std::nullopt;
  }
  return sum;
}

}  // namespace folio::logs
