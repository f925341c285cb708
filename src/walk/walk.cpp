// SPDX-License-Identifier: Apache-2.0
#include "folio/walk.h"

#include <utility>

#include "core/try.h"
#include "folio/limits.h"
#include "walk/crew.h"
#include "walk/lister.h"
#include "walk/parallel_walk.h"
#include "walk/sorted_walk.h"

namespace folio {

IgnoreOptions IgnoreOptions::none() {
  return {.dot = Obey::No,
          .git = Obey::No,
          .git_exclude = Obey::No,
          .git_global = Obey::No,
          .parents = Obey::No,
          .require_git = Obey::Yes,
          .name_case = NameCase::Sensitive,
          .files = {}};
}

unsigned walk_threads(const WalkOptions& options) {
  return options.threads > 0 ? options.threads : machine_limits().cores;
}

Result<WalkReport> walk(std::span<const std::string> roots, const WalkOptions& options,
                        const WalkVisit& visit, const WalkErrors& on_error) {
  using namespace walk_detail;
  Reporter reporter(on_error);
  Lister lister = FOLIO_TRY(Lister::make(options, reporter));
  Crew crew(walk_threads(options), options.stop);
  WalkReport report;
  switch (options.sort) {
    case WalkSort::None:
      report = walk_in_parallel(roots, lister, crew, visit);
      break;
    case WalkSort::Path:
      report = walk_by_path(roots, lister, crew, options.order, visit);
      break;
    case WalkSort::Modified:
    case WalkSort::Accessed:
    case WalkSort::Created: {
      Crew finders(walk_threads(options), options.stop);
      report = walk_by_time(roots, lister, finders, crew, options, visit);
      break;
    }
  }
  report.errors = reporter.count();
  return report;
}

}  // namespace folio
