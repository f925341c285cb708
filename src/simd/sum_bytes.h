// SPDX-License-Identifier: Apache-2.0
// Sum of all byte values: does next to nothing but read memory, and so measures how fast memory can be read.
#pragma once

#include <cstdint>

#include "folio/bytes.h"

namespace folio::simd {

[[nodiscard]] std::uint64_t sum_bytes(ByteView bytes);

}  // namespace folio::simd
