// SPDX-License-Identifier: Apache-2.0
// Cuts a cell of the grid at record boundaries: the records whose first byte lies in the cell, whole.
#pragma once

#include <cstdint>

#include "folio/scan.h"
#include "scan/source.h"

namespace folio::scan {

struct CutRules {
  Records records;
  std::uint64_t record_size_max = 0;
};

/// The bytes of the records that begin in `cell`, and the file offset of the first. Empty where none begins there.
/// Notes damage with RecordTooLong at the begin of a record that exceeds the limit.
struct Cut {
  ByteView bytes;
  std::uint64_t offset = 0;
};

/// The range that cutting `cell` will view first: what should be prefetched.
[[nodiscard]] ByteRange window_of(ByteRange cell, const CutRules& rules, std::uint64_t size);

/// The error of a record that exceeds `limit` bytes, its delimiter included.
[[nodiscard]] Error record_too_long(std::uint64_t limit);

[[nodiscard]] Cut cut_chunk(Source& source, Reader& reader, ByteRange cell, const CutRules& rules);

}  // namespace folio::scan
