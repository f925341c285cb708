// SPDX-License-Identifier: Apache-2.0
// folio logs scan, merge and report: results that are kept in files.
#pragma once

#include "cli/words.h"

namespace folio::cli {

ExitStatus run_logs_scan(Words words);
ExitStatus run_logs_merge(Words words);
ExitStatus run_logs_report(Words words);

}  // namespace folio::cli
