// SPDX-License-Identifier: Apache-2.0
// The Pike machine against backtracking, and by example.
#include "pattern/pike.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "pattern/backtracker_for_test.h"
#include "pattern/generated_for_test.h"
#include "pattern/parser.h"

namespace folio::pattern {
namespace {

using namespace std::string_view_literals;

Tree tree_of(std::string_view pattern) {
  auto tree = parse(pattern);
  EXPECT_TRUE(tree.has_value()) << pattern;
  return tree ? *std::move(tree) : Tree{};
}

std::string first_match(std::string_view pattern, std::string_view text, std::size_t from = 0) {
  const auto engine = make_pike_engine_factory(tree_of(pattern))->make();
  const auto match = engine->find(to_bytes(text), from);
  if (!match) return "no match";
  return std::to_string(match->begin) + ".." + std::to_string(match->end);
}

TEST(Pike, PrefersTheFirstAlternative) {
  EXPECT_EQ(first_match("a|ab", "xab"), "1..2");
  EXPECT_EQ(first_match("ab|a", "xab"), "1..3");
  EXPECT_EQ(first_match("a*?", "aa"), "0..0");
  EXPECT_EQ(first_match("a+?b*", "aabb"), "0..1");
  EXPECT_EQ(first_match("(?:|a)*", "aa"), "0..0");
  EXPECT_EQ(first_match("(?:|a)+", "aa"), "0..0");
  EXPECT_EQ(first_match("a*", "baa"), "0..0");
  EXPECT_EQ(first_match("a*", "baa", 1), "1..3");
}

TEST(Pike, SeesWhatIsBeforeTheStart) {
  EXPECT_EQ(first_match("^a", "aa", 1), "no match");
  EXPECT_EQ(first_match("\\ba", "aa a", 1), "3..4");
  EXPECT_EQ(first_match("^a", "b\na", 1), "2..3");
}

TEST(Pike, KnowsWordsOfUnicode) {
  EXPECT_EQ(first_match("\\bb",
                        "\xC3\xA9"
                        "b b"),
            "4..5");
  EXPECT_EQ(first_match("(?-u:\\b)b",
                        "\xC3\xA9"
                        "b b"),
            "2..3");
  EXPECT_EQ(first_match("\\bb",
                        "\xFF"
                        "b"),
            "1..2");
  EXPECT_EQ(first_match("\\b{start-half}b",
                        "\xFF"
                        "b"),
            "no match");
  EXPECT_EQ(first_match("\\B", "\xE2\x82\xAC"), "0..0");
  EXPECT_EQ(first_match("\\B", "\xE2\x82\xAC", 1), "3..3");
}

TEST(Pike, NeverTakesInvalidBytesForCharacters) {
  EXPECT_EQ(first_match(".", "\xFF\xC3\xED\xA0\x80"), "no match");
  EXPECT_EQ(first_match("(?-u:.)", "\xFF"), "0..1");
  EXPECT_EQ(first_match("[^a]", "\xC3\xA9"), "0..2");
  EXPECT_EQ(first_match(".",
                        "\xA9"
                        "a"),
            "1..2");
  EXPECT_EQ(first_match("(?-u:\\xC3)\xC3\xA9", "\xC3\xC3\xA9"), "0..3");
}

TEST(Pike, FindsNothingForTheEmptyClass) {
  EXPECT_EQ(first_match("[&&a]", "a"), "no match");
  EXPECT_EQ(first_match("", ""), "0..0");
  EXPECT_EQ(first_match("$", "a"), "1..1");
}

TEST(Pike, FillsGroups) {
  const auto engine = make_pike_engine_factory(tree_of("(a)|(b)(c)?"))->make();
  std::vector<Span> groups(4);
  ASSERT_TRUE(engine->captures(to_bytes("xbc"), 0, groups));
  EXPECT_EQ(groups, (std::vector<Span>{{1, 3}, {}, {1, 2}, {2, 3}}));
  std::vector<Span> few(2);
  ASSERT_TRUE(engine->captures(to_bytes("ab"), 0, few));
  EXPECT_EQ(few, (std::vector<Span>{{0, 1}, {0, 1}}));
  EXPECT_FALSE(engine->captures(to_bytes("x"), 0, groups));
}

TEST(Pike, TakesLinearTime) {
  const std::string text(20'000, 'a');
  EXPECT_EQ(first_match("(?:a?){30}(?:a*)*b", text), "no match");
}

void expect_like_backtracking(Ingredients ingredients) {
  const std::string pattern = any_pattern(ingredients);
  const std::string text = any_text().substr(0, 12);
  const auto tree = parse(pattern);
  RC_ASSERT(tree.has_value());
  const auto engine = make_pike_engine_factory(*tree)->make();
  for (std::size_t from = 0; from <= text.size(); ++from) {
    const auto expected = Backtracker{*tree, to_bytes(text)}.captures(from);
    std::vector<Span> groups(tree->capture_count + 1);
    const bool matched = engine->captures(to_bytes(text), from, groups);
    RC_LOG() << "pattern " << pattern << "\nfrom " << from << '\n';
    RC_ASSERT(matched == expected.has_value());
    if (matched) RC_ASSERT(groups == *expected);
    const auto match = engine->find(to_bytes(text), from);
    RC_ASSERT(match.has_value() == matched);
    if (matched) RC_ASSERT(*match == groups[0]);
    if (from == 0) RC_ASSERT(engine->is_match(to_bytes(text)) == matched);
  }
}

RC_GTEST_PROP(Pike, AgreesWithBacktracking, ()) {
  expect_like_backtracking(Ingredients::Plain);
}

RC_GTEST_PROP(Pike, AgreesWithBacktrackingOnBoundaries, ()) {
  expect_like_backtracking(Ingredients::WithBoundaries);
}

RC_GTEST_PROP(Pike, AgreesWithBacktrackingOnBytes, ()) {
  expect_like_backtracking(Ingredients::WithBytes);
}

}  // namespace
}  // namespace folio::pattern
