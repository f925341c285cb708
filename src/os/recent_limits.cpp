// SPDX-License-Identifier: Apache-2.0
#include "os/recent_limits.h"

#include <chrono>
#include <mutex>
#include <optional>

namespace folio::os {

MachineLimits recent_machine_limits() {
  using Clock = std::chrono::steady_clock;
  constexpr std::chrono::milliseconds kAgeMax{250};
  static std::mutex mutex;
  static std::optional<MachineLimits> known;
  static Clock::time_point found;
  const std::scoped_lock lock(mutex);
  const auto now = Clock::now();
  if (!known || now - found > kAgeMax) {
    known = machine_limits();
    found = now;
  }
  return *known;
}

}  // namespace folio::os
