// SPDX-License-Identifier: Apache-2.0
#include "cli/quantity.h"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <cmath>

namespace folio::cli {

namespace {

constexpr std::string_view kUnits = "KMGTPE";

// Power of 1024 that the suffix stands for.
std::optional<unsigned> unit_power(std::string_view suffix) {
  if (suffix.empty() || suffix == "B") return 0;
  const char letter =
      suffix.front() >= 'a' ? static_cast<char>(suffix.front() - ('a' - 'A')) : suffix.front();
  const std::size_t unit = kUnits.find(letter);
  if (unit == std::string_view::npos) return std::nullopt;
  const std::string_view rest = suffix.substr(1);
  if (!rest.empty() && rest != "B" && rest != "iB") return std::nullopt;
  return static_cast<unsigned>(unit) + 1;
}

}  // namespace

std::optional<std::uint64_t> parse_size(std::string_view text) {
  const char* const end = text.data() + text.size();
  std::uint64_t whole = 0;
  auto [rest, error] = std::from_chars(text.data(), end, whole);
  if (error != std::errc{}) return std::nullopt;
  double fraction = 0;
  if (rest != end && *rest == '.') {
    const auto parsed = std::from_chars(rest, end, fraction, std::chars_format::fixed);
    if (parsed.ec != std::errc{}) return std::nullopt;
    rest = parsed.ptr;
  }
  const auto power = unit_power({rest, static_cast<std::size_t>(end - rest)});
  if (!power || (fraction != 0 && *power == 0)) return std::nullopt;
  const unsigned shift = *power * 10;
  if (whole != 0 && whole > (UINT64_MAX >> shift)) return std::nullopt;
  const auto extra = static_cast<std::uint64_t>(fraction * std::ldexp(1.0, static_cast<int>(shift)));
  const std::uint64_t base = whole << shift;
  return extra > UINT64_MAX - base ? std::nullopt : std::optional{base + extra};
}

std::optional<ByteRange> parse_range(std::string_view text) {
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos) return std::nullopt;
  const std::string_view first = text.substr(0, colon);
  const std::string_view last = text.substr(colon + 1);
  const auto begin = first.empty() ? std::optional<std::uint64_t>{0} : parse_size(first);
  const auto end = last.empty() ? std::optional<std::uint64_t>{UINT64_MAX} : parse_size(last);
  if (!begin || !end || *begin > *end) return std::nullopt;
  return ByteRange{*begin, *end};
}

std::string format_size(std::uint64_t bytes) {
  if (bytes < 1024) return fmt::format("{} B", bytes);
  double value = static_cast<double>(bytes) / 1024;
  std::size_t unit = 0;
  while (value >= 1024 && unit + 1 < kUnits.size()) {
    value /= 1024;
    ++unit;
  }
  return fmt::format("{:.{}f} {}iB", value, value < 10 ? 2 : 1, kUnits[unit]);
}

std::string format_count(std::uint64_t count) {
  std::string digits = std::to_string(count);
  for (std::size_t from_end = 3; from_end < digits.size(); from_end += 4)
    digits.insert(digits.size() - from_end, 1, ',');
  return digits;
}

}  // namespace folio::cli
