// SPDX-License-Identifier: Apache-2.0
// The machine's limits as they were a moment ago.
//
// PERF: finding them out opens a dozen files of /proc and /sys, which takes as long as scanning some MiB.
// Threads: any.
#pragma once

#include "folio/limits.h"

namespace folio::os {

/// At most a quarter of a second old.
[[nodiscard]] MachineLimits recent_machine_limits();

}  // namespace folio::os
