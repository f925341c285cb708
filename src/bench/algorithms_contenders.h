// SPDX-License-Identifier: Apache-2.0
// The searchers that `folio bench algorithms` compares, in one table.
//
// Ownership: functions over views. Threads: any. Errors: none.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "folio/bytes.h"

namespace folio::bench {

enum class Origin : std::uint8_t {
  Used,     ///< What `folio search` runs.
  Folio,    ///< Also in folio, as a fallback or for comparison.
  Foreign,  ///< Of the C library, the C++ library, or written for the comparison.
};

/// Time in the worst case.
enum class WorstCase : std::uint8_t { Linear, Quadratic };

struct Searcher {
  std::string_view name;
  Origin origin;
  WorstCase worst_case;
  /// Matches that do not overlap, taken from the left. Preparing the needle is part of the work.
  std::uint64_t (*count)(ByteView haystack, ByteView needle);
};

[[nodiscard]] std::span<const Searcher> searchers();

/// The oracle of all others.
[[nodiscard]] const Searcher& naive_searcher();

}  // namespace folio::bench
