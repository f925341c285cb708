// SPDX-License-Identifier: Apache-2.0
// Joins and wraps trees.
#include "pattern/tree_build.h"

#include <algorithm>
#include <utility>

#include "pattern/node.h"
#include "pattern/utf8_code.h"

namespace folio::pattern {
namespace {

Tree wrap(Tree tree, Assertion before, Assertion behind) {
  std::vector<NodePtr> parts;
  parts.push_back(assertion_node(before));
  parts.push_back(std::move(tree.root));
  parts.push_back(assertion_node(behind));
  tree.root = concat_node(std::move(parts));
  return tree;
}

}  // namespace

Tree wrap_word(Tree tree, WordKind kind) {
  if (kind == WordKind::Unicode) {
    return wrap(std::move(tree), Assertion::WordBeginHalf, Assertion::WordEndHalf);
  }
  return wrap(std::move(tree), Assertion::AsciiWordBeginHalf, Assertion::AsciiWordEndHalf);
}

Tree wrap_line(Tree tree) {
  return wrap(std::move(tree), Assertion::LineBegin, Assertion::LineEnd);
}

Tree alternation(std::vector<Tree> trees) {
  Tree joined;
  std::vector<NodePtr> branches;
  for (Tree& tree : trees) {
    const bool keeps_numbers = joined.capture_count == 0 || tree.capture_count == 0;
    branches.push_back(keeps_numbers ? std::move(tree.root) : renumbered(*tree.root, joined.capture_count));
    joined.capture_count += tree.capture_count;
    for (std::string& name : tree.capture_names) {
      const bool is_taken = std::ranges::find(joined.capture_names, name) != joined.capture_names.end();
      joined.capture_names.push_back(is_taken ? std::string{} : std::move(name));
    }
  }
  joined.root = branches.empty() ? class_node({}) : alternate_node(std::move(branches));
  return joined;
}

Tree literal_tree(std::string_view bytes, Folding folding) {
  const ByteView text = to_bytes(bytes);
  std::vector<NodePtr> parts;
  for (std::size_t at = 0; at < text.size();) {
    const DecodedCode next = decode_at(text, at);
    if (next.size == 0) {
      parts.push_back(bytes_node(std::bitset<256>{}.set(std::to_integer<std::size_t>(text[at]))));
    } else {
      parts.push_back(class_node(folded({{next.code, next.code}}, folding)));
    }
    at += std::max<std::size_t>(next.size, 1);
  }
  Tree tree;
  tree.root = concat_node(std::move(parts));
  return tree;
}

}  // namespace folio::pattern
