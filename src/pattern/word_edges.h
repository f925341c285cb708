// SPDX-License-Identifier: Apache-2.0
// Assertions at the very ends of a pattern, which can be checked once a match of what is between them is
// found: as the preferred match of the rest, it is that of the whole if they hold.
#pragma once

#include <optional>
#include <vector>

#include "pattern/engine.h"
#include "pattern/syntax.h"

namespace folio::pattern {

struct WordEdges {
  std::vector<Assertion> begin;
  std::vector<Assertion> end;

  [[nodiscard]] bool hold(ByteView text, Span match) const;
};

/// Nothing if WordAssertions::Dropped leaves out an assertion that is not at an end.
[[nodiscard]] std::optional<WordEdges> word_edges(const Node& root);

}  // namespace folio::pattern
