// SPDX-License-Identifier: Apache-2.0
// Texts to search in: the same characters for the same kind, size and seed, on every machine.
#pragma once

#include <cstdint>
#include <string>

namespace folio::bench {

enum class TextKind : std::uint8_t { TwoLetters, Dna, English, Log, Random };

[[nodiscard]] std::string make_text(TextKind kind, std::size_t size, std::uint64_t seed);

/// The unit, repeated up to `size`.
[[nodiscard]] std::string repeat(const std::string& unit, std::size_t size);

/// Prefix of the infinite Fibonacci word: abaababaabaab...
[[nodiscard]] std::string fibonacci_word(std::size_t size);

/// Writes `needle` into every `distance` bytes, at least once where it fits at all.
void plant(std::string& text, const std::string& needle, std::size_t distance);

/// `size` bytes of a text of that kind that do not occur in `haystack`, or as seldom as was found.
[[nodiscard]] std::string foreign_cut(const std::string& haystack, TextKind kind, std::size_t size);

}  // namespace folio::bench
