// SPDX-License-Identifier: Apache-2.0
// folio demo: the tour.
#include "cli/command.h"

namespace folio::cli {

ExitStatus run_demo(Words) { return ExitStatus::Failure; }

}  // namespace folio::cli
