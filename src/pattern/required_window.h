// SPDX-License-Identifier: Apache-2.0
// Runs of byte sets of which every match of a syntax tree contains one.
//
// Ownership: values; the extractor refers to the shares. Threads: one per extractor. Errors: none.
#pragma once

#include <span>
#include <vector>

#include "pattern/byte_sample.h"
#include "pattern/syntax.h"
#include "simd/byte_window.h"

namespace folio::pattern {

using SetRun = std::vector<simd::ByteSet>;

struct WindowInfo {
  bool never = false;  ///< The node matches nothing.
  bool exact = true;   ///< Every match is a run of `prefix`.
  SetRun prefix;       ///< Every match begins with such a run.
  SetRun end;          ///< Every match ends with such a run; unused where exact.
  SetRun inner;        ///< Every match contains such a run; a window, perhaps empty.

  [[nodiscard]] const SetRun& suffix() const { return exact ? prefix : end; }
};

class WindowExtractor {
 public:
  WindowExtractor(const simd::ByteShares& shares, const ByteSample* sample)
      : shares_{&shares}, sample_{sample} {}

  [[nodiscard]] WindowInfo extract(const Node& node);
  /// The most selective window of at most `size_max` sets that every match contains.
  [[nodiscard]] SetRun best_of(const WindowInfo& info, std::size_t size_max) const;
  /// Part of all positions at which the run stands, if its sets were independent.
  [[nodiscard]] double share_of(std::span<const simd::ByteSet> run) const;
  /// The same, but not less than in the sample.
  [[nodiscard]] double sampled_share_of(const SetRun& run) const;

 private:
  [[nodiscard]] WindowInfo of_concat(const Node& node);
  [[nodiscard]] WindowInfo of_alternate(const Node& node);
  [[nodiscard]] WindowInfo of_repeat(const Node& node);
  [[nodiscard]] WindowInfo joined(const WindowInfo& left, const WindowInfo& right) const;
  void improve(SetRun& best, const SetRun& run, std::size_t size_max) const;

  const simd::ByteShares* shares_;
  const ByteSample* sample_;
  std::size_t nodes_left_ = 2000;  // of larger trees the rest is unknown
};

}  // namespace folio::pattern
