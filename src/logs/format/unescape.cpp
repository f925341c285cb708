// SPDX-License-Identifier: Apache-2.0
#include "logs/format/unescape.h"

#include <algorithm>
#include <optional>

#include "logs/format/ascii_case.h"
#include "logs/time/text_reader.h"

namespace folio::logs {

namespace {

constexpr std::string_view kLetters = "\"'\\/bfnrtv";
constexpr std::string_view kMeanings = "\"'\\/\b\f\n\r\t\v";

std::optional<unsigned> hex_value(char digit) {
  if (digit_value(digit) <= 9) return digit_value(digit);
  const char letter = to_lower(digit);
  if (letter < 'a' || letter > 'f') return std::nullopt;
  return static_cast<unsigned>(letter - 'a') + 10;
}

// Of the escape at the front of `text`, which moves behind it; a backslash that begins none is itself.
char take_escape(std::string_view& text) {
  const char letter = text.size() > 1 ? text[1] : '\0';
  if (const std::size_t index = kLetters.find(letter); letter != '\0' && index != std::string_view::npos) {
    text.remove_prefix(2);
    return kMeanings[index];
  }
  if (letter == 'x' && text.size() >= 4) {
    const auto high = hex_value(text[2]);
    const auto low = hex_value(text[3]);
    if (high && low) {
      text.remove_prefix(4);
      return static_cast<char>(*high * 16 + *low);
    }
  }
  text.remove_prefix(1);
  return '\\';
}

}  // namespace

std::string unescape(std::string_view text) {
  std::string result;
  while (!text.empty()) {
    const std::size_t plain = std::min(text.find('\\'), text.size());
    result += text.substr(0, plain);
    text.remove_prefix(plain);
    if (!text.empty()) result += take_escape(text);
  }
  return result;
}

}  // namespace folio::logs
