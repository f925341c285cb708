// SPDX-License-Identifier: Apache-2.0
// Where fields end. Nothing here reads outside [at, end).
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>

#include "logs/format/format_program.h"
#include "logs/time/text_reader.h"

namespace folio::logs {

/// A bit is set in the lowest byte that is `wanted`, where `repeated` is it eight times; others above it may
/// have one wrongly.
[[nodiscard]] inline std::uint64_t match_bits(std::uint64_t bytes, std::uint64_t repeated) {
  constexpr std::uint64_t ones = 0x0101010101010101;
  const std::uint64_t differences = bytes ^ repeated;
  return (differences - ones) & ~differences & (ones << 7);
}

/// nullptr if there is none. PERF: most fields are short, and a call of memchr costs more than two steps.
[[nodiscard]] inline const char* find_byte(const char* at, const char* end, char wanted) {
  const std::uint64_t repeated = 0x0101010101010101 * static_cast<unsigned char>(wanted);
  for (int i = 0; i < 2 && end - at >= 8; ++i, at += 8) {
    const std::uint64_t bits = match_bits(load_u64(at), repeated);
    if (bits != 0) return at + (std::countr_zero(bits) >> 3);
  }
  if (at == end) return nullptr;
  return static_cast<const char*>(std::memchr(at, wanted, static_cast<std::size_t>(end - at)));
}

[[nodiscard]] inline bool is_at(const Literal& literal, const char* at, const char* end) {
  const auto left = static_cast<std::size_t>(end - at);
  if (left >= 8) {
    if (((load_u64(at) ^ literal.bits) & literal.mask) != 0) return false;
    if (literal.text.size() <= 8) return true;
  }
  return literal.text.size() <= left && std::memcmp(at, literal.text.data(), literal.text.size()) == 0;
}

/// Whether an odd number of backslashes stands before `at`, back to `begin`.
[[nodiscard]] inline bool is_escaped(const char* begin, const char* at) {
  const char* first = at;
  while (first > begin && first[-1] == '\\') --first;
  return (at - first) % 2 != 0;
}

/// The closing quote of a text, which begins at `at`.
[[nodiscard]] inline const char* find_quote(const char* at, const char* end) {
  for (const char* from = at;;) {
    const char* quote = find_byte(from, end, '"');
    if (quote == nullptr || quote == at || quote[-1] != '\\' || !is_escaped(at, quote)) return quote;
    from = quote + 1;
  }
}

/// First occurrence of a literal that is not empty.
[[nodiscard]] inline const char* find_literal(const Literal& literal, const char* at, const char* end) {
  while (const char* found = find_byte(at, end, literal.text.front())) {
    if (is_at(literal, found, end)) return found;
    at = found + 1;
  }
  return nullptr;
}

/// The same, but not inside a list of nginx's upstreams: "10.0.0.1:80, 10.0.0.2:80 : 10.0.0.3:80".
[[nodiscard]] const char* find_behind_list(const Literal& literal, const char* at, const char* end);

}  // namespace folio::logs
