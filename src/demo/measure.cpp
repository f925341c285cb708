// SPDX-License-Identifier: Apache-2.0
#include "demo/measure.h"

#include <algorithm>

#include "core/try.h"
#include "demo/failure.h"
#include "os/process_stats.h"

namespace folio::demo {

namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

/// What each round of one contender cost.
struct Samples {
  std::vector<double> seconds;
  std::vector<std::uint64_t> minor_faults;
  std::vector<std::uint64_t> major_faults;
};

template <class T>
T median(std::vector<T> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

Result<void> run_once(const Contender& contender, Samples& samples) {
  if (contender.prepare) FOLIO_TRY(contender.prepare());
  const os::FaultCounts before = os::process_faults();
  const auto start = Clock::now();
  FOLIO_TRY(contender.run());
  samples.seconds.push_back(seconds_since(start));
  const os::FaultCounts after = os::process_faults();
  samples.minor_faults.push_back(after.minor - before.minor);
  samples.major_faults.push_back(after.major - before.major);
  return {};
}

Measured summary(const Samples& samples) {
  const auto [least, most] = std::ranges::minmax(samples.seconds);
  return {.seconds = median(samples.seconds),
          .seconds_min = least,
          .seconds_max = most,
          .minor_faults = median(samples.minor_faults),
          .major_faults = median(samples.major_faults),
          .rounds = static_cast<unsigned>(samples.seconds.size())};
}

}  // namespace

Result<void> check_stop(const std::stop_token& stop) {
  if (stop.stop_requested()) return fail(Errc::Cancelled, {}, "interrupted");
  return {};
}

Result<std::vector<Measured>> measure_in_turns(std::span<const Contender> contenders, const Rounds& rounds) {
  std::vector<Samples> samples(contenders.size());
  const auto start = Clock::now();
  for (unsigned round = 0; round < rounds.most; ++round) {
    if (round >= rounds.least && seconds_since(start) > rounds.enough) break;
    for (std::size_t i = 0; i < contenders.size(); ++i) {
      FOLIO_TRY(check_stop(rounds.stop));
      FOLIO_TRY(run_once(contenders[i], samples[i]));
    }
  }
  std::vector<Measured> measured(contenders.size());
  std::ranges::transform(samples, measured.begin(), summary);
  return measured;
}

}  // namespace folio::demo
