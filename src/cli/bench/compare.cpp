// SPDX-License-Identifier: Apache-2.0
// folio bench compare: flags.
#include "cli/bench/bench.h"

namespace folio::cli {

ExitStatus run_bench_compare(Words) {
  return ExitStatus::Success;
}

}  // namespace folio::cli
