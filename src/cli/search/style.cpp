// SPDX-License-Identifier: Apache-2.0
#include "cli/search/style.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace folio::cli {

namespace {

constexpr std::string_view kReset = "\x1b[0m";
constexpr std::array<std::string_view, 8> kColors{"black", "red",     "green", "yellow",
                                                  "blue",  "magenta", "cyan",  "white"};

std::optional<unsigned> parse_byte(std::string_view text) {
  const bool hexadecimal = text.starts_with("0x");
  if (hexadecimal) text.remove_prefix(2);
  unsigned value = 0;
  const auto [rest, error] =
      std::from_chars(text.data(), text.data() + text.size(), value, hexadecimal ? 16 : 10);
  if (error != std::errc{} || rest != text.data() + text.size() || value > 255) return std::nullopt;
  return value;
}

std::optional<std::string> parse_color(std::string_view text) {
  if (const auto* const named = std::ranges::find(kColors, text); named != kColors.end()) {
    return std::to_string(named - kColors.begin());
  }
  std::string code;
  unsigned count = 0;
  for (std::string_view left = text; !left.empty() || count == 0; ++count) {
    const std::size_t comma = std::min(left.find(','), left.size());
    const auto value = parse_byte(left.substr(0, comma));
    if (!value) return std::nullopt;
    code += ';';
    code += std::to_string(*value);
    left.remove_prefix(std::min(comma + 1, left.size()));
  }
  if (count != 1 && count != 3) return std::nullopt;
  return std::string(1, count == 1 ? '5' : '2').append(code);
}

// "1" is a colour of the eight, "5;1" and "2;1;2;3" are others.
void append_color(std::string& out, const std::string& color, char ground, bool intense) {
  if (color.empty()) return;
  out += "\x1b[";
  out += ground;
  if (color.size() > 1) {
    out += "8;";
    out += color;
  } else if (intense) {
    out += "8;5;";
    out += std::to_string(8 + (color.front() - '0'));
  } else {
    out += color;
  }
  out += 'm';
}

bool apply_font(StyleSheet::Style& style, std::string_view value) {
  const bool on = !value.starts_with("no");
  const std::string_view name = on ? value : value.substr(2);
  if (name == "bold") {
    style.bold = on;
  } else if (name == "intense") {
    style.intense = on;
  } else if (name == "underline") {
    style.underline = on;
  } else {
    return false;
  }
  return true;
}

}  // namespace

std::string StyleSheet::Style::sequence() const {
  std::string text{kReset};
  if (bold) text += "\x1b[1m";
  if (underline) text += "\x1b[4m";
  append_color(text, foreground, '3', intense);
  append_color(text, background, '4', intense);
  return text;
}

const char* StyleSheet::apply(std::string_view specification) {
  constexpr const char* kExpected =
      "TYPE:fg:COLOR, TYPE:bg:COLOR, TYPE:style:STYLE or TYPE:none with TYPE path, line, column or match";
  const std::size_t first = std::min(specification.find(':'), specification.size());
  const std::string_view type = specification.substr(0, first);
  std::string_view rest = specification.substr(std::min(first + 1, specification.size()));
  const std::array<std::pair<std::string_view, Style*>, 4> types{
      {{"path", &path}, {"line", &line}, {"column", &column}, {"match", &match}}};
  const auto* const found = std::ranges::find(types, type, &std::pair<std::string_view, Style*>::first);
  if (found == types.end()) return kExpected;
  Style& style = *found->second;
  if (rest == "none") {
    style = {};
    return nullptr;
  }
  const std::size_t second = std::min(rest.find(':'), rest.size());
  const std::string_view attribute = rest.substr(0, second);
  const std::string_view value = rest.substr(std::min(second + 1, rest.size()));
  if (attribute == "style") return apply_font(style, value) ? nullptr : kExpected;
  if (attribute != "fg" && attribute != "bg") return kExpected;
  auto color = parse_color(value);
  if (!color) return "a color: black, red, green, yellow, blue, magenta, cyan, white, N or R,G,B";
  (attribute == "fg" ? style.foreground : style.background) = std::move(*color);
  return nullptr;
}

void append_styled(std::string& out, std::string_view text, const std::string& sequence) {
  if (sequence.empty()) {
    out += text;
    return;
  }
  out += sequence;
  out += text;
  out += kReset;
}

}  // namespace folio::cli
