// SPDX-License-Identifier: Apache-2.0
// The one place where folio takes time: several rounds, contenders in turns, medians.
//
// Ownership: plain values; contenders are called, not kept. Threads: one measurement at a time, since it
// counts what the whole process does. Errors: the first error of a contender ends the measurement.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <stop_token>
#include <vector>

#include "folio/error.h"

namespace folio::bench {

/// Medians over the rounds. Counters are those of the whole process in one round.
struct Measured {
  double seconds = 0;
  double seconds_min = 0;
  double seconds_max = 0;
  double spread = 0;  ///< Distance of the quartiles, as a share of the median.
  double user_seconds = 0;
  double system_seconds = 0;
  std::uint64_t minor_faults = 0;
  std::uint64_t major_faults = 0;
  std::uint64_t voluntary_switches = 0;
  std::uint64_t involuntary_switches = 0;
  unsigned rounds = 0;
};

using Work = std::function<Result<void>()>;

/// A method: `prepare` and `after` are not timed and may be missing.
struct Contender {
  Work run;
  Work prepare = {};
  Work after = {};
};

enum class Order : std::uint8_t {
  Given,
  Random,  ///< Another one in each round, the same in each run of the program.
};

/// Between `least` and `most` rounds; no further one is begun after `enough` seconds. Where
/// `spread_enough` is given, a contender rests whose spread is at most that after `least` rounds.
struct Rounds {
  unsigned least = 3;
  unsigned most = 5;
  double enough = 2;
  double spread_enough = 0;
  Order order = Order::Given;
  std::stop_token stop = {};
};

/// Runs the contenders in turns and measures each. Ends with the first error, or Cancelled.
[[nodiscard]] Result<std::vector<Measured>> measure_in_turns(std::span<const Contender> contenders,
                                                             const Rounds& rounds);

/// Bytes per second.
[[nodiscard]] inline double rate(std::uint64_t bytes, double seconds) {
  return seconds > 0 ? static_cast<double>(bytes) / seconds : 0;
}

/// Page faults per MiB of `bytes`.
[[nodiscard]] inline double faults_per_mib(const Measured& cost, std::uint64_t bytes) {
  constexpr double kMib = 1 << 20;
  return bytes == 0
             ? 0
             : static_cast<double>(cost.minor_faults + cost.major_faults) * kMib / static_cast<double>(bytes);
}

/// Cancelled where a stop was asked for.
[[nodiscard]] Result<void> check_stop(const std::stop_token& stop);

}  // namespace folio::bench
