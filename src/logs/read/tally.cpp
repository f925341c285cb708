// SPDX-License-Identifier: Apache-2.0
#include "logs/read/tally.h"

#include <utility>

namespace folio::logs {

void LineTally::merge(LineTally&& next) {
  for (std::size_t reason = 0; reason < rejects.size(); ++reason) {
    RejectTally& mine = rejects[reason];
    RejectTally& theirs = next.rejects[reason];
    mine.lines += theirs.lines;
    if (mine.first || !theirs.first) continue;
    mine.first = std::move(theirs.first);
    mine.first->number += lines;
  }
  lines += next.lines;
  records += next.records;
  filtered += next.filtered;
  rejected += next.rejected;
}

}  // namespace folio::logs
