// SPDX-License-Identifier: Apache-2.0
// Two-Way string matching (Crochemore and Perrin, 1991): linear time, constant memory beside the needle.
#pragma once

#include <bitset>
#include <cstdint>

#include "folio/bytes.h"
#include "pattern/case_folding.h"

namespace folio::pattern {

class TwoWay {
 public:
  TwoWay(ByteView needle, CaseFolding folding);

  /// First match at or after `from`, or kNotFound. An empty needle matches at `from`. Linear.
  [[nodiscard]] std::size_t find(ByteView haystack, std::size_t from) const;

  /// The same, adding the number of bytes compared.
  [[nodiscard]] std::size_t find_counting(ByteView haystack, std::size_t from,
                                          std::uint64_t& comparisons) const;

 private:
  template <class Counter>
  [[nodiscard]] std::size_t scan(ByteView haystack, std::size_t from, Counter& comparisons) const;
  template <class Fold, class Counter>
  [[nodiscard]] std::size_t scan_folded(ByteView haystack, std::size_t from, Counter& comparisons) const;

  std::vector<std::byte> needle_;
  CaseFolding folding_;
  std::bitset<256> contained_;  // bytes that occur in the needle
  std::size_t critical_ = 0;    // the needle is split before this index
  std::size_t shift_ = 1;       // after the right part matched and the left part did not, or after a match
  std::size_t remembered_ = 0;  // so many bytes at the front match again after that shift; 0 unless periodic
};

}  // namespace folio::pattern
