// SPDX-License-Identifier: Apache-2.0
// Whether upper and lower case of ASCII letters are the same, as policies for the search algorithms.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

#include "folio/bytes.h"

namespace folio::pattern {

/// Result of a search that found nothing.
inline constexpr std::size_t kNotFound = std::numeric_limits<std::size_t>::max();

enum class CaseFolding : std::uint8_t {
  None,   ///< Bytes match themselves.
  Ascii,  ///< A-Z match a-z and the reverse; all other bytes, those from 0x80 on too, match themselves.
};

struct KeepCase {
  constexpr std::byte operator()(std::byte byte) const { return byte; }
};

struct FoldAscii {
  constexpr std::byte operator()(std::byte byte) const {
    return byte >= std::byte{'A'} && byte <= std::byte{'Z'} ? byte | std::byte{0x20} : byte;
  }
};

/// Calls `function` with the policy that `folding` names.
template <class Function>
auto with_folding(CaseFolding folding, Function function) {
  return folding == CaseFolding::None ? function(KeepCase{}) : function(FoldAscii{});
}

/// A copy of `needle` in which letters are in lower case where case is ignored.
inline std::vector<std::byte> folded_copy(ByteView needle, CaseFolding folding) {
  std::vector<std::byte> copy{needle.begin(), needle.end()};
  if (folding == CaseFolding::Ascii) std::ranges::transform(copy, copy.begin(), FoldAscii{});
  return copy;
}

}  // namespace folio::pattern
