// SPDX-License-Identifier: Apache-2.0
#include "scan/probe.h"

#include "os/process_stats.h"

namespace folio::scan {

namespace {

// The first chunk of each way also brings in the code, the stack and the buffer; the second one counts.
constexpr std::uint64_t kWarmUpChunks = 2;
constexpr std::uint64_t kFirstChunks = 4;
// One chunk in so many is fetched the other way: where that way takes twice as long, the scan takes 1.6 %
// longer. Sooner at first: the head of a file often lies in smaller folios than the rest, as read-ahead
// begins small.
constexpr std::uint64_t kPeriod = 64;
constexpr std::uint64_t kFirstPeriod = 16;
// Reading has to be this much cheaper: one measurement is worth no more.
constexpr double kReadMargin = 0.9;
// What a fault leaves behind for the end: the 16 pages that it mapped are unmapped by one thread while the
// others have nothing to do (45 ms for 32,800 faults, Sapphire Rapids).
constexpr double kUnmapPerFaultNs = 1400;

Access other(Access way) {
  return way == Access::Map ? Access::Read : Access::Map;
}

}  // namespace

Access Probe::begin_chunk() {
  if (rules_.only != Access::Auto) return rules_.only;
  if (measured_ == Measured::Yes) account();
  const std::uint64_t chunk = chunk_++;
  if (chunk < kFirstChunks) {
    begin(chunk % 2 == 0 ? Access::Read : Access::Map, chunk < kWarmUpChunks ? Measured::No : Measured::Yes);
    return way_;
  }
  const std::uint64_t place = chunk % (chunk < kPeriod ? kFirstPeriod : kPeriod);
  begin(place == 0 ? other(cheaper()) : cheaper(), place <= 1 ? Measured::Yes : Measured::No);
  return way_;
}

// Processor time and not time on the clock: a worker that waits for its turn or for a core has not become
// slower.
void Probe::begin(Access way, Measured measured) {
  way_ = way;
  measured_ = measured;
  if (measured == Measured::No) return;
  faults_before_ = os::thread_faults().minor;
  began_ns_ = os::thread_time_ns();
}

void Probe::account() {
  if (bytes_ == 0) return;
  const auto spent = static_cast<double>(os::thread_time_ns() - began_ns_);
  const auto faults = static_cast<double>(os::thread_faults().minor - faults_before_);
  const double unmapping = way_ == Access::Map ? faults * kUnmapPerFaultNs * rules_.threads : 0;
  const double cost = (spent + unmapping) / static_cast<double>(bytes_);
  double& known = way_ == Access::Map ? map_cost_ : read_cost_;
  known = known == 0 ? cost : (known + cost) / 2;
  bytes_ = 0;
}

Access Probe::cheaper() const {
  return map_cost_ * rules_.map_cost_factor * kReadMargin <= read_cost_ ? Access::Map : Access::Read;
}

}  // namespace folio::scan
