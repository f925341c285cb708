// SPDX-License-Identifier: Apache-2.0
// The syntax tree of a regular expression, in which everything that depends on flags has been resolved: case
// is folded into classes, `.` and \w are classes, anchors say which kind they are.
//
// Ownership: a tree owns its nodes and is immutable once parsed. Threads: read from any.
#pragma once

#include <bitset>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace folio::pattern {

/// Code points from `first` to `last`, both included.
struct CodeRange {
  char32_t first = 0;
  char32_t last = 0;
  friend bool operator==(const CodeRange&, const CodeRange&) = default;
};

/// Ascending, neither overlapping nor adjacent. Never holds surrogates.
using CodeSet = std::vector<CodeRange>;

inline constexpr std::uint32_t kUnlimited = UINT32_MAX;

enum class Assertion : std::uint8_t {
  TextBegin,
  TextEnd,
  LineBegin,      ///< Text begin, or behind a '\n'.
  LineEnd,        ///< Text end, or before a '\n'.
  CrlfLineBegin,  ///< Text begin, behind a '\n', or behind a '\r' that no '\n' follows.
  CrlfLineEnd,    ///< Text end, before a '\r', or before a '\n' that no '\r' precedes.
  WordBoundary,   ///< By Unicode's \w; bytes that are not valid UTF-8 are no word characters.
  NotWordBoundary,
  WordBegin,      ///< \b{start}: no word character before, one behind.
  WordEnd,        ///< \b{end}
  WordBeginHalf,  ///< \b{start-half}: no word character before.
  WordEndHalf,    ///< \b{end-half}: no word character behind.
  AsciiWordBoundary,
  NotAsciiWordBoundary,
  AsciiWordBegin,
  AsciiWordEnd,
  AsciiWordBeginHalf,
  AsciiWordEndHalf,
};
// NotWordBoundary and the two halves by Unicode hold nowhere beside a byte that is not part of valid UTF-8,
// so that they never split a character.

struct Node {
  enum class Kind : std::uint8_t {
    Empty,      ///< Matches the empty string.
    Class,      ///< One code point of `codes`, in UTF-8; an empty set matches nothing.
    Bytes,      ///< One byte of `bytes`, whatever it is part of. Only for what (?-u) asked for beyond ASCII.
    Concat,     ///< `parts` one after the other.
    Alternate,  ///< One of `parts`, the first that leads to a match preferred.
    Repeat,     ///< parts[0] from `least` to `most` times.
    Capture,    ///< parts[0], remembered as group `index`.
    Assertion,  ///< Matches the empty string where `assertion` holds.
  };
  enum class Greed : std::uint8_t { Greedy, Lazy };

  Kind kind = Kind::Empty;
  Greed greed = Greed::Greedy;
  Assertion assertion = Assertion::TextBegin;
  std::uint32_t least = 0;
  std::uint32_t most = 0;   ///< kUnlimited: no limit.
  std::uint32_t index = 0;  ///< From 1.
  CodeSet codes;
  std::bitset<256> bytes;
  std::vector<std::unique_ptr<const Node>> parts;
};

using NodePtr = std::unique_ptr<const Node>;

struct Tree {
  NodePtr root;
  std::uint32_t capture_count = 0;         ///< Without the whole match.
  std::vector<std::string> capture_names;  ///< By index - 1; empty where a group has no name.
};

}  // namespace folio::pattern
