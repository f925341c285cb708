// SPDX-License-Identifier: Apache-2.0
// The obvious search: compare at every position. Quadratic; the oracle of all others.
#pragma once

#include "folio/bytes.h"
#include "pattern/case_folding.h"

namespace folio::pattern {

class Naive {
 public:
  Naive(ByteView needle, CaseFolding folding) : needle_{folded_copy(needle, folding)}, folding_{folding} {}

  /// First match at or after `from`, or kNotFound. An empty needle matches at `from`.
  [[nodiscard]] std::size_t find(ByteView haystack, std::size_t from) const;

 private:
  std::vector<std::byte> needle_;
  CaseFolding folding_;
};

}  // namespace folio::pattern
