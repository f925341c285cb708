// SPDX-License-Identifier: Apache-2.0
// The one place where the tour takes time: several rounds, methods in turns, medians.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <span>
#include <stop_token>
#include <vector>

#include "folio/error.h"

namespace folio::demo {

/// Medians over the rounds. Faults are those of the whole process.
struct Measured {
  double seconds = 0;
  double seconds_min = 0;
  double seconds_max = 0;
  std::uint64_t minor_faults = 0;
  std::uint64_t major_faults = 0;
  unsigned rounds = 0;
};

using Work = std::function<Result<void>()>;

/// A method: `prepare` is not timed and may be missing.
struct Contender {
  Work run;
  Work prepare = {};
};

/// Between 3 and 5 rounds; no further one is begun after `enough` seconds.
struct Rounds {
  unsigned least = 3;
  unsigned most = 5;
  double enough = 2;
  std::stop_token stop = {};
};

/// Runs the contenders in turns, in the given order, and measures each. Ends with the first error, or
/// Cancelled.
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

}  // namespace folio::demo
