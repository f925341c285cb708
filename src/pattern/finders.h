// SPDX-License-Identifier: Apache-2.0
// The finders: one literal, many literals, adjacent byte sets, and an engine that runs over all records.
#pragma once

#include <memory>

#include "pattern/finder.h"
#include "pattern/literal_searcher.h"

namespace folio::pattern {

[[nodiscard]] std::shared_ptr<const FinderSource> literal_finder(LiteralSearcher searcher);
/// `factory` makes engines whose matches never hold a terminator and that may look at several records at once.
[[nodiscard]] std::shared_ptr<const FinderSource> engine_finder(std::shared_ptr<const EngineFactory> factory);
/// Finds nothing.
[[nodiscard]] std::shared_ptr<const FinderSource> no_finder();

}  // namespace folio::pattern
