// SPDX-License-Identifier: Apache-2.0
// Counts lines, characters and words and measures lines, in UTF-8 that may hold invalid bytes anywhere.
//
// Words and widths follow GNU wc: a character is a word character, a separator or neutral. Neutral ones and
// bytes that belong to no character neither begin nor end a word. Reads nothing outside the view.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "folio/bytes.h"

namespace folio::simd {

enum class CharacterClass : std::uint8_t { Neutral = 0, Word = 1, Separator = 2 };

/// Class and columns (0 to 2) of one character.
struct CharacterKind {
  std::uint8_t packed = 0;  // class in the two lowest bits, width above

  static constexpr CharacterKind of(CharacterClass kind_class, unsigned width) {
    return {static_cast<std::uint8_t>(static_cast<unsigned>(kind_class) | (width << 2))};
  }
  [[nodiscard]] constexpr CharacterClass character_class() const { return CharacterClass(packed & 3U); }
  [[nodiscard]] constexpr unsigned width() const { return packed >> 2U; }
  friend constexpr bool operator==(CharacterKind, CharacterKind) = default;
};

/// The kinds of all code points. Values above Unicode are neutral and have no width.
struct CharacterTable {
  static constexpr std::uint32_t kCodePoints = 0x110000;
  static constexpr std::uint32_t kBlockSize = 128;

  std::array<std::uint16_t, kCodePoints / kBlockSize>
      block_of{};                        // code point / kBlockSize -> block of kinds
  std::span<const CharacterKind> kinds;  // blocks of kBlockSize
  // For a lead byte 0xC0 + 16 * row + column: bit `row` of lead_bits[column] is set unless every character
  // that it begins is a valid word character of one common width, 1 or 2; bit row + 4 if that width is 2.
  alignas(16) std::array<std::uint8_t, 16> lead_bits{};

  [[nodiscard]] CharacterKind kind(std::uint32_t code_point) const {
    if (code_point >= kCodePoints) return {};
    return kinds[block_of[code_point / kBlockSize] * std::size_t{kBlockSize} + code_point % kBlockSize];
  }
};

/// How much is computed; each level includes those before it.
enum class TextDepth : std::uint8_t {
  Characters,   ///< lines, characters
  Words,        ///< words, first, in_word
  LongestLine,  ///< position, longest, and the description of the first line
};

/// Next tab stop behind `position`.
constexpr std::uint64_t next_tab_stop(std::uint64_t position) {
  return position / 8 * 8 + 8;
}

/// Running result. Scanning a text in pieces cut between characters, with one state, is the same as in one
/// go.
struct TextState {
  enum class FirstLine : std::uint8_t {
    Open,  ///< Neither a tab nor a line end so far: `position` counts from the unknown column of the start.
    AfterTab,  ///< `position` counts from the first tab's stop, which is a multiple of 8.
    Closed,    ///< A line end was seen: `position` is the true column.
  };

  std::uint64_t lines = 0;
  std::uint64_t characters = 0;
  std::uint64_t words = 0;                         ///< Begun words, with no word under way at the start.
  CharacterClass first = CharacterClass::Neutral;  ///< Class of the first character that is not neutral.
  bool in_word = false;
  FirstLine first_line = FirstLine::Open;
  std::uint64_t first_line_before_tab = 0;  ///< Columns before its first tab. Set from AfterTab on.
  std::uint64_t first_line_rest = 0;        ///< Columns after that, or all. Set when Closed.
  bool first_line_has_tab = false;
  std::uint64_t position = 0;
  std::uint64_t longest = 0;  ///< Over the lines between the first end and the last.

  void end_line() {
    if (first_line == FirstLine::Closed) {
      if (position > longest) longest = position;
    } else {
      first_line = FirstLine::Closed;
      first_line_rest = position;
    }
    position = 0;
  }

  void tab() {
    if (first_line == FirstLine::Open) {
      first_line = FirstLine::AfterTab;
      first_line_has_tab = true;
      first_line_before_tab = position;
      position = 0;
    } else {
      position = next_tab_stop(position);
    }
  }

  friend bool operator==(const TextState&, const TextState&) = default;
};

/// Adds `text` to `state`. A sequence that the end of `text` cuts is invalid: the caller sees to whole ones.
void scan_text(ByteView text, const CharacterTable& table, TextDepth depth, TextState& state);

}  // namespace folio::simd
