// SPDX-License-Identifier: Apache-2.0
// Walks in an order: by path, one iterator that goes on as workers take from it; by a time, all files are
// found first.
#pragma once

#include <span>
#include <string>

#include "folio/walk.h"
#include "walk/crew.h"
#include "walk/lister.h"

namespace folio::walk_detail {

[[nodiscard]] WalkReport walk_by_path(std::span<const std::string> roots, Lister& lister, Crew& crew,
                                      SortOrder order, const WalkVisit& visit);

/// The finding runs on a crew of its own kind: as many threads, the same stop token.
[[nodiscard]] WalkReport walk_by_time(std::span<const std::string> roots, Lister& lister, Crew& finders,
                                      Crew& crew, const WalkOptions& options, const WalkVisit& visit);

}  // namespace folio::walk_detail
