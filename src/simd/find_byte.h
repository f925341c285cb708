// SPDX-License-Identifier: Apache-2.0
// Finds the first or last occurrence of one byte. Reads nothing outside the view.
#pragma once

#include <cstddef>

#include "folio/bytes.h"

namespace folio::simd {

/// Index of the first `value`; `bytes.size()` where there is none.
[[nodiscard]] std::size_t find_byte(ByteView bytes, std::byte value);

/// Index of the last `value`; `bytes.size()` where there is none.
[[nodiscard]] std::size_t find_last_byte(ByteView bytes, std::byte value);

[[nodiscard]] inline bool has_byte(ByteView bytes, std::byte value) {
  return find_byte(bytes, value) != bytes.size();
}

}  // namespace folio::simd
