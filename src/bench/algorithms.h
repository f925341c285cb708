// SPDX-License-Identifier: Apache-2.0
// `folio bench algorithms`: searchers for one literal against each other, in memory, on one core.
//
// Ownership: plain values; the listener is called, not kept. Threads: one measurement at a time. Errors:
// BadData where two searchers disagree about the number of matches, before anything is timed; Cancelled.
#pragma once

#include <cstdint>
#include <stop_token>
#include <string>
#include <vector>

#include "bench/algorithms_cases.h"
#include "bench/algorithms_contenders.h"
#include "bench/rounds.h"
#include "folio/scan.h"

namespace folio::bench {

struct AlgorithmOptions {
  std::uint64_t size = 16ULL << 20;  ///< Of each haystack.
  double budget = 60;                ///< Seconds; no case is begun after them.
  std::string only = {};             ///< Cases whose group or name holds this.
  std::stop_token stop = {};
};

inline constexpr std::uint64_t kHaystackSizeMin = 4096;

/// One searcher in one case.
struct AlgorithmCell {
  const Searcher* searcher = nullptr;
  std::uint64_t size = 0;  ///< Of the haystack; less than the row's where the searcher is quadratic.
  std::uint64_t matches = 0;
  Measured cost;
  double bytes_per_second = 0;
  double limit_share = 0;    ///< Of what one core can read from memory.
  double ratio_to_best = 1;  ///< Time per byte divided by that of the fastest on the whole haystack.
};

struct AlgorithmRow {
  AlgorithmGroup group = AlgorithmGroup::NeedleSize;
  std::string name;
  std::uint64_t size = 0;
  std::uint64_t needle_size = 0;
  std::vector<AlgorithmCell> cells;  ///< In the order of searchers().

  /// The fastest of those that had the whole haystack.
  [[nodiscard]] const AlgorithmCell& fastest() const;
};

class AlgorithmListener {
 public:
  virtual ~AlgorithmListener() = default;
  virtual void begin(double limit, std::size_t cases) = 0;
  /// Flow::Stop ends the measuring: nobody listens any more.
  [[nodiscard]] virtual Flow show(const AlgorithmRow& row) = 0;
};

struct AlgorithmsEnd {
  std::size_t cases = 0;     ///< Selected.
  std::size_t measured = 0;  ///< Fewer where the budget was spent or an interrupt came.
  bool interrupted = false;
};

/// Counts with every searcher. The number that all agree on, or BadData.
[[nodiscard]] Result<std::uint64_t> agreed_count(std::span<const Searcher> contenders, ByteView haystack,
                                                 ByteView needle);

/// An interrupt ends it after the rows so far, without an error.
[[nodiscard]] Result<AlgorithmsEnd> run_algorithms(const AlgorithmOptions& options,
                                                   AlgorithmListener& listener);

}  // namespace folio::bench
