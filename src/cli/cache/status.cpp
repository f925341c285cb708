// SPDX-License-Identifier: Apache-2.0
// folio cache status.
#include "cli/cache/cache.h"
#include "cli/cache/flags.h"
#include "cli/cache/report.h"
#include "cli/command.h"
#include "core/try.h"

namespace folio::cli {

ExitStatus run_cache_status(Words words) {
  CacheFlags flags;
  bool folios = false;
  CLI::App app{"How much of each file is in the page cache, and where. Maps nothing and reads nothing.",
               "folio cache status"};
  add_cache_flags(app, flags);
  app.add_flag("--folios", folios,
               "Tell how large the pieces are in which files lie in the cache. This maps the files and "
               "touches what is in the cache");
  app.footer(
      "The bar shows the file from its begin to its end: O all in the cache, o half or more, - less, . "
      "nothing.\n"
      "A file with several names, or named twice, counts once. The numbers are exact for those who own the "
      "file or may\n"
      "write it; for others they say \"about\", and come from up to 64 pages, which may be loaded by the "
      "asking.\n"
      "Exit status: 0 done; 2 wrong usage, or an error of some file; 130 interrupted.");
  if (const auto done = parse_cache_flags(app, words, flags)) return *done;

  CacheReport report(CacheAction::Status, flags);
  const auto work = [&](const File& file) -> Result<cache_detail::CacheOutcome> {
    cache_detail::CacheOutcome outcome;
    outcome.state = FOLIO_TRY(cache_state(file, flags.state_options()));
    if (folios) outcome.folios = FOLIO_TRY(cache_folios(file, flags.range));
    return outcome;
  };
  return report.finish(run_on_files(flags, work, report));
}

}  // namespace folio::cli
