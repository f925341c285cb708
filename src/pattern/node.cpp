// SPDX-License-Identifier: Apache-2.0
// Builders of syntax nodes, and simple questions to them. Recursion is as deep as the parser lets trees be.
#include "pattern/node.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace folio::pattern {
namespace {

std::unique_ptr<Node> node_of(Node::Kind kind) {
  auto node = std::make_unique<Node>();
  node->kind = kind;
  return node;
}

NodePtr list_node(Node::Kind kind, std::vector<NodePtr> parts) {
  auto node = node_of(kind);
  node->parts = std::move(parts);
  return node;
}

std::uint64_t saturating_product(std::uint64_t a, std::uint64_t b) {
  constexpr std::uint64_t limit = std::numeric_limits<std::uint64_t>::max() / 4;
  return b != 0 && a > limit / b ? limit : a * b;
}

}  // namespace

NodePtr empty_node() {
  return node_of(Node::Kind::Empty);
}

NodePtr class_node(CodeSet codes) {
  auto node = node_of(Node::Kind::Class);
  node->codes = std::move(codes);
  return node;
}

NodePtr bytes_node(const std::bitset<256>& bytes) {
  auto node = node_of(Node::Kind::Bytes);
  node->bytes = bytes;
  return node;
}

NodePtr assertion_node(Assertion assertion) {
  auto node = node_of(Node::Kind::Assertion);
  node->assertion = assertion;
  return node;
}

NodePtr concat_node(std::vector<NodePtr> parts) {
  if (parts.empty()) return empty_node();
  if (parts.size() == 1) return std::move(parts.front());
  return list_node(Node::Kind::Concat, std::move(parts));
}

NodePtr alternate_node(std::vector<NodePtr> parts) {
  if (parts.size() == 1) return std::move(parts.front());
  return list_node(Node::Kind::Alternate, std::move(parts));
}

NodePtr repeat_node(NodePtr part, RepeatBounds bounds, Node::Greed greed) {
  auto node = node_of(Node::Kind::Repeat);
  node->least = bounds.least;
  node->most = bounds.most;
  node->greed = greed;
  node->parts.push_back(std::move(part));
  return node;
}

NodePtr capture_node(NodePtr part, std::uint32_t index) {
  auto node = node_of(Node::Kind::Capture);
  node->index = index;
  node->parts.push_back(std::move(part));
  return node;
}

NodePtr renumbered(const Node& node, std::uint32_t offset) {
  auto copy = node_of(node.kind);
  copy->greed = node.greed;
  copy->assertion = node.assertion;
  copy->least = node.least;
  copy->most = node.most;
  copy->index = node.kind == Node::Kind::Capture ? node.index + offset : 0;
  copy->codes = node.codes;
  copy->bytes = node.bytes;
  for (const NodePtr& part : node.parts) copy->parts.push_back(renumbered(*part, offset));
  return copy;
}

std::uint64_t unrolled_size(const Node& node) {
  std::uint64_t size = 1;
  for (const NodePtr& part : node.parts) size += unrolled_size(*part);
  if (node.kind != Node::Kind::Repeat) return size;
  const std::uint32_t copies = node.most == kUnlimited ? node.least : node.most;
  return saturating_product(size, std::max<std::uint32_t>(copies, 1));
}

bool can_be_empty(const Node& node) {
  const auto part_can = [](const NodePtr& part) { return can_be_empty(*part); };
  switch (node.kind) {
    case Node::Kind::Class:
    case Node::Kind::Bytes:
      return false;
    case Node::Kind::Concat:
    case Node::Kind::Capture:
      return std::ranges::all_of(node.parts, part_can);
    case Node::Kind::Alternate:
      return std::ranges::any_of(node.parts, part_can);
    case Node::Kind::Repeat:
      return node.least == 0 || can_be_empty(*node.parts.front());
    case Node::Kind::Empty:
    case Node::Kind::Assertion:
      return true;
  }
  return true;
}

}  // namespace folio::pattern
