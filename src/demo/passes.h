// SPDX-License-Identifier: Apache-2.0
// The same work on the same bytes, reached by a mapping or by read(): counting the newlines, on one core.
#pragma once

#include <cstdint>
#include <stop_token>

#include "folio/bytes.h"
#include "folio/file.h"

namespace folio::demo {

/// Buffer of the reading pass: small enough to stay in the second-level cache until it has been looked at.
inline constexpr std::uint64_t kReadBufferSize = 256ULL << 10;

[[nodiscard]] Result<std::uint64_t> count_in_memory(ByteView bytes, const std::stop_token& stop);
/// Maps the range anew, and unmaps it afterwards.
[[nodiscard]] Result<std::uint64_t> count_by_mapping(const File& file, ByteRange range,
                                                     const std::stop_token& stop);
/// Reads into `buffer`, again and again.
[[nodiscard]] Result<std::uint64_t> count_by_reading(const File& file, ByteRange range,
                                                     MutableByteView buffer, const std::stop_token& stop);

}  // namespace folio::demo
