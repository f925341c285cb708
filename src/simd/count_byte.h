// SPDX-License-Identifier: Apache-2.0
// Counts how often one byte occurs. Reads nothing outside the view.
#pragma once

#include <cstdint>

#include "folio/bytes.h"

namespace folio::simd {

[[nodiscard]] std::uint64_t count_byte(ByteView bytes, std::byte value);

}  // namespace folio::simd
