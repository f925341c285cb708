// SPDX-License-Identifier: Apache-2.0
// Shows a result in every form that was asked for.
#pragma once

#include <optional>

#include "cli/logs/flags.h"
#include "cli/output.h"
#include "logs/partial/partial.h"

namespace folio::cli {

/// "5m", "hour", "month"; empty: chosen by the report.
[[nodiscard]] Result<std::optional<logs::BucketUnit>> parse_bucket(std::string_view text);

struct Shown {
  std::optional<logs::BucketUnit> bucket;
  double seconds = 0;  ///< That reading took; 0: nothing is said about it.
};

/// Where a file can't be written, the rest is shown all the same.
ExitStatus show_result(const logs::Partial& result, const LogsFlags& flags, const Shown& shown,
                       Output& output);

}  // namespace folio::cli
