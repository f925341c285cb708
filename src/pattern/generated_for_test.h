// SPDX-License-Identifier: Apache-2.0
// Random patterns and texts over a small alphabet, in which everything that can meet does meet.
//
// No unlimited repeat is of something that may be empty: there RE2, the Pike machine and backtracking differ
// in which round a group remembers, and in what a round without characters is preferred to.
#pragma once

#include <rapidcheck.h>

#include <string>
#include <vector>

namespace folio::pattern {

/// What the generator may use beside letters, classes and operators.
enum class Ingredients { Plain, WithBoundaries, WithBytes };

struct PatternPiece {
  std::string text;
  bool can_be_empty = false;
};

/// Spread evenly whatever rapidcheck's size, so that early patterns are no smaller than late ones.
inline int below(int bound) {
  return *rc::gen::resize(rc::kNominalSize, rc::gen::inRange(0, bound));
}

inline PatternPiece any_leaf(Ingredients ingredients) {
  static const std::vector<PatternPiece> plain{
      {"a"},      {"b"},     {" "},       {"\xC3\xA9"}, {"\\n"},       {"."},
      {"[ab]"},   {"[^a]"},  {"\\w"},     {"\\s"},      {"(?s:.)"},    {"[\xC3\xA9-\xE2\x82\xAC]"},
      {"(?i:k)"}, {"[&&a]"}, {"^", true}, {"$", true},  {"\\A", true}, {"\\z", true},
      {"", true}};
  static const std::vector<PatternPiece> boundaries{{"\\b", true},
                                                    {"\\B", true},
                                                    {"\\<", true},
                                                    {"\\>", true},
                                                    {"\\b{start-half}", true},
                                                    {"\\b{end-half}", true},
                                                    {"(?-u:\\b)", true},
                                                    {"(?-u:\\B)", true},
                                                    {"(?-u:\\b{start-half})", true},
                                                    {"(?R:$)", true},
                                                    {"(?R:^)", true}};
  static const std::vector<PatternPiece> bytes{{"(?-u:\\xC3)"}, {"(?-u:[^a])"}, {"(?-u:.)"}, {"(?-u:\\xFF)"}};
  std::vector<PatternPiece> leaves = plain;
  if (ingredients != Ingredients::Plain) leaves.insert(leaves.end(), boundaries.begin(), boundaries.end());
  if (ingredients == Ingredients::WithBytes) leaves.insert(leaves.end(), bytes.begin(), bytes.end());
  return leaves[static_cast<std::size_t>(below(static_cast<int>(leaves.size())))];
}

inline PatternPiece any_piece(int depth, Ingredients ingredients) {
  const int form = depth == 0 ? 0 : below(10);
  if (form == 0) return any_leaf(ingredients);
  const PatternPiece first = any_piece(depth - 1, ingredients);
  if (form == 1) return {"(" + first.text + ")", first.can_be_empty};
  if (form <= 3) {
    const std::string counts = *rc::gen::element<std::string>("*", "+", "{1,}", "*?", "+?");
    if (first.can_be_empty) return {"(?:" + first.text + ")", true};
    return {"(?:" + first.text + ")" + counts, counts.starts_with('*')};
  }
  if (form == 4) {
    const std::string counts = *rc::gen::element<std::string>("?", "??", "{2}", "{0,2}", "{1,3}?");
    if (first.can_be_empty) return first;
    return {"(?:" + first.text + ")" + counts, counts.starts_with('?') || counts.starts_with("{0")};
  }
  const PatternPiece second = any_piece(depth - 1, ingredients);
  if (form <= 6) {
    return {"(?:" + first.text + "|" + second.text + ")", first.can_be_empty || second.can_be_empty};
  }
  return {first.text + second.text, first.can_be_empty && second.can_be_empty};
}

inline std::string any_pattern(Ingredients ingredients) {
  return any_piece(below(6), ingredients).text;
}

inline std::string any_text() {
  const auto pieces = *rc::gen::container<std::vector<std::string>>(
      rc::gen::weightedElement<std::string>({{6, "a"},
                                             {4, "b"},
                                             {3, " "},
                                             {1, "k"},
                                             {1, "\xE2\x84\xAA"},
                                             {2, "\xC3\xA9"},
                                             {1, "\xE2\x82\xAC"},
                                             {1, "\n"},
                                             {1, "\r"},
                                             {1, "\xFF"},
                                             {1, "\xC3"},
                                             {1, "\xA9"},
                                             {1, "\xED\xA0\x80"},
                                             {1, "\xF0\x9F\x98\x80"}}));
  std::string text;
  for (const std::string& piece : pieces) text += piece;
  return text;
}

inline std::string any_ascii_text() {
  return *rc::gen::container<std::string>(rc::gen::elementOf(std::string{"aaabbk  \n\r-"}));
}

}  // namespace folio::pattern
