// SPDX-License-Identifier: Apache-2.0
// Takes the assertions off the ends of a concatenation.
#include "pattern/word_edges.h"

#include <algorithm>

#include "pattern/look.h"
#include "pattern/re2_text.h"

namespace folio::pattern {

bool WordEdges::hold(ByteView text, Span match) const {
  const auto all_hold = [text](const std::vector<Assertion>& assertions, std::size_t at) {
    return std::ranges::all_of(assertions, [&](Assertion assertion) { return holds(assertion, text, at); });
  };
  return all_hold(begin, match.begin) && all_hold(end, match.end);
}

std::optional<WordEdges> word_edges(const Node& root) {
  if (root.kind != Node::Kind::Concat) return std::nullopt;
  const auto is_edge = [](const NodePtr& part) {
    return part->kind == Node::Kind::Assertion && has_droppable(*part);
  };
  const auto first = std::ranges::find_if_not(root.parts, is_edge);
  auto last = root.parts.end();
  while (last != first && is_edge(*(last - 1))) --last;
  const auto is_inner = [](const NodePtr& part) { return has_droppable(*part); };
  if (std::any_of(first, last, is_inner)) return std::nullopt;
  WordEdges edges;
  for (auto part = root.parts.begin(); part != first; ++part) edges.begin.push_back((*part)->assertion);
  for (auto part = last; part != root.parts.end(); ++part) edges.end.push_back((*part)->assertion);
  return edges;
}

}  // namespace folio::pattern
