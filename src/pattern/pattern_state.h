// SPDX-License-Identifier: Apache-2.0
// What a Pattern shares between its copies.
#pragma once

#include "folio/pattern.h"
#include "pattern/literal_searcher.h"

namespace folio {

struct Pattern::State {
  pattern::LiteralSearcher searcher;
};

}  // namespace folio
