// SPDX-License-Identifier: Apache-2.0
// Builders of syntax nodes.
#pragma once

#include "pattern/syntax.h"

namespace folio::pattern {

struct RepeatBounds {
  std::uint32_t least = 0;
  std::uint32_t most = kUnlimited;
};

[[nodiscard]] NodePtr empty_node();
[[nodiscard]] NodePtr class_node(CodeSet codes);
[[nodiscard]] NodePtr bytes_node(const std::bitset<256>& bytes);
[[nodiscard]] NodePtr assertion_node(Assertion assertion);
/// The part itself if there is but one, Empty if there is none.
[[nodiscard]] NodePtr concat_node(std::vector<NodePtr> parts);
/// The part itself if there is but one. Requires one.
[[nodiscard]] NodePtr alternate_node(std::vector<NodePtr> parts);
[[nodiscard]] NodePtr repeat_node(NodePtr part, RepeatBounds bounds, Node::Greed greed);
[[nodiscard]] NodePtr capture_node(NodePtr part, std::uint32_t index);

/// A copy in which every group's index is higher by `offset`.
[[nodiscard]] NodePtr renumbered(const Node& node, std::uint32_t offset);

/// Number of leaves and joints after all repeats are written out; saturates.
[[nodiscard]] std::uint64_t unrolled_size(const Node& node);

/// Whether the empty string may match, if all assertions hold.
[[nodiscard]] bool can_be_empty(const Node& node);

}  // namespace folio::pattern
