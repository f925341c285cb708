// SPDX-License-Identifier: Apache-2.0
// One code point at a time, in UTF-8 exactly as RFC 3629 has it.
#pragma once

#include <algorithm>
#include <string>

#include "folio/bytes.h"
#include "simd/utf8.h"

namespace folio::pattern {

struct DecodedCode {
  char32_t code = 0;
  std::size_t size = 0;  ///< Bytes; 0: no valid sequence.
};

/// The code point that begins at `at`, which must be inside the text.
[[nodiscard]] inline DecodedCode decode_at(ByteView text, std::size_t at) {
  // SAFETY: unsigned char may alias any object; `at` is inside the view.
  const auto* data = reinterpret_cast<const std::uint8_t*>(text.data()) + at;
  if (*data < 0x80) return {*data, 1};
  const std::size_t size = simd::sequence_size(*data);
  if (size < 2 || size > 4 || size > text.size() - at) return {};
  for (std::size_t i = 1; i < size; ++i) {
    if (!simd::is_continuation(data[i])) return {};
  }
  const char32_t code = simd::decode_sequence(data, size);
  if (code > 0x10FFFF) return {};
  return {code, size};
}

/// The code point that ends at `end`, which must be above 0.
[[nodiscard]] inline DecodedCode decode_before(ByteView text, std::size_t end) {
  const ByteView before = text.first(end);
  const std::size_t longest = std::min<std::size_t>(4, end);
  for (std::size_t size = 1; size <= longest; ++size) {
    if (simd::is_continuation(std::to_integer<std::uint8_t>(before[end - size]))) continue;
    const DecodedCode decoded = decode_at(before, end - size);
    return decoded.size == size ? decoded : DecodedCode{};
  }
  return {};
}

/// Requires a code point that is no surrogate.
inline void append_utf8(std::string& out, char32_t code) {
  const auto put = [&out](char32_t byte) { out.push_back(static_cast<char>(byte)); };
  if (code < 0x80) return put(code);
  if (code < 0x800) {
    put(0xC0 | code >> 6);
  } else if (code < 0x10000) {
    put(0xE0 | code >> 12);
    put(0x80 | (code >> 6 & 0x3F));
  } else {
    put(0xF0 | code >> 18);
    put(0x80 | (code >> 12 & 0x3F));
    put(0x80 | (code >> 6 & 0x3F));
  }
  put(0x80 | (code & 0x3F));
}

}  // namespace folio::pattern
