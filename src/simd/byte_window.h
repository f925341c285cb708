// SPDX-License-Identifier: Apache-2.0
// Search for a run of bytes each of which lies in a set of its own, as `[a-z] [0-9][0-9]` asks for: 64
// positions per step. Reads only inside the haystack.
//
// Ownership: a window is a value. Threads: plain functions. Errors: none.
#pragma once

#include <array>
#include <bitset>
#include <cstddef>
#include <cstdint>
#include <span>

#include "folio/bytes.h"

namespace folio::simd {

using ByteSet = std::bitset<256>;

/// One set as the kernels want it. A byte is a member if its bits in `low` (by its low four bits) and `high`
/// (by its high four) meet. Exact for sets of up to eight different rows of 16 bytes, so for all of ASCII and
/// all ranges; others accept some more.
struct SetProbe {
  std::array<std::uint8_t, 16> low{};
  std::array<std::uint8_t, 16> high{};
  // The same where members are the bytes with (byte | ignored) - first <= width; each four times over.
  std::uint32_t ignored = 0;
  std::uint32_t first = 0;
  std::uint32_t width = 0;
  bool is_range = false;
  std::size_t offset = 0;  ///< Into the window.

  [[nodiscard]] bool matches(std::byte byte) const {
    const auto value = std::to_integer<std::size_t>(byte);
    return (low[value & 15U] & high[value >> 4U]) != 0;
  }
};

inline constexpr std::size_t kWindowSizeMax = 8;

struct ByteWindow {
  std::array<SetProbe, kWindowSizeMax> probes;  ///< The most selective first; none for sets of all bytes.
  std::size_t probe_count = 0;
  std::size_t eager_count = 0;  ///< Every position is tested for so many; perhaps for some probe twice.
  bool ranges = false;          ///< The eager ones are all ranges.
  std::size_t size = 0;         ///< In bytes.
};

using ByteShares = std::array<double, 256>;

/// A window of one to kWindowSizeMax sets, one after the other. `shares`: how common each byte is. What is
/// tested first is chosen for data like `sample`, which may be empty.
[[nodiscard]] ByteWindow make_byte_window(std::span<const ByteSet> sets, const ByteShares& shares,
                                          ByteView sample = {});

/// First position >= `from` at which all of the window matches; haystack.size() if there is none.
[[nodiscard]] std::size_t find_window(ByteView haystack, std::size_t from, const ByteWindow& window);

/// Number of positions at which it matches: what a window would cost on data like `sample`.
[[nodiscard]] std::uint64_t count_window(ByteView sample, const ByteWindow& window);

/// The same two, byte by byte: oracle of the kernels and their stand-in where there are no vectors.
[[nodiscard]] std::size_t find_window_scalar(ByteView haystack, std::size_t from, const ByteWindow& window);
[[nodiscard]] std::uint64_t count_window_scalar(ByteView sample, const ByteWindow& window);

}  // namespace folio::simd
