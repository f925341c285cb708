// SPDX-License-Identifier: Apache-2.0
// Splits ranges of code points until all code points of a piece differ in the same bytes freely.
#include "pattern/utf8_ranges.h"

#include <array>
#include <string>

#include "pattern/utf8_code.h"

namespace folio::pattern {
namespace {

constexpr std::array<char32_t, 3> kLastOfSize{0x7F, 0x7FF, 0xFFFF};

ByteSequence sequence(CodeRange range) {
  std::string first;
  std::string last;
  append_utf8(first, range.first);
  append_utf8(last, range.last);
  ByteSequence bytes;
  for (std::size_t i = 0; i < first.size(); ++i) {
    bytes.push_back({static_cast<std::uint8_t>(first[i]), static_cast<std::uint8_t>(last[i])});
  }
  return bytes;
}

// Where `range` has to be cut: the last code of the front piece; its own last if nowhere.
char32_t cut(CodeRange range) {
  for (const char32_t limit : kLastOfSize) {
    if (range.first <= limit && limit < range.last) return limit;
  }
  if (range.last < 0x80) return range.last;
  for (unsigned shift = 6; shift <= 18; shift += 6) {
    const char32_t low = (char32_t{1} << shift) - 1;
    if ((range.first & ~low) == (range.last & ~low)) break;
    if ((range.first & low) != 0) return range.first | low;
    if ((range.last & low) != low) return (range.last & ~low) - 1;
  }
  return range.last;
}

}  // namespace

std::vector<ByteSequence> utf8_sequences(const CodeSet& set) {
  std::vector<ByteSequence> sequences;
  for (CodeRange range : set) {
    while (true) {
      const char32_t end = cut(range);
      // The front piece may need more cuts.
      if (end != range.last) {
        CodeRange front{range.first, end};
        for (auto& part : utf8_sequences({front})) sequences.push_back(std::move(part));
        range.first = end + 1;
        continue;
      }
      sequences.push_back(sequence(range));
      break;
    }
  }
  return sequences;
}

}  // namespace folio::pattern
