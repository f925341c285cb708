// SPDX-License-Identifier: Apache-2.0
// Set algebra on CodeSet.
//
// Every result is canonical: ascending, neither overlapping nor adjacent, and without surrogates. Arguments
// must be canonical too. Threads: plain values. Errors: none.
#pragma once

#include <bitset>
#include <span>

#include "pattern/syntax.h"

namespace folio::pattern {

inline constexpr char32_t kCodePointMax = 0x10FFFF;

/// What a complement is taken in. With Bytes a code stands for one byte.
enum class Universe : std::uint8_t { Unicode, Bytes };

enum class Folding : std::uint8_t {
  None,
  Ascii,    ///< A-Z and a-z.
  Unicode,  ///< Simple case folding: k, K and U+212A are one.
};

/// Of any ranges, in any order; surrogates are dropped, ranges whose ends are the wrong way round too.
[[nodiscard]] CodeSet canonical(std::vector<CodeRange> ranges);

[[nodiscard]] CodeSet united(const CodeSet& left, const CodeSet& right);
[[nodiscard]] CodeSet intersected(const CodeSet& left, const CodeSet& right);
[[nodiscard]] CodeSet subtracted(const CodeSet& left, const CodeSet& right);
/// In one of them, but not in both.
[[nodiscard]] CodeSet symmetric_difference(const CodeSet& left, const CodeSet& right);
[[nodiscard]] CodeSet negated(const CodeSet& set, Universe universe);
/// With all that equals a member but for its case.
[[nodiscard]] CodeSet folded(const CodeSet& set, Folding folding);

[[nodiscard]] bool contains(std::span<const CodeRange> set, char32_t code);
/// The byte of a record's end taken out.
[[nodiscard]] CodeSet without_terminator(const CodeSet& set, std::byte terminator);

/// Codes below 256 as bytes.
[[nodiscard]] std::bitset<256> byte_set(const CodeSet& set);
[[nodiscard]] CodeSet code_set(const std::bitset<256>& bytes);

/// \w of Unicode.
[[nodiscard]] bool is_word_code(char32_t code);

}  // namespace folio::pattern
