// SPDX-License-Identifier: Apache-2.0
// folio cache evict.
#include <utility>

#include "cli/cache/cache.h"
#include "cli/cache/flags.h"
#include "cli/cache/report.h"
#include "cli/command.h"
#include "core/try.h"

namespace folio::cli {

ExitStatus run_cache_evict(Words words) {
  CacheFlags flags;
  CLI::App app{"Drops files from the page cache, and shows what stayed.", "folio cache evict"};
  add_cache_flags(app, flags);
  app.footer(
      "Changes are written to the device first; nothing is lost. What programs have mapped or locked stays, "
      "and a\n"
      "sentence says so.\n"
      "Exit status: 0 done; 2 wrong usage, or an error of some file; 130 interrupted.");
  if (const auto done = parse_cache_flags(app, words, flags)) return *done;

  CacheReport report(CacheAction::Evict, flags);
  const auto work = [&](const File& file) -> Result<cache_detail::CacheOutcome> {
    CacheEviction eviction = FOLIO_TRY(evict_from_cache(file, flags.state_options()));
    cache_detail::CacheOutcome outcome;
    outcome.state = std::move(eviction.after);
    outcome.before = eviction.before.total;
    outcome.hold = eviction.hold;
    return outcome;
  };
  return report.finish(run_on_files(flags, work, report));
}

}  // namespace folio::cli
