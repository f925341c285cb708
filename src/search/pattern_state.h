// SPDX-License-Identifier: Apache-2.0
// What a Pattern shares between its copies.
#pragma once

#include "folio/search.h"
#include "search/literal_searcher.h"

namespace folio {

struct Pattern::State {
  search::LiteralSearcher searcher;
};

}  // namespace folio
