// SPDX-License-Identifier: Apache-2.0
// Where a record ends.
#pragma once

#include <cstring>

#include "folio/bytes.h"

namespace folio::search {

/// Position behind the first terminator at or after `from`; the size if there is none. Requires from <= size.
[[nodiscard]] inline std::size_t behind_terminator(ByteView records, std::size_t from, std::byte terminator) {
  if (from == records.size()) return from;
  const void* found =
      std::memchr(records.data() + from, std::to_integer<int>(terminator), records.size() - from);
  if (found == nullptr) return records.size();
  return static_cast<std::size_t>(static_cast<const std::byte*>(found) - records.data()) + 1;
}

}  // namespace folio::search
