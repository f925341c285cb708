// SPDX-License-Identifier: Apache-2.0
// Set algebra against one bit per code point, and what Unicode says about case.
#include "pattern/code_set.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <array>

#include "pattern/unicode_class.h"
#include "pattern/unicode_tables.h"
#include "pattern/utf8_code.h"
#include "pattern/utf8_ranges.h"

namespace folio::pattern {
namespace {

// Around zero, the byte limit, the surrogates and the end.
constexpr std::array<std::uint32_t, 18> kPlaces{0,      1,      2,      3,      0x7F,     0x80,
                                                0xFE,   0xFF,   0x100,  0xD7FE, 0xD7FF,   0xD800,
                                                0xDABC, 0xDFFF, 0xE000, 0xE001, 0x10FFFE, 0x10FFFF};

CodeSet any_set() {
  std::vector<CodeRange> ranges;
  for (const auto& [first, last] : *rc::gen::container<std::vector<std::pair<std::uint32_t, std::uint32_t>>>(
           rc::gen::pair(rc::gen::elementOf(kPlaces), rc::gen::elementOf(kPlaces)))) {
    ranges.push_back({first, last});
  }
  return canonical(std::move(ranges));
}

bool is_scalar(char32_t code) {
  return code < 0xD800 || code > 0xDFFF;
}

void expect_canonical(const CodeSet& set) {
  for (std::size_t i = 0; i < set.size(); ++i) {
    RC_ASSERT(set[i].first <= set[i].last);
    RC_ASSERT(is_scalar(set[i].first));
    RC_ASSERT(is_scalar(set[i].last));
    if (i > 0) RC_ASSERT(set[i - 1].last + 1 < set[i].first);
  }
}

RC_GTEST_PROP(CodeSet, AlgebraHoldsAtEveryCode, ()) {
  const CodeSet left = any_set();
  const CodeSet right = any_set();
  for (const auto& set : {left, united(left, right), intersected(left, right), subtracted(left, right),
                          symmetric_difference(left, right), negated(left, Universe::Unicode)}) {
    expect_canonical(set);
  }
  for (const char32_t code : kPlaces) {
    const bool in_left = contains(left, code);
    const bool in_right = contains(right, code);
    RC_ASSERT(contains(united(left, right), code) == (in_left || in_right));
    RC_ASSERT(contains(intersected(left, right), code) == (in_left && in_right));
    RC_ASSERT(contains(subtracted(left, right), code) == (in_left && !in_right));
    RC_ASSERT(contains(symmetric_difference(left, right), code) == (in_left != in_right));
    RC_ASSERT(contains(negated(left, Universe::Unicode), code) == (is_scalar(code) && !in_left));
  }
}

TEST(CodeSet, ConvertsBytes) {
  const CodeSet set{{'a', 'c'}, {0xFE, 0xFF}};
  EXPECT_EQ(code_set(byte_set(set)), set);
  EXPECT_EQ(negated(set, Universe::Bytes), (CodeSet{{0, '`'}, {'d', 0xFD}}));
  EXPECT_EQ(negated({}, Universe::Bytes), (CodeSet{{0, 0xFF}}));
  EXPECT_EQ(without_terminator({{0, 0x20}}, std::byte{'\n'}), (CodeSet{{0, 9}, {11, 0x20}}));
}

TEST(CodeSet, FoldsOrbits) {
  EXPECT_EQ(folded({{'k', 'k'}}, Folding::Unicode), (CodeSet{{'K', 'K'}, {'k', 'k'}, {0x212A, 0x212A}}));
  EXPECT_EQ(folded({{0x17F, 0x17F}}, Folding::Unicode), (CodeSet{{'S', 'S'}, {'s', 's'}, {0x17F, 0x17F}}));
  EXPECT_EQ(folded({{'k', 'k'}}, Folding::Ascii), (CodeSet{{'K', 'K'}, {'k', 'k'}}));
  EXPECT_EQ(folded({{'k', 'k'}}, Folding::None), (CodeSet{{'k', 'k'}}));
  EXPECT_EQ(folded({{0x101, 0x101}}, Folding::Unicode), (CodeSet{{0x100, 0x101}}));
  // Sigma, final sigma, capital sigma.
  EXPECT_EQ(folded({{0x3C2, 0x3C2}}, Folding::Unicode), (CodeSet{{0x3A3, 0x3A3}, {0x3C2, 0x3C3}}));
  // Neither of the Turkish letters i has a simple folding.
  EXPECT_EQ(folded({{0x130, 0x131}}, Folding::Unicode), (CodeSet{{0x130, 0x131}}));
}

// Every code point's orbit, one at a time, is that of each of its members.
TEST(CodeSet, OrbitsAreClosed) {
  for (const FoldingRun& run : folding_runs()) {
    for (char32_t code = run.first; code <= run.last; code += run.stride) {
      const CodeSet orbit = folded({{code, code}}, Folding::Unicode);
      ASSERT_EQ(folded(orbit, Folding::Unicode), orbit);
      for (const CodeRange range : orbit) {
        ASSERT_EQ(folded({{range.first, range.first}}, Folding::Unicode), orbit)
            << std::hex << std::uint32_t{code};
      }
    }
  }
}

TEST(CodeSet, TablesAreCanonical) {
  for (const BinaryProperty& property : binary_properties()) {
    const CodeSet set{property.ranges.begin(), property.ranges.end()};
    EXPECT_EQ(canonical(set), set) << property.name;
  }
  for (const PropertyName& name : category_partition().names) {
    EXPECT_TRUE(unicode_property(name.full).has_value()) << name.full;
  }
  for (const PropertyName& name : script_partition().names) {
    EXPECT_EQ(unicode_property(name.full), unicode_property(name.brief)) << name.full;
  }
}

TEST(CodeSet, CategoriesPartitionAllCodes) {
  CodeSet all;
  std::size_t sum = 0;
  for (const char* category : {"L", "M", "N", "P", "S", "Z", "C"}) {
    const CodeSet set = *unicode_property(category);
    EXPECT_TRUE(intersected(all, set).empty()) << category;
    all = united(all, set);
    for (const CodeRange range : set) sum += range.last - range.first + 1;
  }
  EXPECT_EQ(sum, 0x110000U - 0x800U);
}

RC_GTEST_PROP(Utf8Ranges, SequencesMatchExactlyTheSet, ()) {
  const CodeSet set = any_set();
  const auto sequences = utf8_sequences(set);
  for (const char32_t code : kPlaces) {
    if (!is_scalar(code)) continue;
    std::string text;
    append_utf8(text, code);
    std::size_t ways = 0;
    for (const ByteSequence& sequence : sequences) {
      bool fits = sequence.size() == text.size();
      for (std::size_t i = 0; fits && i < text.size(); ++i) {
        const auto byte = static_cast<std::uint8_t>(text[i]);
        fits = byte >= sequence[i].first && byte <= sequence[i].last;
      }
      ways += fits ? 1 : 0;
    }
    RC_ASSERT(ways == (contains(set, code) ? 1U : 0U));
  }
}

TEST(Utf8Ranges, CoverAllOfUnicode) {
  const auto sequences = utf8_sequences(negated({}, Universe::Unicode));
  const std::vector<ByteSequence> expected{{{0, 0x7F}},
                                           {{0xC2, 0xDF}, {0x80, 0xBF}},
                                           {{0xE0, 0xE0}, {0xA0, 0xBF}, {0x80, 0xBF}},
                                           {{0xE1, 0xEC}, {0x80, 0xBF}, {0x80, 0xBF}},
                                           {{0xED, 0xED}, {0x80, 0x9F}, {0x80, 0xBF}},
                                           {{0xEE, 0xEF}, {0x80, 0xBF}, {0x80, 0xBF}},
                                           {{0xF0, 0xF0}, {0x90, 0xBF}, {0x80, 0xBF}, {0x80, 0xBF}},
                                           {{0xF1, 0xF3}, {0x80, 0xBF}, {0x80, 0xBF}, {0x80, 0xBF}},
                                           {{0xF4, 0xF4}, {0x80, 0x8F}, {0x80, 0xBF}, {0x80, 0xBF}}};
  EXPECT_EQ(sequences, expected);
}

TEST(Utf8Code, DecodesBothWays) {
  const auto text = to_bytes("a\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80");
  EXPECT_EQ(decode_at(text, 1).code, 0xE9U);
  EXPECT_EQ(decode_before(text, 3).code, 0xE9U);
  EXPECT_EQ(decode_before(text, 6).code, 0x20ACU);
  EXPECT_EQ(decode_before(text, 10).code, 0x1F600U);
  EXPECT_EQ(decode_before(text, 2).size, 0U);
  EXPECT_EQ(decode_at(text, 2).size, 0U);
  for (const char* bad : {"\xC0\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xE2\x82", "\x80", "\xFF"}) {
    EXPECT_EQ(decode_at(to_bytes(bad), 0).size, 0U);
    EXPECT_EQ(decode_before(to_bytes(bad), std::string_view{bad}.size()).size, 0U);
  }
  EXPECT_EQ(decode_before(to_bytes("a\x80"), 2).size, 0U);
}

}  // namespace
}  // namespace folio::pattern
