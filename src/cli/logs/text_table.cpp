// SPDX-License-Identifier: Apache-2.0
#include "cli/logs/text_table.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <limits>

#include "cli/words.h"
#include "os/output.h"
#include "os/terminal.h"

namespace folio::cli {

namespace {

constexpr std::size_t kGap = 2;
constexpr std::size_t kBarMin = 6;
constexpr std::size_t kKeyMin =
    28;  // without its bar; fewer columns of numbers are shown before it gets less
constexpr std::uint64_t kColumnsMax = 10'000;

std::size_t column_width(const TextColumn& column) {
  std::size_t width = text_columns(column.heading);
  for (const std::string& cell : column.cells) width = std::max(width, text_columns(cell));
  return width;
}

struct Layout {
  std::vector<std::size_t> numbers;
  std::size_t key = 0;
  std::size_t bar = 0;
};

std::size_t taken_by(const std::vector<std::size_t>& widths) {
  std::size_t taken = 0;
  for (const std::size_t width : widths) taken += width + kGap;
  return taken;
}

/// Leaves out the most dispensable columns until the key and its bar have room.
Layout lay_out(TextTable& table, std::size_t width) {
  Layout layout;
  for (const TextColumn& column : table.numbers) layout.numbers.push_back(column_width(column));
  while (taken_by(layout.numbers) + kKeyMin + kBarMin > width) {
    const auto least =
        std::ranges::max_element(table.numbers, {}, [](const TextColumn& one) { return one.dispensable; });
    if (least == table.numbers.end() || least->dispensable == 0) break;
    layout.numbers.erase(layout.numbers.begin() + (least - table.numbers.begin()));
    table.numbers.erase(least);
  }
  const std::size_t rest = width - std::min(width, taken_by(layout.numbers));
  const std::size_t wanted = column_width(table.key);
  if (rest >= kKeyMin + kBarMin && !table.bars.empty()) {
    layout.key = std::min(wanted, rest - kGap - kBarMin);
    layout.bar = rest - kGap - layout.key;
  } else {
    layout.key = std::min(wanted, rest);
  }
  return layout;
}

std::string right_aligned(std::string_view text, std::size_t width) {
  const std::size_t used = text_columns(text);
  return std::string(width - std::min(width, used), ' ').append(text);
}

std::string heading_line(const TextTable& table, const Layout& layout, const TextOptions& options) {
  std::string line;
  for (std::size_t i = 0; i < table.numbers.size(); ++i) {
    line += right_aligned(table.numbers[i].heading, layout.numbers[i]);
    line.append(kGap, ' ');
  }
  line += cut_middle(table.key.heading, layout.key, options.glyphs);
  return inked(line, Ink::Quiet, options) + "\n";
}

std::string row_line(const TextTable& table, const Layout& layout, std::size_t row,
                     const TextOptions& options) {
  std::string line;
  for (std::size_t i = 0; i < table.numbers.size(); ++i) {
    const TextColumn& column = table.numbers[i];
    line += inked(right_aligned(column.cells[row], layout.numbers[i]), column.ink, options);
    line.append(kGap, ' ');
  }
  std::string key = cut_middle(table.key.cells[row], layout.key, options.glyphs);
  const std::string bar =
      layout.bar > 0 ? bar_text(table.bars[row], layout.bar, options.glyphs) : std::string{};
  if (bar.empty()) return line.append(key).append("\n");
  pad_to(key, layout.key + kGap);
  return line.append(key).append(inked(bar, Ink::Bar, options)).append("\n");
}

}  // namespace

unsigned report_width() {
  if (os::is_terminal(os::kStandardOutput)) return os::terminal_width(os::kStandardOutput);
  const char* const columns = std::getenv("COLUMNS");
  const auto number = columns != nullptr ? parse_number(columns, kWidthMin) : std::nullopt;
  return number && *number <= kColumnsMax ? static_cast<unsigned>(*number) : 80U;
}

std::string inked(std::string_view text, Ink ink, const TextOptions& options) {
  static constexpr std::array<std::string_view, 5> kSequences{"", "\x1b[1m", "\x1b[2m", "\x1b[31m",
                                                              "\x1b[36m"};
  if (!options.color || ink == Ink::Plain || text.empty()) return std::string{text};
  return std::string{kSequences[static_cast<std::size_t>(ink)]}.append(text).append("\x1b[0m");
}

std::string bar_text(double share, std::size_t columns, Glyphs glyphs) {
  static constexpr std::array<std::string_view, 8> kEighths{"",       "\u258f", "\u258e", "\u258d",
                                                            "\u258c", "\u258b", "\u258a", "\u2589"};
  if (!(share > 0)) return {};
  const double length = std::min(share, 1.0) * static_cast<double>(columns);
  if (glyphs == Glyphs::Ascii) {
    return std::string(std::max<std::size_t>(static_cast<std::size_t>(std::lround(length)), 1), '#');
  }
  const auto eighths = std::max<std::size_t>(static_cast<std::size_t>(std::lround(length * 8)), 1);
  std::string bar;
  for (std::size_t i = 0; i < eighths / 8; ++i) bar += "\u2588";
  return bar += kEighths[eighths % 8];
}

std::string table_text(TextTable table, const TextOptions& options) {
  const Layout layout = lay_out(table, std::max(options.width, kWidthMin));
  std::string text = heading_line(table, layout, options);
  for (std::size_t row = 0; row < table.key.cells.size(); ++row) {
    text += row_line(table, layout, row, options);
    if (row >= table.below.size()) continue;
    const std::size_t indent = taken_by(layout.numbers);
    const std::size_t room = std::max(options.width, kWidthMin) - indent;
    for (const std::string& line : table.below[row]) {
      text.append(indent, ' ');
      text += inked(cut_middle(line, room, options.glyphs), Ink::Quiet, options) + "\n";
    }
  }
  return text;
}

std::string wrapped(std::string_view text, std::size_t indent, const TextOptions& options) {
  const std::size_t room = std::max(options.width, kWidthMin) - indent;
  const std::string margin(indent, ' ');
  std::string out;
  std::string line;
  const auto end_line = [&] {
    out += margin;
    out += cut_middle(line, room, options.glyphs);
    out += '\n';
    line.clear();
  };
  while (!text.empty()) {
    const std::size_t space = std::min(text.find(' '), text.size());
    const std::string_view word = text.substr(0, space);
    if (!line.empty() && text_columns(line) + 1 + text_columns(word) > room) end_line();
    if (!line.empty()) line += ' ';
    line += word;
    text.remove_prefix(std::min(space + 1, text.size()));
  }
  if (!line.empty()) end_line();
  return out;
}

}  // namespace folio::cli
