// SPDX-License-Identifier: Apache-2.0
// The vocabulary of generated text: frequent English words, most frequent first, and some words in other
// scripts.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "generate/piece.h"

namespace folio::generate {

/// 13 to 15 bytes and the separator behind the word.
using WordPiece = Piece<16>;

/// Words ready for copying. Word `i` of the vocabulary is there three times: followed by a space at `i`, by a
/// comma and a space at `i + size`, and with a capital at `i + 2 * size`.
struct WordPool {
  static constexpr std::size_t kSlots = 4096;

  std::size_t size = 0;
  std::vector<WordPiece> pieces;
  std::vector<std::uint16_t> slots;          ///< Index of a piece by frequency.
  std::vector<std::uint16_t> capital_slots;  ///< The same with capitals.
};

/// Built at the first call.
[[nodiscard]] const WordPool& word_pool();

/// A word of exactly `size` bytes. REQUIRES: 1 <= size <= kExactWordMax.
[[nodiscard]] std::string_view exact_word(std::size_t size);
inline constexpr std::size_t kExactWordMax = 17;

[[nodiscard]] std::span<const std::string_view> english_words();
[[nodiscard]] std::span<const std::string_view> foreign_words();

}  // namespace folio::generate
