// SPDX-License-Identifier: Apache-2.0
#include "demo/steps/matching.h"

#include <array>

#include "core/try.h"
#include "demo/steps/search.h"
#include "folio/search.h"

namespace folio::demo {

namespace {

bench::Contender searcher(const Stage& stage, const Pattern& pattern, std::uint64_t& lines) {
  return {[&]() -> Result<void> {
    const CountOptions options{.threads = stage.cores, .access = Access::Auto};
    lines = FOLIO_TRY(count_matching(stage, pattern, options)).lines;
    return {};
  }};
}

Result<void> find_first(const Stage& stage, const Pattern& pattern, Matching& matching) {
  SearchOptions options;
  options.line_count_max = 1;
  options.line_numbers = LineNumbers::Yes;
  options.scan.stop = stage.stop;
  const auto render = [](std::string& out, const LineMatch& match) {
    out += std::to_string(match.number) + " " + std::to_string(match.offset) + " ";
    out += to_text(match.line);
  };
  std::string shown;
  const auto keep = [&](std::string_view text) {
    shown += text;
    return Flow::Continue;
  };
  FOLIO_TRY(search_lines(stage.file, pattern, options, render, keep));
  if (shown.empty()) return {};
  std::size_t used = 0;
  matching.first_number = std::stoull(shown, &used);
  shown.erase(0, used + 1);
  matching.first_offset = std::stoull(shown, &used);
  matching.first_line = shown.substr(used + 1);
  return {};
}

}  // namespace

Result<Matching> check_matches(const Stage& stage) {
  const Pattern fast = FOLIO_TRY(Pattern::literal_for(stage.file, to_bytes(kNeedle)));
  const Pattern slow =
      FOLIO_TRY(Pattern::literal(to_bytes(kNeedle), {.algorithm = SearchAlgorithm::BoyerMoore}));
  Matching matching;
  matching.bytes = stage.file.size();
  matching.written_lines = stage.needle_lines;
  const std::array contenders{searcher(stage, fast, matching.fast_lines),
                              searcher(stage, slow, matching.boyer_moore_lines)};
  const auto measured = FOLIO_TRY(bench::measure_in_turns(contenders, stage.rounds()));
  matching.fast = measured[0];
  matching.boyer_moore = measured[1];
  FOLIO_TRY(find_first(stage, fast, matching));
  return matching;
}

}  // namespace folio::demo
