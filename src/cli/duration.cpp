// SPDX-License-Identifier: Apache-2.0
#include "cli/duration.h"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <utility>

namespace folio::cli {

std::optional<double> parse_seconds(std::string_view text) {
  constexpr std::array<std::pair<std::string_view, double>, 5> kUnits{
      {{"", 1}, {"s", 1}, {"ms", 1e-3}, {"m", 60}, {"h", 3600}}};
  double number = 0;
  const char* const end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data(), end, number, std::chars_format::fixed);
  if (error != std::errc{} || !(number >= 0)) return std::nullopt;
  for (const auto& [unit, seconds] : kUnits) {
    if (unit == std::string_view(rest, static_cast<std::size_t>(end - rest))) return number * seconds;
  }
  return std::nullopt;
}

std::string format_seconds(double seconds) {
  const auto with_unit = [](double value, std::string_view unit) {
    const int decimals = value < 10 ? 2 : value < 100 ? 1 : 0;
    return fmt::format("{:.{}f} {}", value, decimals, unit);
  };
  if (seconds < 1e-6) return with_unit(seconds * 1e9, "ns");
  if (seconds < 1e-3) return with_unit(seconds * 1e6, "us");
  return seconds < 1 ? with_unit(seconds * 1e3, "ms") : with_unit(seconds, "s");
}

}  // namespace folio::cli
