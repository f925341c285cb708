// SPDX-License-Identifier: Apache-2.0
#include "scan/probe.h"

#include "os/process_stats.h"

namespace folio::scan {

namespace {

// The least of three: the first one of each way also brings in the code, the stack and the buffer.
constexpr unsigned kChunksEach = 3;
// What a fault leaves behind for the end: the 16 pages that it mapped are unmapped by one thread while the others have
// nothing to do (45 ms for 32,800 faults, Sapphire Rapids).
constexpr double kUnmapPerFaultNs = 1400;

}  // namespace

// Processor time and not time on the clock: a worker that waits for its turn or for a core has not become slower.
Access ProbeLap::begin_chunk(std::uint64_t offset) {
  if (offset < probe_.rules().begin) return Access::Map;
  if (way_ != Access::Auto) account();
  way_ = way_ == Access::Map ? Access::Read : Access::Map;
  faults_before_ = os::thread_faults().minor;
  began_ns_ = os::thread_time_ns();
  return way_;
}

void ProbeLap::account() {
  if (bytes_ == 0) return;
  const auto spent = static_cast<double>(os::thread_time_ns() - began_ns_);
  const auto faults = static_cast<double>(os::thread_faults().minor - faults_before_);
  const auto bytes = static_cast<double>(bytes_);
  if (way_ == Access::Read) {
    read_.add(spent / bytes);
  } else {
    map_.add((spent + faults * kUnmapPerFaultNs * probe_.rules().threads) / bytes);
  }
  bytes_ = 0;
  if (map_.chunks >= kChunksEach && read_.chunks >= kChunksEach) judge();
}

void ProbeLap::judge() {
  probe_.settle(map_.best * probe_.rules().map_cost_factor <= read_.best ? Access::Map : Access::Read);
}

}  // namespace folio::scan
