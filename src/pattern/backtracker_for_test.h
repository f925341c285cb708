// SPDX-License-Identifier: Apache-2.0
// The obvious matcher: tries one way after the other, in order of preference. Exponential; an oracle.
//
// A repeat of what may be empty stops after an empty round here, which is not quite what the Pike machine and
// RE2 do; patterns to compare with hold none.
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "pattern/code_set.h"
#include "pattern/engine.h"
#include "pattern/look.h"
#include "pattern/utf8_code.h"

namespace folio::pattern {

class Backtracker {
 public:
  Backtracker(const Tree& tree, ByteView text) : tree_{tree}, text_{text} {}

  /// All groups of the leftmost match at or after `from`.
  std::optional<std::vector<Span>> captures(std::size_t from) {
    for (std::size_t start = from; start <= text_.size(); ++start) {
      groups_.assign(tree_.capture_count + 1, {});
      std::size_t end = 0;
      const bool matched = walk(*tree_.root, start, [&](std::size_t at) {
        end = at;
        return true;
      });
      if (!matched) continue;
      groups_[0] = {start, end};
      return groups_;
    }
    return std::nullopt;
  }

 private:
  using Next = std::function<bool(std::size_t)>;

  bool walk(const Node& node, std::size_t at, const Next& next) {
    switch (node.kind) {
      case Node::Kind::Empty:
        return next(at);
      case Node::Kind::Class: {
        if (at == text_.size()) return false;
        const DecodedCode code = decode_at(text_, at);
        return code.size > 0 && contains(node.codes, code.code) && next(at + code.size);
      }
      case Node::Kind::Bytes:
        return at < text_.size() && node.bytes[std::to_integer<std::size_t>(text_[at])] && next(at + 1);
      case Node::Kind::Concat:
        return walk_parts(node, 0, at, next);
      case Node::Kind::Alternate:
        for (const NodePtr& part : node.parts) {
          if (walk(*part, at, next)) return true;
        }
        return false;
      case Node::Kind::Repeat:
        return walk_rounds(node, 0, at, next);
      case Node::Kind::Capture:
        return walk_capture(node, at, next);
      case Node::Kind::Assertion:
        return holds(node.assertion, text_, at) && next(at);
    }
    return false;
  }

  bool walk_parts(const Node& node, std::size_t index, std::size_t at, const Next& next) {
    if (index == node.parts.size()) return next(at);
    return walk(*node.parts[index], at,
                [&](std::size_t after) { return walk_parts(node, index + 1, after, next); });
  }

  bool walk_rounds(const Node& node, std::uint32_t done, std::size_t at, const Next& next) {
    const auto another = [&] {
      if (done >= node.most) return false;
      return walk(*node.parts.front(), at, [&](std::size_t after) {
        if (after == at && done >= node.least) return false;
        return walk_rounds(node, done + 1, after, next);
      });
    };
    if (done < node.least) return another();
    return node.greed == Node::Greed::Greedy ? another() || next(at) : next(at) || another();
  }

  bool walk_capture(const Node& node, std::size_t at, const Next& next) {
    const Span before = groups_[node.index];
    const bool matched = walk(*node.parts.front(), at, [&](std::size_t after) {
      const Span inner = std::exchange(groups_[node.index], Span{at, after});
      if (next(after)) return true;
      groups_[node.index] = inner;
      return false;
    });
    if (!matched) groups_[node.index] = before;
    return matched;
  }

  const Tree& tree_;
  ByteView text_;
  std::vector<Span> groups_;
};

}  // namespace folio::pattern
