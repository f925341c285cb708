// SPDX-License-Identifier: Apache-2.0
// The run-time choice between mapping and reading: the first chunks are fetched both ways in turns, and the cheaper way
// does the rest.
//
// PERF: which one is cheaper depends on the machine and on how the file came into the page cache. Seconds for 2 GB by two
// threads, mapped / read: 0.07 / 0.14 with 2 MiB folios and 0.19 / 0.18 with 4 KiB folios on Sapphire Rapids. A count of
// faults alone, with a fixed price, chose wrong in one state or the other.
//
// Threads: AccessProbe is shared by all workers; a ProbeLap belongs to one.
#pragma once

#include <atomic>
#include <cstdint>

#include "folio/scan.h"

namespace folio::scan {

struct ProbeRules {
  unsigned threads = 1;
  /// Chunks before this offset are mapped and not measured: read-ahead begins with small folios there, and what was just
  /// written or looked at is in the processor's caches.
  std::uint64_t begin = 0;
  double map_cost_factor = 1.0;  ///< Tests make one way win with it.
};

class AccessProbe {
 public:
  explicit AccessProbe(const ProbeRules& rules) : rules_(rules) {}

  [[nodiscard]] bool is_open() const { return verdict_.load(std::memory_order_relaxed) == Access::Auto; }
  /// Map or Read; Auto while the probe is open.
  [[nodiscard]] Access verdict() const { return verdict_.load(std::memory_order_relaxed); }
  /// The first verdict stays.
  void settle(Access verdict) {
    Access open = Access::Auto;
    verdict_.compare_exchange_strong(open, verdict, std::memory_order_relaxed);
  }
  [[nodiscard]] const ProbeRules& rules() const { return rules_; }

 private:
  ProbeRules rules_;
  std::atomic<Access> verdict_{Access::Auto};
};

/// One worker's measurements.
class ProbeLap {
 public:
  explicit ProbeLap(AccessProbe& probe) : probe_(probe) {}

  /// Called when the chunk at `offset` is about to be fetched; accounts for the one before. How to fetch the new one.
  [[nodiscard]] Access begin_chunk(std::uint64_t offset);
  /// Called when it has been fetched.
  void fetched(std::uint64_t bytes) { bytes_ = bytes; }

 private:
  struct Cost {
    double best = 0;  // nanoseconds of processor time for a byte; 0: not measured
    unsigned chunks = 0;
    void add(double cost) { best = chunks++ == 0 || cost < best ? cost : best; }
  };
  void account();
  void judge();

  AccessProbe& probe_;
  Access way_ = Access::Auto;
  std::uint64_t bytes_ = 0;
  std::uint64_t began_ns_ = 0;
  std::uint64_t faults_before_ = 0;
  Cost map_;
  Cost read_;
};

}  // namespace folio::scan
