// SPDX-License-Identifier: Apache-2.0
// Whether a text is ASCII throughout.
#pragma once

#include <cstring>

#include "folio/bytes.h"

namespace folio::pattern {

[[nodiscard]] inline bool is_ascii(ByteView text) {
  constexpr std::uint64_t high_bits = 0x8080808080808080;
  std::size_t at = 0;
  // Four words a turn, which compilers make one vector of.
  for (; text.size() - at >= 32; at += 32) {
    std::uint64_t words[4];
    std::memcpy(words, text.data() + at, sizeof words);
    if (((words[0] | words[1] | words[2] | words[3]) & high_bits) != 0) return false;
  }
  for (; at < text.size(); ++at) {
    if (text[at] >= std::byte{0x80}) return false;
  }
  return true;
}

}  // namespace folio::pattern
