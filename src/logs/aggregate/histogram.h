// SPDX-License-Identifier: Apache-2.0
// Durations in log-linear buckets: 128 to each doubling, so that a bucket's upper edge is less than 1 % above
// all in it.
//
// Integers only: the content does not depend on the order in which durations come or histograms are merged.
// Small ones keep what occurs in order, large ones count in place. Threads: one.
#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "logs/report.h"

namespace folio::logs {

__extension__ using Uint128 = unsigned __int128;

class Histogram {
 public:
  using Bucket = std::uint16_t;
  using Filled = std::pair<Bucket, std::uint64_t>;

  /// Values below 256 have a bucket each.
  static constexpr Bucket kBuckets = 7296;
  [[nodiscard]] static Bucket bucket_of(std::int64_t value);
  /// Highest value of a bucket.
  [[nodiscard]] static std::int64_t upper_edge(Bucket bucket);

  /// REQUIRES: `value` is not negative.
  void add(std::int64_t value);
  void merge(const Histogram& other);
  /// What a reader found. REQUIRES: buckets rise and are below kBuckets, counts are not 0, `max` is in the
  /// last.
  void restore(std::span<const Filled> filled, Uint128 sum, std::int64_t max);

  [[nodiscard]] std::uint64_t count() const { return count_; }
  [[nodiscard]] std::int64_t max() const { return max_; }
  [[nodiscard]] Uint128 sum() const { return sum_; }
  /// Buckets with their counts, rising, none of 0.
  [[nodiscard]] std::vector<Filled> filled() const;
  [[nodiscard]] LatencySummary summary() const;
  [[nodiscard]] std::uint64_t memory() const;

 private:
  void count_in(Bucket bucket, std::uint64_t count);
  void settle();
  void widen(Bucket bucket);
  [[nodiscard]] bool is_dense() const { return !dense_.empty(); }

  std::vector<Bucket> pending_;  ///< Not in `sparse_` yet, in any order.
  std::vector<Filled> sparse_;
  std::vector<std::uint64_t> dense_;  ///< Counts of the buckets from `first_` on.
  Bucket first_ = 0;
  std::uint64_t count_ = 0;
  Uint128 sum_ = 0;
  std::int64_t max_ = 0;
};

}  // namespace folio::logs
