// SPDX-License-Identifier: Apache-2.0
// The finders: one literal, many literals, adjacent byte sets, and an engine that runs over all records.
#pragma once

#include <memory>
#include <span>
#include <string>

#include "pattern/byte_sample.h"
#include "pattern/finder.h"
#include "pattern/literal_searcher.h"
#include "simd/byte_window.h"

namespace folio::pattern {

[[nodiscard]] std::shared_ptr<const FinderSource> literal_finder(LiteralSearcher searcher);
/// Several literals, or one; a place is the leftmost match, of those that begin there the one listed first.
[[nodiscard]] std::shared_ptr<const FinderSource> literals_finder(std::span<const std::string> literals,
                                                                  CaseFolding folding,
                                                                  const ByteSample* sample);
[[nodiscard]] std::shared_ptr<const FinderSource> window_finder(const simd::ByteWindow& window);
/// `factory` makes engines whose matches never hold a terminator and that may look at several records at
/// once.
[[nodiscard]] std::shared_ptr<const FinderSource> engine_finder(std::shared_ptr<const EngineFactory> factory);
/// Finds nothing.
[[nodiscard]] std::shared_ptr<const FinderSource> no_finder();

}  // namespace folio::pattern
