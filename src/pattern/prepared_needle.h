// SPDX-License-Identifier: Apache-2.0
// Owner of the bytes behind a simd::PairNeedle.
#pragma once

#include <vector>

#include "folio/bytes.h"
#include "pattern/case_folding.h"
#include "simd/packed_pair.h"

namespace folio::pattern {

class PreparedNeedle {
 public:
  PreparedNeedle(ByteView needle, CaseFolding folding) : bytes_{folded_copy(needle, folding)} {
    if (folding == CaseFolding::None) return;
    for (const std::byte byte : bytes_) fold_bits_.push_back(is_lower(byte) ? std::byte{0x20} : std::byte{0});
    if (std::ranges::none_of(bytes_, is_lower)) fold_bits_.clear();
  }

  [[nodiscard]] ByteView bytes() const { return bytes_; }
  [[nodiscard]] simd::PairNeedle view(simd::PairProbes probes) const { return {bytes_, fold_bits_, probes}; }
  [[nodiscard]] bool can_match(std::byte byte) const {
    for (std::size_t i = 0; i < bytes_.size(); ++i) {
      const std::byte ignored = fold_bits_.empty() ? std::byte{0} : fold_bits_[i];
      if ((byte | ignored) == bytes_[i]) return true;
    }
    return false;
  }

 private:
  static constexpr bool is_lower(std::byte byte) { return byte >= std::byte{'a'} && byte <= std::byte{'z'}; }

  std::vector<std::byte> bytes_;
  std::vector<std::byte> fold_bits_;
};

}  // namespace folio::pattern
