// SPDX-License-Identifier: Apache-2.0
// For tests: text made of everything that counting treats in its own way, made from a seed.
#pragma once

#include <cstddef>
#include <random>
#include <string>
#include <string_view>

namespace folio::count_detail {

// Words, separators, neutral and zero-width characters, wide ones, line ends, invalid and cut sequences.
inline constexpr std::string_view kPieces[] = {"a",
                                               "word",
                                               "x.y",
                                               " ",
                                               "  ",
                                               "\n",
                                               "\n\n",
                                               "\t",
                                               "\t\t",
                                               "\r\n",
                                               "\r",
                                               "\f",
                                               "\v",
                                               "\x01",
                                               "\x1b[0m",
                                               "\x7f",
                                               "\u00e9",
                                               "\u0441\u043b\u043e\u0432\u043e",
                                               "\u00a0",
                                               "\u2007",
                                               "\u202f",
                                               "\u2060",
                                               "\u1680",
                                               "\u2003",
                                               "\u3000",
                                               "\u0301",
                                               "\u200b",
                                               "\u00ad",
                                               "\u4e2d\u6587",
                                               "\ud55c",
                                               "\u0e44\u0e17\u0e22",
                                               "\U0001F600",
                                               "\U000E0001",
                                               "\u0085",
                                               "\u0378",
                                               "\ufffe",
                                               "\ue000",
                                               "\u2028",
                                               "\x80",
                                               "\xbf\xbf",
                                               "\xc0\x80",
                                               "\xc1\xbf",
                                               "\xc3",
                                               "\xe0\x80\x80",
                                               "\xe2\x82",
                                               "\xed\xa0\x80",
                                               "\xed\x9f\xbf",
                                               "\xf0\x9f\x98",
                                               "\xf0\x80\x80\x80",
                                               "\xf0\x8f\xbf\xbf",
                                               "\xf4\x8f\xbf\xbf",
                                               "\xf4\x90\x80\x80",
                                               "\xf5\x80\x80\x80",
                                               "\xf7\xbf\xbf\xbf",
                                               "\xf8\x88\x80\x80\x80",
                                               "\xf8\x80\x80\x80\x80",
                                               "\xf8\x88\x80\x80",
                                               "\xfc\x84\x80\x80\x80\x80",
                                               "\xfc\x80\x80\x80\x80\x80",
                                               "\xfd\xbf\xbf\xbf\xbf\xbf",
                                               "\xfe",
                                               "\xff",
                                               "\xe4",
                                               "\x80\x80\x80\x80\x80\x80\x80"};

/// About `size` bytes. Every text favours a few pieces, so that long uniform stretches occur as well as wild
/// mixtures.
inline std::string random_text(std::size_t size, unsigned seed) {
  std::mt19937 random{seed};
  constexpr std::size_t kPieceCount = std::size(kPieces);
  const std::size_t favourites = random() % 4 == 0 ? kPieceCount : 1 + random() % 8;
  std::string_view chosen[kPieceCount];
  for (auto& piece : chosen) piece = kPieces[random() % kPieceCount];
  std::string text;
  while (text.size() < size) {
    const bool is_raw = random() % 32 == 0;
    if (is_raw) {
      text += static_cast<char>(random() & 0xFF);
    } else if (random() % 16 == 0) {
      text.append(random() % 90, 'w');
    } else if (random() % 64 == 0) {
      text.append(random() % 90, '\0');
    } else {
      text += chosen[random() % favourites];
    }
  }
  return text;
}

}  // namespace folio::count_detail
