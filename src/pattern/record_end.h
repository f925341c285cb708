// SPDX-License-Identifier: Apache-2.0
// Where a record ends, and what goes over its end.
#pragma once

#include <algorithm>

#include "folio/bytes.h"
#include "simd/find_byte.h"

namespace folio::pattern {

/// Position behind the first terminator at or after `from`; the size if there is none. Requires from <= size.
[[nodiscard]] inline std::size_t behind_terminator(ByteView records, std::size_t from, std::byte terminator) {
  const std::size_t end = from + simd::find_byte(records.subspan(from), terminator);
  return std::min(end + 1, records.size());
}

/// Whether a match reaches over the end of its record.
[[nodiscard]] inline bool holds_terminator(ByteView match, std::byte terminator) {
  return std::ranges::find(match, terminator) != match.end();
}

/// Whether an (empty) match at `place` lies behind the last record. The end of a last record without a
/// terminator still belongs to it.
[[nodiscard]] inline bool is_behind_records(ByteView records, std::size_t place, std::byte terminator) {
  return place >= records.size() && (records.empty() || records.back() == terminator);
}

}  // namespace folio::pattern
