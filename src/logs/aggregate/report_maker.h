// SPDX-License-Identifier: Apache-2.0
// A report from the tables of an aggregate. Classification happens here, once for each distinct value.
#pragma once

#include "logs/aggregate/aggregate.h"
#include "logs/aggregate/tables.h"

namespace folio::logs {

[[nodiscard]] Report make_report(const Tables& tables, const ReportOptions& options);

}  // namespace folio::logs
