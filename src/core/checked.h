// SPDX-License-Identifier: Apache-2.0
// Unsigned arithmetic that reports overflow, and rounding to multiples of a power of two.
#pragma once

#include <cstdint>
#include <optional>

namespace folio {

[[nodiscard]] constexpr std::optional<std::uint64_t> checked_add(std::uint64_t a, std::uint64_t b) {
  std::uint64_t sum = 0;
  if (__builtin_add_overflow(a, b, &sum)) return std::nullopt;
  return sum;
}

/// True where `[offset, offset + length)` lies inside `[0, size)`; cannot overflow.
[[nodiscard]] constexpr bool range_fits(std::uint64_t offset, std::uint64_t length, std::uint64_t size) {
  return offset <= size && length <= size - offset;
}

/// REQUIRES: `unit` is a power of two.
[[nodiscard]] constexpr std::uint64_t round_down(std::uint64_t value, std::uint64_t unit) {
  return value & ~(unit - 1);
}

/// REQUIRES: `unit` is a power of two, and the result is at most 2^64 - unit.
[[nodiscard]] constexpr std::uint64_t round_up(std::uint64_t value, std::uint64_t unit) {
  return round_down(value + (unit - 1), unit);
}

}  // namespace folio
