// SPDX-License-Identifier: Apache-2.0
// Where needles go, and how many there are in finished bytes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "generate/prng.h"

namespace folio::generate {

/// The needle of a file. Empty text: none.
struct Needle {
  std::string_view text;
  std::uint64_t every = 1;

  [[nodiscard]] bool exists() const { return !text.empty(); }
  /// Draws whether the next line or record gets one.
  [[nodiscard]] bool draw(Prng& prng) const { return exists() && prng.next() <= UINT64_MAX / every; }
};

struct NeedleCount {
  std::uint64_t count = 0;
  std::uint64_t lines = 0;
};

/// Occurrences that do not overlap, from the left. Deliberately shares no code with folio's search, whose
/// results are checked against it. REQUIRES: needle is not empty and has no newline.
[[nodiscard]] NeedleCount count_needle(std::string_view text, std::string_view needle);

[[nodiscard]] std::uint64_t count_newlines(std::string_view text);

/// Overwrites parts of a block of bytes with needles, one in `every` records of kRawRecordSize bytes on
/// average, at least a needle's length away from both ends: together with `Needle` having no newline this
/// keeps blocks independent.
void overlay_needles(char* block, std::size_t size, const Needle& needle, Prng& prng);

inline constexpr std::size_t kRawRecordSize = 128;

}  // namespace folio::generate
