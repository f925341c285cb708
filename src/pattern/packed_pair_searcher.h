// SPDX-License-Identifier: Apache-2.0
// Packed pair with probes chosen for the data, and Two-Way for the stretches where the pair does not pay.
#pragma once

#include <string>

#include "pattern/byte_sample.h"
#include "pattern/prepared_needle.h"
#include "pattern/search_state.h"
#include "pattern/two_way.h"

namespace folio::pattern {

class PackedPairSearcher {
 public:
  /// Requires a needle that is not empty. `sample` may be null; it is not kept.
  PackedPairSearcher(ByteView needle, CaseFolding folding, const ByteSample* sample);

  /// First match at or after `from`, or kNotFound. Linear.
  [[nodiscard]] std::size_t find(ByteView haystack, std::size_t from, SearchState& state) const;

  /// Number of records in which a match begins. Linear.
  [[nodiscard]] std::uint64_t count_records(ByteView records, std::byte terminator, SearchState& state) const;

  [[nodiscard]] std::string explain() const;

 private:
  struct Stretch {
    std::size_t match;  // or kNotFound
    std::size_t end;    // searched up to here; the size of the haystack if to its end
  };
  [[nodiscard]] Stretch find_linear(ByteView haystack, std::size_t from, SearchState& state) const;
  [[nodiscard]] simd::PairNeedle view() const { return needle_.view(probes_); }

  PreparedNeedle needle_;
  TwoWay two_way_;
  simd::PairProbes probes_;
  std::size_t sample_size_;
};

}  // namespace folio::pattern
