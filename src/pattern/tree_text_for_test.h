// SPDX-License-Identifier: Apache-2.0
// A tree as one short line, for tests to compare with.
#pragma once

#include <array>
#include <string>

#include "pattern/code_set.h"
#include "pattern/syntax.h"

namespace folio::pattern {

inline std::string code_text(char32_t code) {
  if (code > 0x20 && code < 0x7F) return {static_cast<char>(code)};
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string hex;
  do {
    hex.insert(hex.begin(), digits[code % 16]);
    code /= 16;
  } while (code != 0);
  return "U+" + hex;
}

inline std::string set_text(const CodeSet& set) {
  std::string out;
  for (const CodeRange range : set) {
    if (!out.empty()) out += ' ';
    out += code_text(range.first);
    if (range.first != range.last) out += ".." + code_text(range.last);
  }
  return out;
}

inline std::string tree_text(const Node& node) {
  constexpr std::array names{"TextBegin",          "TextEnd",
                             "LineBegin",          "LineEnd",
                             "CrlfLineBegin",      "CrlfLineEnd",
                             "WordBoundary",       "NotWordBoundary",
                             "WordBegin",          "WordEnd",
                             "WordBeginHalf",      "WordEndHalf",
                             "AsciiWordBoundary",  "NotAsciiWordBoundary",
                             "AsciiWordBegin",     "AsciiWordEnd",
                             "AsciiWordBeginHalf", "AsciiWordEndHalf"};
  std::string parts;
  for (const NodePtr& part : node.parts) parts += (parts.empty() ? "" : ",") + tree_text(*part);
  switch (node.kind) {
    case Node::Kind::Empty:
      return "empty";
    case Node::Kind::Class:
      if (node.codes.size() == 1 && node.codes[0].first == node.codes[0].last) return set_text(node.codes);
      return "[" + set_text(node.codes) + "]";
    case Node::Kind::Bytes:
      return "bytes[" + set_text(code_set(node.bytes)) + "]";
    case Node::Kind::Concat:
      return "cat(" + parts + ")";
    case Node::Kind::Alternate:
      return "alt(" + parts + ")";
    case Node::Kind::Repeat:
      return parts + "{" + std::to_string(node.least) + "," +
             (node.most == kUnlimited ? "" : std::to_string(node.most)) + "}" +
             (node.greed == Node::Greed::Lazy ? "?" : "");
    case Node::Kind::Capture:
      return "group" + std::to_string(node.index) + "(" + parts + ")";
    case Node::Kind::Assertion:
      return names.at(static_cast<std::size_t>(node.assertion));
  }
  return "";
}

}  // namespace folio::pattern
