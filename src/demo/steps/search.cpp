// SPDX-License-Identifier: Apache-2.0
#include "demo/steps/search.h"

#include <string>

#include "core/fail.h"
#include "core/try.h"

namespace folio::demo {

namespace {

Result<void> expect_lines(const Stage& stage, std::uint64_t found) {
  if (found == stage.needle_lines) return {};
  return fail(Errc::BadData, stage.file.path(),
              "a search found " + std::to_string(found) + " lines, but " +
                  std::to_string(stage.needle_lines) + " were written; please report this");
}

Result<void> search_once(const Stage& stage, const Pattern& pattern, const CountOptions& options,
                         SearchCost& result) {
  const Counted counted = FOLIO_TRY(count_matching(stage, pattern, options));
  result.access = counted.access;
  result.lines = counted.lines;
  return expect_lines(stage, counted.lines);
}

}  // namespace

Result<Counted> count_matching(const Stage& stage, const Pattern& pattern, const CountOptions& options) {
  SearchOptions search;
  search.scan.threads = options.threads;
  search.scan.access = options.access;
  search.scan.range = options.range;
  search.scan.stop = stage.stop;
  const SearchSummary summary = FOLIO_TRY(count_lines(stage.file, pattern, search));
  if (summary.report.problem) return std::unexpected(*summary.report.problem);
  return Counted{.lines = summary.lines, .access = summary.report.stats.access};
}

Result<std::vector<SearchCost>> search_with(const Stage& stage, std::span<const unsigned> threads,
                                            Access access) {
  const Pattern pattern = FOLIO_TRY(Pattern::literal_for(stage.file, to_bytes(kNeedle)));
  std::vector<SearchCost> results(threads.size());
  std::vector<bench::Contender> contenders;
  for (std::size_t i = 0; i < threads.size(); ++i) {
    results[i].threads = threads[i];
    const CountOptions options{.threads = threads[i], .access = access};
    contenders.push_back({[&, i, options] { return search_once(stage, pattern, options, results[i]); }});
  }
  const auto measured = FOLIO_TRY(bench::measure_in_turns(contenders, stage.rounds()));
  for (std::size_t i = 0; i < results.size(); ++i) results[i].cost = measured[i];
  return results;
}

}  // namespace folio::demo
