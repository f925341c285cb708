// SPDX-License-Identifier: Apache-2.0
#include "demo/steps/cache.h"

#include <array>

#include "core/fail.h"
#include "core/try.h"
#include "demo/steps/search.h"

namespace folio::demo {

namespace {

/// The worse of two: the one of which more was cached, or it is not known how much.
bench::Coldness worse(const bench::Coldness& a, const bench::Coldness& b) {
  if (!a.cached || !b.cached) return a.cached ? b : a;
  return *b.cached > *a.cached ? b : a;
}

}  // namespace

Result<CacheEffect> compare_first_and_second(const Stage& stage) {
  const Pattern pattern = FOLIO_TRY(Pattern::literal_for(stage.file, to_bytes(kNeedle)));
  const ByteRange part = stage.cold_part();
  const CountOptions options{.threads = stage.cores, .access = Access::Auto, .range = part};
  Counted first;
  Counted second;
  CacheEffect effect{.bytes = part.size(), .before_first = {.cached = 0.0}};
  const auto search = [&](Counted& counted) -> Result<void> {
    counted = FOLIO_TRY(count_matching(stage, pattern, options));
    return {};
  };
  const bench::Work cool = [&]() -> Result<void> {
    effect.before_first = worse(effect.before_first, FOLIO_TRY(bench::make_cold(stage.file, part)));
    return {};
  };
  const bench::Work look = [&]() -> Result<void> {
    effect.before_second = bench::cached_share(stage.file, part);
    return {};
  };
  const std::array contenders{bench::Contender{[&] { return search(first); }, cool},
                              bench::Contender{[&] { return search(second); }, look}};
  const auto measured = FOLIO_TRY(bench::measure_in_turns(contenders, stage.rounds()));
  if (first.lines != second.lines) {
    return fail(Errc::BadData, stage.file.path(), "two searches gave different answers; please report this");
  }
  effect.first = measured[0];
  effect.second = measured[1];
  effect.first_access = first.access;
  effect.second_access = second.access;
  return effect;
}

}  // namespace folio::demo
