// SPDX-License-Identifier: Apache-2.0
// folio cache: its actions.
#include "cli/cache/cache.h"

#include <array>

#include "cli/parts.h"

namespace folio::cli {

namespace {

constexpr std::array kActions{
    Part{"status", "how much of each file is in the page cache, and where", run_cache_status},
    Part{"load", "brings files into the page cache, on all cores", run_cache_load},
    Part{"evict", "drops files from the page cache", run_cache_evict},
    Part{"lock", "keeps files in memory until it is interrupted", run_cache_lock},
};

}  // namespace

ExitStatus run_cache(Words words) {
  return run_part({.command = "cache",
                   .kind = "action",
                   .about = "The page cache: the memory in which the system keeps what was read from files.",
                   .usage = "folio cache ACTION [FLAGS] FILES or DIRECTORIES",
                   .parts = kActions},
                  words);
}

}  // namespace folio::cli
