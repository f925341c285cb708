// SPDX-License-Identifier: Apache-2.0
// The walk without an order: directories and batches of files are tasks that all workers share.
#pragma once

#include <span>
#include <string>

#include "folio/walk.h"
#include "walk/crew.h"
#include "walk/lister.h"

namespace folio::walk_detail {

/// Errors go to the lister's reporter, and are not counted here.
[[nodiscard]] WalkReport walk_in_parallel(std::span<const std::string> roots, Lister& lister, Crew& crew,
                                          const WalkVisit& visit);

}  // namespace folio::walk_detail
