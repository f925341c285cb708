// SPDX-License-Identifier: Apache-2.0
// Cuts a cell of the grid at record boundaries: the records whose first byte lies in the cell, whole.
#pragma once

#include <cstdint>

#include "folio/scan.h"
#include "scan/source.h"
#include "scan/supply.h"

namespace folio::scan {

struct CutRules {
  Records records;
  std::uint64_t record_size_max = 0;
  std::uint64_t origin = 0;  ///< Where reading begins: a record begins there, whatever the byte before it.
};

/// The bytes of the records that begin in `cell`, and the file offset of the first. Empty where none begins
/// there. Cut short where damage keeps the records from being whole, and before a record that exceeds the
/// limit, which is noted as damage.
struct Cut {
  ByteView bytes;
  std::uint64_t offset = 0;
  Fetched state = Fetched::Whole;
};

/// The range that cutting `cell` will view first: what should be prefetched.
[[nodiscard]] ByteRange window_of(ByteRange cell, const CutRules& rules, std::uint64_t size);

/// The error of a record that exceeds `limit` bytes, its delimiter included.
[[nodiscard]] Error record_too_long(std::uint64_t limit);

[[nodiscard]] Cut cut_chunk(Source& source, Reader& reader, ByteRange cell, const CutRules& rules);

}  // namespace folio::scan
