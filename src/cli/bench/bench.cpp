// SPDX-License-Identifier: Apache-2.0
// folio bench: its parts.
#include "cli/bench/bench.h"

#include <array>

#include "cli/parts.h"

namespace folio::cli {

namespace {

constexpr std::array kParts{
    Part{"access", "mmap, read or io_uring: which is fastest for which file, here", run_bench_access},
    Part{"page", "the report of `access` as one HTML file, from the JSON lines of a run", run_bench_page},
    Part{"algorithms", "searchers for one text, in memory: which is fastest for which needle",
         run_bench_algorithms},
    Part{"compare", "folio against wc, grep, rg, ugrep on the same files", run_bench_compare},
};

}  // namespace

ExitStatus run_bench(Words words) {
  return run_part({.command = "bench",
                   .kind = "part",
                   .about = "Measures on this machine.",
                   .usage = "folio bench PART [FLAGS] [FILES]",
                   .parts = kParts},
                  words);
}

}  // namespace folio::cli
