// SPDX-License-Identifier: Apache-2.0
#include "bench/rounds.h"
#include "core/fail.h"

#include <algorithm>
#include <chrono>
#include <numeric>
#include <random>

#include "core/try.h"
#include "os/process_stats.h"

namespace folio::bench {

namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

/// What one round of one contender cost.
struct Sample {
  double seconds = 0;
  os::ProcessUsage usage;
};

using Samples = std::vector<Sample>;

template <class Get>
auto quantile(const Samples& samples, std::size_t part, std::size_t parts, Get get) {
  std::vector<decltype(get(samples.front()))> values(samples.size());
  std::ranges::transform(samples, values.begin(), get);
  const auto place = values.begin() + static_cast<std::ptrdiff_t>(values.size() * part / parts);
  std::nth_element(values.begin(), place, values.end());
  return *place;
}

template <class Get>
auto median(const Samples& samples, Get get) {
  return quantile(samples, 1, 2, get);
}

double seconds_of(const Sample& sample) {
  return sample.seconds;
}

double spread_of(const Samples& samples) {
  const double middle = median(samples, seconds_of);
  const double distance = quantile(samples, 3, 4, seconds_of) - quantile(samples, 1, 4, seconds_of);
  return middle > 0 ? distance / middle : 0;
}

Result<void> run_once(const Contender& contender, Samples& samples) {
  if (contender.prepare) FOLIO_TRY(contender.prepare());
  const os::ProcessUsage before = os::process_usage();
  const auto start = Clock::now();
  FOLIO_TRY(contender.run());
  const double seconds = seconds_since(start);
  samples.push_back({seconds, os::process_usage() - before});
  if (contender.after) FOLIO_TRY(contender.after());
  return {};
}

Measured summary(const Samples& samples) {
  const auto [least, most] = std::ranges::minmax(samples, {}, seconds_of);
  const auto usage = [&](auto member) {
    return median(samples, [member](const Sample& sample) { return sample.usage.*member; });
  };
  return {.seconds = median(samples, seconds_of),
          .seconds_min = least.seconds,
          .seconds_max = most.seconds,
          .spread = spread_of(samples),
          .user_seconds = usage(&os::ProcessUsage::user_seconds),
          .system_seconds = usage(&os::ProcessUsage::system_seconds),
          .minor_faults = usage(&os::ProcessUsage::minor_faults),
          .major_faults = usage(&os::ProcessUsage::major_faults),
          .voluntary_switches = usage(&os::ProcessUsage::voluntary_switches),
          .involuntary_switches = usage(&os::ProcessUsage::involuntary_switches),
          .rounds = static_cast<unsigned>(samples.size())};
}

bool has_settled(const Samples& samples, const Rounds& rounds) {
  return rounds.spread_enough > 0 && samples.size() >= rounds.least &&
         spread_of(samples) <= rounds.spread_enough;
}

}  // namespace

Result<void> check_stop(const std::stop_token& stop) {
  if (!stop.stop_requested()) return {};
  return fail(Errc::Cancelled, {}, "interrupted");
}

Result<std::vector<Measured>> measure_in_turns(std::span<const Contender> contenders, const Rounds& rounds) {
  std::vector<Samples> samples(contenders.size());
  std::vector<std::size_t> order(contenders.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::mt19937_64 random(1);
  const auto start = Clock::now();
  for (unsigned round = 0; round < rounds.most; ++round) {
    if (round >= rounds.least && seconds_since(start) > rounds.enough) break;
    if (rounds.order == Order::Random) std::ranges::shuffle(order, random);
    for (const std::size_t i : order) {
      if (has_settled(samples[i], rounds)) continue;
      FOLIO_TRY(check_stop(rounds.stop));
      FOLIO_TRY(run_once(contenders[i], samples[i]));
    }
  }
  std::vector<Measured> measured(contenders.size());
  std::ranges::transform(samples, measured.begin(), summary);
  return measured;
}

}  // namespace folio::bench
