// SPDX-License-Identifier: Apache-2.0
// The parts of `folio bench`.
#pragma once

#include "cli/words.h"

namespace folio::cli {

ExitStatus run_bench_access(Words words);
ExitStatus run_bench_page(Words words);
ExitStatus run_bench_algorithms(Words words);
ExitStatus run_bench_compare(Words words);

}  // namespace folio::cli
