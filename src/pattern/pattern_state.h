// SPDX-License-Identifier: Apache-2.0
// What a Pattern shares between its copies.
#pragma once

#include <memory>
#include <string>

#include "folio/pattern.h"
#include "pattern/engine.h"
#include "pattern/finder.h"

namespace folio {

namespace pattern {
class MatcherPool;
struct Recipe;  // what a pattern was compiled from, to choose its finder anew for a file
}  // namespace pattern

struct Pattern::State {
  PatternOptions options;
  pattern::Finds finds = pattern::Finds::Matches;
  std::shared_ptr<const pattern::FinderSource> finder;
  pattern::Finds scanner_finds = pattern::Finds::Records;
  std::shared_ptr<const pattern::FinderSource> scanner;
  std::shared_ptr<const pattern::EngineFactory> engine;
  std::shared_ptr<const pattern::Recipe> recipe;
  std::shared_ptr<pattern::MatcherPool> pool;  // last: its matchers refer to the others
};

}  // namespace folio
