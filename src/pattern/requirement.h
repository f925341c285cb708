// SPDX-License-Identifier: Apache-2.0
// What every match of a regular expression must contain, for kernels that look for it.
//
// A requirement may ask for less than it could, never for more: it is right to skip what does not meet it.
// Ownership: values. Threads: plain functions. Errors: none.
#pragma once

#include <string>
#include <vector>

#include "pattern/byte_sample.h"
#include "pattern/case_folding.h"
#include "pattern/syntax.h"
#include "simd/byte_window.h"

namespace folio::pattern {

struct Requirement {
  /// Every match contains at least one of these bytes strings. Empty: nothing useful is known, unless
  /// `exact`.
  std::vector<std::string> literals;
  CaseFolding folding = CaseFolding::None;
  /// The literals are all that matches, in order of preference: no engine is needed. Without literals nothing
  /// matches.
  bool exact = false;
  double literal_share = 1;  ///< Estimated part of all positions at which a literal stands.

  /// Every match contains bytes one after the other that lie in these sets. Empty: nothing useful is known.
  std::vector<simd::ByteSet> window;
  double window_share = 1;
};

/// `sample` of the data to be searched improves the choice; may be null; is not kept.
[[nodiscard]] Requirement require(const Node& root, const ByteSample* sample);

/// Shares of all bytes by the sample, or of common text where it is null.
[[nodiscard]] simd::ByteShares byte_shares(const ByteSample* sample);

}  // namespace folio::pattern
