// SPDX-License-Identifier: Apache-2.0
// First and last bytes of what a node matches.
#include "pattern/beside.h"

#include "pattern/code_set.h"
#include "pattern/node.h"

namespace folio::pattern {
namespace {

Beside of_codes(const CodeSet& all, Texts texts) {
  const CodeSet codes = texts == Texts::All ? all : intersected(all, {{0, 0x7F}});
  const CodeSet words{{'0', '9'}, {'A', 'Z'}, {'_', '_'}, {'a', 'z'}};
  return {.word = !intersected(codes, words).empty(), .other = !subtracted(codes, words).empty()};
}

Beside of_concat(const Node& node, MatchEnd end, Texts texts) {
  Beside result{.empty = true};
  for (std::size_t i = 0; i < node.parts.size() && result.empty; ++i) {
    const std::size_t index = end == MatchEnd::Begin ? i : node.parts.size() - 1 - i;
    result = beside(result, beside(*node.parts[index], end, texts));
  }
  return result;
}

}  // namespace

Beside beside(Beside near, Beside far) {
  if (!near.empty) return near;
  return {near.word || far.word, near.other || far.other, far.empty};
}

Beside beside(const Node& node, MatchEnd end, Texts texts) {
  switch (node.kind) {
    case Node::Kind::Class:
      return of_codes(node.codes, texts);
    case Node::Kind::Bytes:
      return of_codes(code_set(node.bytes), texts);
    case Node::Kind::Concat:
      return of_concat(node, end, texts);
    case Node::Kind::Alternate: {
      Beside result;
      for (const NodePtr& part : node.parts) {
        const Beside branch = beside(*part, end, texts);
        result = {result.word || branch.word, result.other || branch.other, result.empty || branch.empty};
      }
      return result;
    }
    case Node::Kind::Repeat: {
      if (node.most == 0) return {.empty = true};
      Beside result = beside(*node.parts.front(), end, texts);
      result.empty = result.empty || node.least == 0;
      return result;
    }
    case Node::Kind::Capture:
      return beside(*node.parts.front(), end, texts);
    case Node::Kind::Empty:
    case Node::Kind::Assertion:
      break;
  }
  return {.empty = true};
}

}  // namespace folio::pattern
