// SPDX-License-Identifier: Apache-2.0
// The scalar twin of every kernel: the oracle in tests, and what runs where there is no vector unit.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "folio/bytes.h"

namespace folio::simd::scalar {

[[nodiscard]] inline std::uint64_t count_byte(ByteView bytes, std::byte value) {
  std::uint64_t count = 0;
  for (const std::byte byte : bytes) count += byte == value ? 1U : 0U;
  return count;
}

[[nodiscard]] inline std::size_t find_byte(ByteView bytes, std::byte value) {
  return static_cast<std::size_t>(std::find(bytes.begin(), bytes.end(), value) - bytes.begin());
}

[[nodiscard]] inline std::size_t find_last_byte(ByteView bytes, std::byte value) {
  for (std::size_t index = bytes.size(); index-- > 0;) {
    if (bytes[index] == value) return index;
  }
  return bytes.size();
}

[[nodiscard]] inline std::uint64_t sum_bytes(ByteView bytes) {
  std::uint64_t sum = 0;
  for (const std::byte byte : bytes) sum += std::to_integer<std::uint64_t>(byte);
  return sum;
}

}  // namespace folio::simd::scalar
