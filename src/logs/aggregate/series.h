// SPDX-License-Identifier: Apache-2.0
// Counts over time: minutes rolled up to buckets.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "logs/aggregate/aggregate.h"
#include "logs/aggregate/tables.h"

namespace folio::logs {

/// Number of the bucket that a minute since 1970 lies in; consecutive.
[[nodiscard]] std::int64_t bucket_index(BucketUnit unit, std::int64_t minute);
/// First second of a bucket, since 1970.
[[nodiscard]] std::int64_t bucket_begin(BucketUnit unit, std::int64_t index);
/// The shortest unit with at most 400 buckets, or the one wanted, if that makes at most 2000, or a longer
/// one.
[[nodiscard]] BucketUnit choose_unit(std::int64_t first_minute, std::int64_t last_minute,
                                     std::optional<BucketUnit> wanted);

void add_series(Report& report, const Tables& tables, std::optional<BucketUnit> wanted);

}  // namespace folio::logs
