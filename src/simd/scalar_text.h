// SPDX-License-Identifier: Apache-2.0
// The scalar twin of scan_text.
#pragma once

#include <cstddef>
#include <cstdint>

#include "simd/text_scan.h"
#include "simd/utf8.h"

namespace folio::simd::scalar {

/// Adds one character, given as code point, to `state`. Computes everything.
inline void add_character(std::uint32_t character, const CharacterTable& table, TextState& state) {
  const CharacterKind kind = table.kind(character);
  ++state.characters;
  switch (character) {
    case '\n':
      ++state.lines;
      [[fallthrough]];
    case '\r':
    case '\f':
      state.end_line();
      break;
    case '\t':
      state.tab();
      break;
    default:
      state.position += kind.width();
  }
  const CharacterClass kind_class = kind.character_class();
  if (kind_class == CharacterClass::Neutral) return;
  if (state.first == CharacterClass::Neutral) state.first = kind_class;
  const bool is_word = kind_class == CharacterClass::Word;
  if (is_word && !state.in_word) ++state.words;
  state.in_word = is_word;
}

/// Size of the valid sequence that `text` begins with; 0 where there is none.
inline std::size_t valid_sequence_size(const std::uint8_t* text, std::size_t available) {
  const std::size_t size = sequence_size(text[0]);
  if (size > available) return 0;
  for (std::size_t i = 1; i < size; ++i) {
    if (!is_continuation(text[i])) return 0;
  }
  return size;
}

inline void scan_text(ByteView text, const CharacterTable& table, TextState& state) {
  // SAFETY: std::uint8_t may alias any object; all reads stay below text.size().
  const auto* data = reinterpret_cast<const std::uint8_t*>(text.data());
  std::size_t i = 0;
  while (i < text.size()) {
    if (data[i] < 0x80) {
      add_character(data[i++], table, state);
      continue;
    }
    const std::size_t size = valid_sequence_size(data + i, text.size() - i);
    const std::uint32_t character = size == 0 ? kNoCharacter : decode_sequence(data + i, size);
    if (character == kNoCharacter) {
      ++i;
      continue;
    }
    add_character(character, table, state);
    i += size;
  }
}

}  // namespace folio::simd::scalar
