// SPDX-License-Identifier: Apache-2.0
// The run-time choice between mapping and reading. A worker begins by mapping. Where that costs no more than
// a few faults a MiB, the file lies in large folios here and nothing is cheaper; otherwise a chunk is read
// now and then, ever more rarely, and whichever way was cheaper is gone on with: a file may lie in the page
// cache in small folios here and in large ones there.
//
// PERF: which way is cheaper depends on the machine and on how the file came into the page cache. Seconds for
// 2 GB by two threads, mapped / read: 0.07 / 0.14 with 2 MiB folios, 0.12 / 0.19 with mixed ones, 0.18 / 0.17
// with 4 KiB folios (Sapphire Rapids). A price per fault, set beforehand, chose wrong in one state or the
// other. A chunk that is read costs about twice as much where mapping is cheap, and its buffer 128 faults:
// trying that at once made the scan of 128 MiB 15 % longer.
//
// Threads: a Probe belongs to one worker.
#pragma once

#include <cstdint>

#include "folio/scan.h"

namespace folio::scan {

struct ProbeRules {
  Access only = Access::Auto;    ///< Map or Read: this way, without a probe.
  unsigned threads = 1;          ///< That unmapping will keep waiting.
  double map_cost_factor = 1.0;  ///< Tests make one way win with it.
};

class Probe {
 public:
  explicit Probe(const ProbeRules& rules);

  /// Called when a chunk is about to be fetched; accounts for the one before. Map or Read for the new one.
  [[nodiscard]] Access begin_chunk();
  /// Called when it has been fetched.
  void fetched(std::uint64_t bytes) { bytes_ = bytes; }

 private:
  enum class Measured : std::uint8_t { No, Yes };
  void begin(Access way, Measured measured);
  void account();
  [[nodiscard]] Access cheaper() const;
  [[nodiscard]] bool is_trial(std::uint64_t chunk);

  ProbeRules rules_;
  std::uint64_t chunk_ = 0;
  std::uint64_t trial_;  // the chunk from which on the other way is tried
  Access way_ = Access::Map;
  Access way_before_trial_ = Access::Map;
  Measured measured_ = Measured::No;
  std::uint64_t bytes_ = 0;
  std::uint64_t began_ns_ = 0;
  std::uint64_t faults_before_ = 0;
  double faults_per_mib_ = 0;  // of the last chunk that was mapped and measured
  double map_cost_ = 0;        // nanoseconds of processor time for a byte; 0: not known yet
  double read_cost_ = 0;
};

}  // namespace folio::scan
