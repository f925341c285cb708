// SPDX-License-Identifier: Apache-2.0
// UTF-8 exactly as glibc's mbrtowc accepts it, which is what wc counts by.
//
// That is wider than Unicode: besides the sequences of RFC 3629, glibc takes those of up to six bytes for
// values up to 0x7FFFFFFF. It refuses overlong forms and surrogates.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>

namespace folio::simd {

inline constexpr std::size_t kSequenceSizeMax = 6;

constexpr bool is_continuation(std::uint8_t byte) {
  return (byte & 0xC0U) == 0x80U;
}

/// Bytes in the sequence that `lead` begins; 0 for bytes that begin none.
constexpr std::size_t sequence_size(std::uint8_t lead) {
  if (lead < 0x80) return 1;
  if (lead < 0xC2 || lead > 0xFD) return 0;
  return static_cast<std::size_t>(std::countl_one(lead));
}

inline constexpr std::uint32_t kNoCharacter = 0xFFFFFFFF;

/// Value of the `size` bytes at `data`, a lead of that sequence_size() (2 to 6) and size - 1 continuation
/// bytes; kNoCharacter for overlong forms and surrogates.
constexpr std::uint32_t decode_sequence(const std::uint8_t* data, std::size_t size) {
  constexpr std::uint32_t kSmallest[] = {0, 0, 0x80, 0x800, 0x10000, 0x200000, 0x4000000};
  std::uint32_t value = data[0] & (0x7FU >> size);
  for (std::size_t i = 1; i < size; ++i) value = (value << 6) | (data[i] & 0x3FU);
  if (value < kSmallest[size] || (value >= 0xD800 && value <= 0xDFFF)) return kNoCharacter;
  return value;
}

}  // namespace folio::simd
