// SPDX-License-Identifier: Apache-2.0
#include "cli/logs/safe_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <iterator>
#include <utility>
#include <vector>

#include "cli/text.h"
#include "count/character_table.h"
#include "folio/bytes.h"
#include "simd/utf8.h"

namespace folio::cli {

namespace {

// First and last of the characters that can't be seen, or that turn the direction of what follows.
constexpr std::pair<std::uint32_t, std::uint32_t> kInvisible[] = {
    {0x00, 0x1F},     {0x7F, 0x9F},     {0xAD, 0xAD},      {0x61C, 0x61C},
    {0x180E, 0x180E}, {0x200B, 0x200F}, {0x2028, 0x202E},  {0x2060, 0x206F},
    {0xFEFF, 0xFEFF}, {0xFFF9, 0xFFFB}, {0xE0000, 0xE0FFF}};

bool is_invisible(std::uint32_t character) {
  return std::ranges::any_of(
      kInvisible, [&](const auto& range) { return character >= range.first && character <= range.second; });
}

std::uint32_t value_of(std::string_view character) {
  if (character.size() == 1) return static_cast<unsigned char>(character.front());
  return simd::decode_sequence(reinterpret_cast<const std::uint8_t*>(character.data()), character.size());
}

/// The first character of a text that is not empty, or its first byte where that begins none.
std::string_view first_of(std::string_view text) {
  return text.substr(0, std::max<std::size_t>(utf8_character_size(text), 1));
}

unsigned columns_of(std::string_view character) {
  return count_detail::character_table().kind(value_of(character)).width();
}

/// The most characters from one end that fit.
template <class Characters>
std::size_t bytes_that_fit(const Characters& characters, std::size_t columns) {
  std::size_t bytes = 0;
  for (const std::string_view character : characters) {
    const unsigned width = columns_of(character);
    if (width > columns) break;
    columns -= width;
    bytes += character.size();
  }
  return bytes;
}

}  // namespace

Glyphs locale_glyphs() {
  for (const char* const name : {"LC_ALL", "LC_CTYPE", "LANG"}) {
    const char* const value = std::getenv(name);
    if (value == nullptr || *value == '\0') continue;
    std::string locale{value};
    std::ranges::transform(locale, locale.begin(), [](char c) {
      return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return locale.find("utf-8") != std::string::npos || locale.find("utf8") != std::string::npos
               ? Glyphs::Unicode
               : Glyphs::Ascii;
  }
  return Glyphs::Ascii;
}

std::string printable(std::string_view text, Glyphs glyphs) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const std::string_view character = first_of(text);
    const bool is_valid = utf8_character_size(text) > 0;
    const std::uint32_t value = is_valid ? value_of(character) : 0;
    text.remove_prefix(character.size());
    if (!is_valid || (character.size() == 1 && is_invisible(value))) {
      fmt::format_to(std::back_inserter(out), "\\x{:02x}", static_cast<unsigned char>(character.front()));
    } else if (is_invisible(value) || (glyphs == Glyphs::Ascii && value > 0x7F)) {
      fmt::format_to(std::back_inserter(out), "\\u{:04x}", value);
    } else {
      out += character;
    }
  }
  return out;
}

std::size_t text_columns(std::string_view printable) {
  std::size_t columns = 0;
  while (!printable.empty()) {
    const std::string_view character = first_of(printable);
    columns += columns_of(character);
    printable.remove_prefix(character.size());
  }
  return columns;
}

std::string cut_middle(std::string_view printable, std::size_t columns, Glyphs glyphs) {
  if (columns == 0) return {};
  if (printable.size() <= columns || text_columns(printable) <= columns) return std::string{printable};
  std::vector<std::string_view> characters;
  for (std::string_view rest = printable; !rest.empty(); rest.remove_prefix(characters.back().size())) {
    characters.push_back(first_of(rest));
  }
  const std::string_view ellipsis = glyphs == Glyphs::Unicode ? "\u2026" : "...";
  const std::size_t left = columns - std::min(columns, text_columns(ellipsis));
  const std::size_t head = bytes_that_fit(characters, left - left / 3);
  std::ranges::reverse(characters);
  const std::size_t tail = bytes_that_fit(characters, left / 3);
  std::string out{printable.substr(0, head)};
  out += ellipsis.substr(0, left == 0 && glyphs == Glyphs::Ascii ? columns : ellipsis.size());
  out += printable.substr(printable.size() - tail);
  return out;
}

std::string clean_utf8(std::string_view text, std::size_t characters_max) {
  std::string out;
  for (std::size_t characters = 0; !text.empty(); ++characters) {
    if (characters == characters_max) return out += "\u2026";
    const std::string_view character = first_of(text);
    out += utf8_character_size(text) > 0 ? character : "\uFFFD";
    text.remove_prefix(character.size());
  }
  return out;
}

void pad_to(std::string& text, std::size_t columns) {
  const std::size_t used = text_columns(text);
  if (used < columns) text.append(columns - used, ' ');
}

}  // namespace folio::cli
