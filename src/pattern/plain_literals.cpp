// SPDX-License-Identifier: Apache-2.0
// From units with letters of both cases to byte strings.
#include <string>
#include <vector>

#include "pattern/required_literals.h"

namespace folio::pattern {

namespace {

struct Letters {
  bool any_folded = false;
  bool any_exact = false;
  double spellings = 0;  // if all cases were written out
};

Letters letters_of(const UnitSet& set) {
  Letters letters;
  for (const Units& units : set) {
    double spellings = 1;
    for (const char16_t unit : units) {
      const bool folded = (unit & kFoldUnit) != 0;
      letters.any_folded = letters.any_folded || folded;
      letters.any_exact = letters.any_exact || (!folded && is_ascii_letter(unit));
      if (folded) spellings *= 2;
    }
    letters.spellings += spellings;
  }
  return letters;
}

std::vector<std::string> spelled_out(const UnitSet& set) {
  std::vector<std::string> all;
  for (const Units& units : set) {
    std::vector<std::string> spellings{{}};
    for (const char16_t unit : units) {
      const std::size_t count = spellings.size();
      for (std::size_t i = 0; i < count; ++i) {
        if ((unit & kFoldUnit) != 0)
          spellings.push_back(spellings[i] + static_cast<char>((unit & 0xFFU) ^ 0x20U));
        spellings[i].push_back(static_cast<char>(unit & 0xFFU));
      }
    }
    all.insert(all.end(), spellings.begin(), spellings.end());
  }
  return all;
}

}  // namespace

PlainLiterals plain(const UnitSet& set) {
  const Letters letters = letters_of(set);
  PlainLiterals plain;
  if (letters.any_folded && letters.any_exact && letters.spellings <= kRequiredStringsMax) {
    plain.literals = spelled_out(set);
    return plain;
  }
  if (letters.any_folded) plain.folding = CaseFolding::Ascii;
  plain.same = !letters.any_folded || !letters.any_exact;
  for (const Units& units : set) {
    std::string& literal = plain.literals.emplace_back();
    for (const char16_t unit : units) literal.push_back(static_cast<char>(unit & 0xFFU));
  }
  return plain;
}

}  // namespace folio::pattern
