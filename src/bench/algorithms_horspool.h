// SPDX-License-Identifier: Apache-2.0
// Horspool (1980): Boyer-Moore with the bad-character rule for the last byte of the window only. A contender
// of the benchmark; folio itself never uses it, because its worst case is quadratic.
#pragma once

#include <array>
#include <cstddef>

#include "folio/bytes.h"

namespace folio::bench {

class Horspool {
 public:
  static constexpr std::size_t kNone = static_cast<std::size_t>(-1);

  /// Keeps a view of `needle`, which must not be empty.
  explicit Horspool(ByteView needle);

  /// First match at or after `from`, or kNone.
  [[nodiscard]] std::size_t find(ByteView haystack, std::size_t from) const;

 private:
  ByteView needle_;
  std::array<std::size_t, 256> shift_{};
};

}  // namespace folio::bench
