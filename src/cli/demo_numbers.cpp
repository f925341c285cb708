// SPDX-License-Identifier: Apache-2.0
#include "cli/demo_numbers.h"

#include <fmt/format.h>

namespace folio::cli {

namespace {

constexpr std::size_t kColumns = 100;

}  // namespace

std::string format_rate(double bytes_per_second) {
  return fmt::format("{:.2f} GB/s", bytes_per_second / 1e9);
}

std::string format_rate(std::uint64_t bytes, const bench::Measured& cost) {
  return format_rate(bench::rate(bytes, cost.seconds));
}

std::string format_share(std::optional<double> share) {
  return share ? fmt::format("{:.0f} %", *share * 100) : "an unknown part";
}

std::string format_times(double ratio) {
  return fmt::format("{:.{}f} times", ratio, ratio < 10 ? 2 : 0);
}

std::string paragraph(std::string_view text, std::size_t indent) {
  std::string out;
  std::size_t column = 0;
  while (!text.empty()) {
    const std::string_view word = text.substr(0, text.find(' '));
    text.remove_prefix(std::min(text.size(), word.size() + 1));
    if (column > 0 && column + 1 + word.size() > kColumns) {
      out += '\n';
      column = 0;
    }
    out += column == 0 ? std::string(indent, ' ') : " ";
    out += word;
    column = column == 0 ? indent + word.size() : column + 1 + word.size();
  }
  return out + "\n";
}

std::string shortened(std::string_view text, std::size_t columns) {
  if (text.size() <= columns) return std::string{text};
  return std::string{text.substr(0, columns - 3)} + "...";
}

}  // namespace folio::cli
