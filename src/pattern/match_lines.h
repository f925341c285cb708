// SPDX-License-Identifier: Apache-2.0
// Counting the lines in which a literal occurs.
#pragma once

#include "pattern/literal_searcher.h"

namespace folio::pattern {

/// Number of lines of `lines`, each ended by `terminator` or by the end of the view, in which a match begins.
[[nodiscard]] inline std::uint64_t count_matching_lines(const LiteralSearcher& searcher, ByteView lines,
                                                        std::byte terminator, SearchState& state) {
  return searcher.count_records(lines, terminator, state);
}

}  // namespace folio::pattern
