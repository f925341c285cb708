// SPDX-License-Identifier: Apache-2.0
// For tests: a random string that a syntax tree matches, assertions taken to hold.
#pragma once

#include <algorithm>
#include <optional>
#include <random>
#include <string>

#include "pattern/syntax.h"
#include "pattern/utf8_code.h"

namespace folio::pattern {

class MatchMaker {
 public:
  explicit MatchMaker(unsigned seed) : random_{seed} {}

  /// None where the tree matches nothing.
  [[nodiscard]] std::optional<std::string> match_of(const Node& node) {
    std::string out;
    return append(node, out) ? std::optional{out} : std::nullopt;
  }

 private:
  std::size_t below(std::size_t end) { return random_() % end; }

  bool append(const Node& node, std::string& out) {
    switch (node.kind) {
      case Node::Kind::Empty:
      case Node::Kind::Assertion:
        return true;
      case Node::Kind::Class:
        return append_code(node.codes, out);
      case Node::Kind::Bytes:
        return append_byte(node, out);
      case Node::Kind::Alternate:
        return append(*node.parts[below(node.parts.size())], out);
      case Node::Kind::Repeat:
        return append_repeat(node, out);
      case Node::Kind::Concat:
      case Node::Kind::Capture:
        return std::ranges::all_of(node.parts, [&](const NodePtr& part) { return append(*part, out); });
    }
    return false;
  }

  bool append_code(const CodeSet& codes, std::string& out) {
    if (codes.empty()) return false;
    const CodeRange range = codes[below(codes.size())];
    const std::size_t size = range.last - range.first + 1;
    // The ends more often than others.
    const std::size_t offset = below(3) == 0 ? size - 1 : below(3) == 0 ? 0 : below(size);
    append_utf8(out, range.first + static_cast<char32_t>(offset));
    return true;
  }

  bool append_byte(const Node& node, std::string& out) {
    if (node.bytes.none()) return false;
    std::size_t byte = below(256);
    while (!node.bytes[byte]) byte = (byte + 1) % 256;
    out.push_back(static_cast<char>(byte));
    return true;
  }

  bool append_repeat(const Node& node, std::string& out) {
    const std::size_t room = std::min<std::size_t>(node.most - node.least, 3);
    const std::size_t count = node.least + below(room + 1);
    for (std::size_t i = 0; i < count; ++i) {
      if (!append(*node.parts[0], out)) return false;
    }
    return true;
  }

  std::mt19937 random_;
};

}  // namespace folio::pattern
