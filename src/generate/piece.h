// SPDX-License-Identifier: Apache-2.0
// Ready-made pieces of text that are copied with one fixed-size copy, and tables that pick them by frequency.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <vector>

namespace folio::generate {

/// Bytes that may be overwritten behind the end of what is being rendered.
inline constexpr std::size_t kRenderSlack = 1024;

/// Text of at most Capacity - 1 bytes.
template <std::size_t Capacity>
struct Piece {
  static_assert(Capacity <= 256 && Capacity <= kRenderSlack);
  std::array<char, Capacity - 1> bytes{};
  std::uint8_t size = 0;

  constexpr Piece() = default;
  constexpr explicit Piece(std::string_view text) {
    size = static_cast<std::uint8_t>(std::min(text.size(), bytes.size()));
    std::copy_n(text.begin(), size, bytes.begin());
  }
  [[nodiscard]] constexpr std::string_view text() const { return {bytes.data(), size}; }
};

/// Appends a piece. PERF: copies the whole capacity (a few vector stores, no branch on the size).
/// REQUIRES: Capacity writable bytes at `out`.
template <std::size_t Capacity>
[[nodiscard]] inline char* put(char* out, const Piece<Capacity>& piece) {
  std::memcpy(out, piece.bytes.data(), piece.bytes.size());
  return out + piece.size;
}

/// Appends any text. REQUIRES: text.size() writable bytes at `out`.
[[nodiscard]] inline char* put(char* out, std::string_view text) {
  std::memcpy(out, text.data(), text.size());
  return out + text.size();
}

/// A table of `slots` entries that holds each of 0 .. count - 1 in proportion to 1 / (rank + shift), so that
/// an even choice among the slots is a Zipf choice among the items. Integers only. REQUIRES: 0 < count <=
/// 65536.
[[nodiscard]] inline std::vector<std::uint16_t> zipf_slots(std::size_t slots, std::size_t count,
                                                           std::uint64_t shift) {
  std::uint64_t total = 0;
  const auto weight = [shift](std::size_t rank) { return (std::uint64_t{1} << 32) / (rank + shift); };
  for (std::size_t rank = 0; rank < count; ++rank) total += weight(rank);
  std::vector<std::uint16_t> table(slots);
  std::uint64_t sum = 0;
  std::size_t slot = 0;
  for (std::size_t rank = 0; rank < count; ++rank) {
    sum += weight(rank);
    const std::uint64_t end = rank + 1 == count ? slots : sum * slots / total;
    for (; slot < end; ++slot) table[slot] = static_cast<std::uint16_t>(rank);
  }
  return table;
}

}  // namespace folio::generate
