// SPDX-License-Identifier: Apache-2.0
// What regular expressions need of Unicode, as constant tables; tools/make_unicode_tables.py writes them.
//
// All ranges are ascending. Names are lower case without spaces, '-' and '_'. Threads: constant data.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "pattern/syntax.h"

namespace folio::pattern {

struct PropertyName {
  std::string_view brief;  ///< "lu", "grek"
  std::string_view full;   ///< "uppercaseletter", "greek"
};

/// A property with one value for every code point.
struct PropertyPartition {
  std::span<const std::uint32_t> runs;  ///< First code point of the run << 8 | index into `names`.
  std::span<const PropertyName> names;
};

struct BinaryProperty {
  std::string_view name;
  std::span<const CodeRange> ranges;
};

/// Every stride-th code point from first to last folds to itself + delta (simple case folding, C and S).
struct FoldingRun {
  char32_t first;
  char32_t last;
  std::uint32_t stride;
  std::int32_t delta;
};

[[nodiscard]] PropertyPartition category_partition();
[[nodiscard]] PropertyPartition script_partition();
[[nodiscard]] std::span<const BinaryProperty> binary_properties();
/// \w: Alphabetic, marks, decimal numbers, connector punctuation, join controls.
[[nodiscard]] std::span<const CodeRange> word_ranges();
[[nodiscard]] std::span<const CodeRange> white_space_ranges();
[[nodiscard]] std::span<const FoldingRun> folding_runs();

}  // namespace folio::pattern
