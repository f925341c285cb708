// SPDX-License-Identifier: Apache-2.0
// folio bench access: flags.
#include "cli/bench/bench.h"
#include "cli/output.h"

namespace folio::cli {

ExitStatus run_bench_access(Words words) {
  CLI::App app{"Measures every way to read files, in every state of the page cache.", "folio bench access"};
  if (const auto done = parse(app, words)) return *done;
  return ExitStatus::Success;
}

}  // namespace folio::cli
