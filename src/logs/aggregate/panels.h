// SPDX-License-Identifier: Apache-2.0
// The tables of a report, in the order in which they are shown.
#pragma once

#include "logs/aggregate/aggregate.h"
#include "logs/aggregate/tables.h"

namespace folio::logs {

void add_panels(Report& report, const Tables& tables, const ReportOptions& options);

}  // namespace folio::logs
