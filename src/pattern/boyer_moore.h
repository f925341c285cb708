// SPDX-License-Identifier: Apache-2.0
// Boyer-Moore (1977) with both shift rules, the good suffix in its strong form, and Galil's rule (1979).
#pragma once

#include <array>
#include <cstdint>

#include "folio/bytes.h"
#include "pattern/case_folding.h"

namespace folio::pattern {

class BoyerMoore {
 public:
  BoyerMoore(ByteView needle, CaseFolding folding);

  /// First match at or after `from`, or kNotFound. An empty needle matches at `from`. Linear.
  [[nodiscard]] std::size_t find(ByteView haystack, std::size_t from) const;

  /// Number of matches, overlapping ones too. Linear, however many there are. An empty needle matches size +
  /// 1 times.
  [[nodiscard]] std::uint64_t count_overlapping(ByteView haystack) const;

  /// The same two, adding the number of bytes compared.
  [[nodiscard]] std::size_t find_counting(ByteView haystack, std::size_t from,
                                          std::uint64_t& comparisons) const;
  [[nodiscard]] std::uint64_t count_overlapping_counting(ByteView haystack, std::uint64_t& comparisons) const;

 private:
  template <class OnMatch, class Counter>
  void scan(ByteView haystack, std::size_t from, OnMatch on_match, Counter& comparisons) const;
  template <class Fold, class OnMatch, class Counter>
  void scan_folded(ByteView haystack, std::size_t from, OnMatch on_match, Counter& comparisons) const;

  void fill_last_occurrences();
  void fill_good_suffixes();

  std::vector<std::byte> needle_;
  CaseFolding folding_;
  std::array<std::size_t, 256> after_last_{};  // 1 + the last index of a byte in the needle; 0: not in it
  std::vector<std::size_t> good_suffix_;  // [j]: shift when needle[j..] matched and needle[j - 1] did not
};

}  // namespace folio::pattern
