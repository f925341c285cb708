// SPDX-License-Identifier: Apache-2.0
// Ranges of code points as sequences of ranges of bytes.
#pragma once

#include <vector>

#include "pattern/syntax.h"

namespace folio::pattern {

struct ByteSpan {
  std::uint8_t first = 0;
  std::uint8_t last = 0;
  friend bool operator==(const ByteSpan&, const ByteSpan&) = default;
};

/// One byte out of each span, one after the other.
using ByteSequence = std::vector<ByteSpan>;

/// Sequences that together match the UTF-8 of exactly the code points of `set`, each in one way.
[[nodiscard]] std::vector<ByteSequence> utf8_sequences(const CodeSet& set);

}  // namespace folio::pattern
