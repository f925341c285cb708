// SPDX-License-Identifier: Apache-2.0
// The counters that everything else is checked against, compared with the most obvious loops.
#include "generate/needle.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <string>

namespace folio::generate {
namespace {

NeedleCount count_slowly(const std::string& text, const std::string& needle) {
  NeedleCount result;
  bool counted = false;  // the present line
  for (std::size_t at = 0; at < text.size();) {
    if (text[at] == '\n') counted = false;
    if (text.compare(at, needle.size(), needle) != 0) {
      ++at;
      continue;
    }
    ++result.count;
    result.lines += counted ? 0U : 1U;
    counted = true;
    at += needle.size();
  }
  return result;
}

RC_GTEST_PROP(CountNeedle, EqualsTheObviousLoop, ()) {
  const auto letter = rc::gen::element('a', 'a', 'b', '\n', '\0');
  const auto size = *rc::gen::inRange<std::size_t>(0, 700);
  const auto text = *rc::gen::container<std::string>(size, letter);
  auto needle = *rc::gen::nonEmpty(rc::gen::container<std::string>(rc::gen::element('a', 'a', 'b', '\0')));
  needle.resize(std::min<std::size_t>(needle.size(), 1 + size % 5));
  const NeedleCount found = count_needle(text, needle);
  const NeedleCount expected = count_slowly(text, needle);
  RC_ASSERT(found.count == expected.count);
  RC_ASSERT(found.lines == expected.lines);
  RC_ASSERT(count_newlines(text) == static_cast<std::uint64_t>(std::ranges::count(text, '\n')));
}

TEST(CountNeedle, KnowsTheEdges) {
  EXPECT_EQ(count_needle("", "a").count, 0U);
  EXPECT_EQ(count_needle("abc", "abcd").count, 0U);
  EXPECT_EQ(count_needle("abcd", "abcd").count, 1U);
  EXPECT_EQ(count_needle(std::string(1000, 'a'), "aaa").count, 333U);
  EXPECT_EQ(count_needle(std::string(1000, 'a'), "aaa").lines, 1U);
  EXPECT_EQ(count_needle("a\na\n\na", "a").lines, 3U);
}

TEST(CountNeedle, FindsEveryPositionAroundTheWindow) {
  for (std::size_t size = 1; size < 300; ++size) {
    for (std::size_t at = 0; at + 3 <= size; ++at) {
      std::string text(size, '.');
      text.replace(at, 3, "xyz");
      ASSERT_EQ(count_needle(text, "xyz").count, 1U) << size << ' ' << at;
    }
  }
}

TEST(NeedleDraw, IsAsFrequentAsAsked) {
  for (std::uint64_t every : {1U, 2U, 20U, 1000U}) {
    Prng prng(1, every);
    const Needle needle{"n", every};
    std::uint64_t drawn = 0;
    for (int i = 0; i < 1'000'000; ++i) drawn += needle.draw(prng) ? 1U : 0U;
    const double expected = 1e6 / static_cast<double>(every);
    EXPECT_NEAR(static_cast<double>(drawn), expected, every == 1 ? 0 : expected / 5);
  }
}

TEST(NeedleDraw, NeverComesWithoutNeedle) {
  Prng prng(1, 1);
  EXPECT_FALSE((Needle{"", 1}).draw(prng));
}

TEST(OverlayNeedles, KeepsAwayFromBothEnds) {
  const Needle needle{"NEEDLE", 1};
  for (std::size_t size = 0; size < 700; ++size) {
    std::string text(size, '.');
    Prng prng(1, size);
    overlay_needles(text.data(), size, needle, prng);
    const auto first = text.find('N');
    if (first == std::string::npos) continue;
    ASSERT_GE(first, needle.text.size());
    ASSERT_LE(text.rfind('E') + 1 + needle.text.size(), size);
    ASSERT_GT(count_needle(text, needle.text).count, 0U);
  }
}

}  // namespace
}  // namespace folio::generate
