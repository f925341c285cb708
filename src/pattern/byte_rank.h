// SPDX-License-Identifier: Apache-2.0
// How common each byte is in text and logs where no sample says otherwise.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

namespace folio::pattern {

/// Expected share of each byte value, a guess by rank (Zipf). The shares sum up to about 1.
[[nodiscard]] constexpr std::array<double, 256> static_byte_shares() {
  // From most to least common in English text, source code and server logs taken together.
  constexpr std::string_view kByRank =
      " etaoinsr0lhd1c2up/"
      "m.g3fy5b46789w-,\n:v_\"k()=TAMSCIGEPxLRDONFHBWU;+>'<[]KzjVqYXJQZ*{}\t&?%#|@$!\\\r`~^";
  constexpr double kHarmonic256 = 6.124;
  std::array<std::size_t, 256> rank{};
  // Zero bytes are the most common of all in binary data, but rare in text; bytes of UTF-8 come before
  // controls.
  for (std::size_t byte = 0; byte < 256; ++byte) rank[byte] = byte >= 0x80 ? 128 : 192;
  rank[0] = 40;
  for (std::size_t i = 0; i < kByRank.size(); ++i) rank[static_cast<unsigned char>(kByRank[i])] = i;
  std::array<double, 256> shares{};
  for (std::size_t byte = 0; byte < 256; ++byte)
    shares[byte] = 1 / (kHarmonic256 * (static_cast<double>(rank[byte]) + 1));
  return shares;
}

}  // namespace folio::pattern
