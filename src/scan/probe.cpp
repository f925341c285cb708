// SPDX-License-Identifier: Apache-2.0
#include "scan/probe.h"

#include "os/process_stats.h"

namespace folio::scan {

namespace {

// The first chunk of a way also brings in the code, the stack and the buffer; the second one counts.
constexpr std::uint64_t kTrialChunks = 2;
// The first trial comes when the chunks before it have paid for it; each further one after kLater times as
// many chunks.
constexpr std::uint64_t kFirstTrial = 32;
constexpr std::uint64_t kLater = 8;
// One chunk in so many is measured, so that a change from one kind of folio to the other is seen.
constexpr std::uint64_t kPeriod = 16;
// With folios of 4 KiB a MiB costs 16 faults, with those of 2 MiB half of one.
constexpr double kFewFaultsPerMib = 2;
constexpr double kNoise = 0.1;
// Reading has to be this much cheaper: one measurement is worth no more.
constexpr double kReadMargin = 0.9;
// What a fault leaves behind for the end: the 16 pages that it mapped are unmapped by one thread while the
// others have nothing to do (45 ms for 32,800 faults, Sapphire Rapids).
constexpr double kUnmapPerFaultNs = 1400;

Access other(Access way) {
  return way == Access::Map ? Access::Read : Access::Map;
}

}  // namespace

Probe::Probe(const ProbeRules& rules) : rules_(rules), trial_(kFirstTrial) {}

Access Probe::begin_chunk() {
  if (rules_.only != Access::Auto) return rules_.only;
  if (measured_ == Measured::Yes) account();
  const std::uint64_t chunk = chunk_++;
  if (is_trial(chunk)) {
    const bool counts = chunk + 1 == trial_ + kTrialChunks;
    begin(other(way_before_trial_), counts ? Measured::Yes : Measured::No);
    if (counts) trial_ *= kLater;
    return way_;
  }
  way_before_trial_ = cheaper();
  begin(way_before_trial_, chunk % kPeriod == 1 ? Measured::Yes : Measured::No);
  return way_;
}

bool Probe::is_trial(std::uint64_t chunk) {
  if (chunk < trial_) return false;
  const bool is_sure = way_before_trial_ == Access::Map &&
                       (faults_per_mib_ + kNoise) * rules_.map_cost_factor <= kFewFaultsPerMib;
  // Surely right now: the next look at the faults may tell otherwise.
  if (is_sure) trial_ = chunk + kPeriod;
  return !is_sure;
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
  if (way_ == Access::Map) faults_per_mib_ = faults * (1 << 20) / static_cast<double>(bytes_);
  double& known = way_ == Access::Map ? map_cost_ : read_cost_;
  known = known == 0 ? cost : (known + cost) / 2;
  bytes_ = 0;
}

Access Probe::cheaper() const {
  if (read_cost_ == 0) return Access::Map;
  return map_cost_ * rules_.map_cost_factor * kReadMargin <= read_cost_ ? Access::Map : Access::Read;
}

}  // namespace folio::scan
