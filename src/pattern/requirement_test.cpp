// SPDX-License-Identifier: Apache-2.0
// What is required of matches: known cases, and random trees of which random matches must meet the
// requirement.
#include "pattern/requirement.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <string_view>

#include "pattern/match_of_tree_for_test.h"
#include "pattern/multi_literal.h"
#include "pattern/node.h"
#include "pattern/parser.h"

namespace folio::pattern {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

Requirement of(std::string_view pattern, const ByteSample* sample = nullptr) {
  const auto tree = parse(pattern);
  EXPECT_TRUE(tree.has_value()) << pattern;
  return require(*tree->root, sample);
}

ByteSample sample_of(std::string_view text) {
  ByteSample sample;
  sample.histogram.add(to_bytes(text));
  sample.bytes.assign(to_bytes(text).begin(), to_bytes(text).end());
  return sample;
}

bool holds_literal(const Requirement& requirement, std::string_view text) {
  std::vector<ByteView> views;
  for (const std::string& literal : requirement.literals) views.push_back(to_bytes(literal));
  SearchState state;
  return MultiLiteralSearcher::make(views, requirement.folding).find(to_bytes(text), 0, state).has_value();
}

bool holds_window(const Requirement& requirement, std::string_view text) {
  const auto& window = requirement.window;
  for (std::size_t at = 0; at + window.size() <= text.size(); ++at) {
    std::size_t i = 0;
    while (i < window.size() && window[i][static_cast<unsigned char>(text[at + i])]) ++i;
    if (i == window.size()) return true;
  }
  return false;
}

bool is_met(const Requirement& requirement, std::string_view text) {
  const bool asks_for_literals = requirement.exact || !requirement.literals.empty();
  return (!asks_for_literals || holds_literal(requirement, text)) &&
         (requirement.window.empty() || holds_window(requirement, text));
}

TEST(RequiredLiterals, ArePlainWherePossible) {
  for (const std::string_view pattern : {"Sherlock", "(Sherlock)", "Sher(?:lo)ck", "Sher[l]o{1}ck"}) {
    const Requirement requirement = of(pattern);
    EXPECT_TRUE(requirement.exact) << pattern;
    EXPECT_THAT(requirement.literals, ElementsAre("Sherlock")) << pattern;
    EXPECT_EQ(requirement.folding, CaseFolding::None);
  }
  EXPECT_FALSE(of("Sherlock\\b").exact);
  EXPECT_THAT(of("\\bSherlock$").literals, ElementsAre("Sherlock"));
}

TEST(RequiredLiterals, KeepTheOrderOfAlternatives) {
  EXPECT_THAT(of("Samwise|Sam|Frodo").literals, ElementsAre("Samwise", "Sam", "Frodo"));
  EXPECT_THAT(of("Sam|Samwise|Sam").literals, ElementsAre("Sam", "Samwise"));
  EXPECT_THAT(of("colou?r").literals, ElementsAre("colour", "color"));
  EXPECT_THAT(of("colou??r").literals, ElementsAre("color", "colour"));
  EXPECT_THAT(of("(foo|ba[rz])q{1,2}").literals,
              ElementsAre("fooqq", "fooq", "barqq", "barq", "bazqq", "bazq"));
  EXPECT_TRUE(of("(foo|ba[rz])q{1,2}").exact);
  EXPECT_TRUE(of("a|").exact);
  EXPECT_THAT(of("a|").literals, ElementsAre("a", ""));
}

TEST(RequiredLiterals, AreTheBestPart) {
  EXPECT_THAT(of("\\w+\\s+Holmes\\s+\\w+").literals, ElementsAre("Holmes"));
  EXPECT_THAT(of("[0-9]+:Zyx.*foo").literals, ElementsAre(":Zyx"));
  EXPECT_THAT(of("(?:ab*c|d+e)Watson").literals, ElementsAre("Watson"));
  EXPECT_THAT(of("(?:ab*c|d+e)on").literals, UnorderedElementsAre("con", "deon"));
  EXPECT_THAT(of("x*(?:Holmes|Watson)+").literals, UnorderedElementsAre("Holmes", "Watson"));
  EXPECT_FALSE(of("x*(?:Holmes|Watson)+").exact);
  EXPECT_THAT(of("(?:Holmes)?.*").literals, IsEmpty());
  EXPECT_THAT(of("(?:Holmes|.*)").literals, IsEmpty());
  EXPECT_THAT(of("\\w+").literals, IsEmpty());
  EXPECT_THAT(of("[A-Z]+_SUSPEND").literals, ElementsAre("_SUSPEND"));
}

TEST(RequiredLiterals, OfNothingAreNone) {
  for (const std::string_view pattern : {"[a&&b]", "x[a&&b]", "x+[a&&b]y*"}) {
    const Requirement requirement = of(pattern);
    EXPECT_TRUE(requirement.exact) << pattern;
    EXPECT_THAT(requirement.literals, IsEmpty()) << pattern;
  }
  EXPECT_THAT(of("[a&&b]|foo").literals, ElementsAre("foo"));
}

TEST(RequiredLiterals, FoldAsciiLetters) {
  const Requirement plain = of("(?i)holme");
  EXPECT_TRUE(plain.exact);
  EXPECT_EQ(plain.folding, CaseFolding::Ascii);
  EXPECT_THAT(plain.literals, ElementsAre("holme"));
  // Case matters at some letters only: the spellings are written out.
  EXPECT_THAT(of("[Tt]he").literals, UnorderedElementsAre("the", "The"));
  EXPECT_EQ(of("[Tt]he").folding, CaseFolding::None);
}

TEST(RequiredLiterals, KnowTheVariantsOfKAndS) {
  const Requirement few = of("(?i)sherloc");
  EXPECT_TRUE(few.exact);
  EXPECT_THAT(few.literals, UnorderedElementsAre("sherloc", "\xC5\xBFherloc"));
  const Requirement many = of("(?i)sassafras masks kiss");
  EXPECT_FALSE(many.exact);
  EXPECT_EQ(many.folding, CaseFolding::Ascii);
  EXPECT_TRUE(is_met(many, "SASSAFRAS MASKS KISS"));
  EXPECT_TRUE(is_met(many,
                     "\xC5\xBF"
                     "a\xC5\xBF\xC5\xBF"
                     "afra\xC5\xBF ma\xC5\xBF\xE2\x84\xAA\xC5\xBF \xE2\x84\xAAi\xC5\xBF\xC5\xBF"));
}

TEST(RequiredLiterals, FollowTheSample) {
  std::string log;
  for (int i = 0; i < 400; ++i)
    log.append("Mozilla/5.0 (X11; Linux) line ").append(std::to_string(i)).append("\n");
  const ByteSample sample = sample_of(log);
  EXPECT_THAT(of("Mozilla.*teapot", &sample).literals, ElementsAre("teapot"));
}

TEST(RequiredLiterals, MayBeMany) {
  std::string pattern;
  for (int i = 0; i < 3000; ++i) pattern.append(i == 0 ? "w" : "|w").append(std::to_string(i * 7));
  const Requirement requirement = of(pattern);
  EXPECT_TRUE(requirement.exact);
  EXPECT_EQ(requirement.literals.size(), 3000U);
}

TEST(RequiredWindow, IsFoundWhereThereAreNoLiterals) {
  const Requirement date = of("[A-Z][a-z]+ [0-9]{4}");
  EXPECT_THAT(date.literals, IsEmpty());
  ASSERT_EQ(date.window.size(), 6U);
  EXPECT_TRUE(is_met(date, "March 1999"));
  EXPECT_FALSE(is_met(date, "March  999 9"));
  EXPECT_EQ(of("[A-Z]{30}").window.size(), simd::kWindowSizeMax);
  EXPECT_THAT(of("\\w*").window, IsEmpty());
  EXPECT_THAT(of(".*").window, IsEmpty());
  EXPECT_THAT(of("[^x]").window, IsEmpty());
  EXPECT_TRUE(is_met(of("(?:[0-9]{4}-[0-9]{2}|[A-Z]{3} [0-9]+)x?"), "MAR 7"));
}

// Random trees over few letters, so that parts coincide.
NodePtr random_tree(std::mt19937& random, unsigned depth) {
  const auto below = [&](unsigned end) { return static_cast<unsigned>(random() % end); };
  const auto parts = [&] {
    std::vector<NodePtr> all;
    for (unsigned count = 1 + below(4); count > 0; --count) all.push_back(random_tree(random, depth - 1));
    return all;
  };
  const auto leaf = [&]() -> NodePtr {
    static const std::vector<CodeSet> kSets = {{{'a', 'a'}},
                                               {{'b', 'b'}},
                                               {{'Z', 'Z'}},
                                               {{' ', ' '}},
                                               {{'A', 'A'}, {'a', 'a'}},
                                               {{'K', 'K'}, {'k', 'k'}, {0x212A, 0x212A}},
                                               {{'S', 'S'}, {'s', 's'}, {0x17F, 0x17F}},
                                               {{'0', '9'}},
                                               {{'a', 'z'}},
                                               {{'A', 'Z'}, {'a', 'z'}},
                                               {{0xE9, 0xE9}},
                                               {{'e', 'e'}, {0xE9, 0xEA}},
                                               {{0x80, 0x900}},
                                               {{0, 0xD7FF}, {0xE000, 0x10FFFF}},
                                               {},
                                               {{0x1F600, 0x1F610}}};
    if (below(12) == 0) return assertion_node(Assertion::WordBoundary);
    if (below(16) == 0) return bytes_node(std::bitset<256>{random()} << below(224));
    const unsigned set = below(static_cast<unsigned>(kSets.size()));
    // The empty class seldom, or hardly any tree matches anything.
    return class_node(kSets[kSets[set].empty() && below(8) != 0 ? 0 : set]);
  };
  if (depth == 0) return leaf();
  switch (below(6)) {
    case 0:
      return alternate_node(parts());
    case 1: {
      const unsigned least = below(3);
      const unsigned more = below(4);
      return repeat_node(random_tree(random, depth - 1), {least, more == 3 ? kUnlimited : least + more},
                         below(2) == 0 ? Node::Greed::Greedy : Node::Greed::Lazy);
    }
    case 2:
      return capture_node(random_tree(random, depth - 1), 1);
    default:
      return concat_node(parts());
  }
}

TEST(RequirementProperty, IsMetByEveryMatch) {
  std::mt19937 random{1};
  const ByteSample sample = sample_of("aab Zabs kisses 0123 ABC\n");
  unsigned literals = 0;
  unsigned windows = 0;
  for (unsigned round = 0; round < 6000; ++round) {
    const NodePtr tree = random_tree(random, 1 + round % 4);
    const Requirement requirement = require(*tree, round % 2 == 0 ? nullptr : &sample);
    literals += requirement.literals.empty() ? 0U : 1U;
    windows += requirement.window.empty() ? 0U : 1U;
    MatchMaker maker{round};
    for (int i = 0; i < 10; ++i) {
      const auto match = maker.match_of(*tree);
      if (!match) continue;
      ASSERT_TRUE(is_met(requirement, *match)) << "round " << round << ": " << *match;
      if (!requirement.exact) continue;
      const auto is_match = [&](const std::string& literal) {
        return std::ranges::equal(literal, *match, [&](char left, char right) {
          return with_folding(requirement.folding, [&](auto fold) {
            return fold(static_cast<std::byte>(left)) == fold(static_cast<std::byte>(right));
          });
        });
      };
      ASSERT_TRUE(std::ranges::any_of(requirement.literals, is_match)) << "round " << round << ": " << *match;
    }
  }
  // Otherwise the test shows nothing.
  EXPECT_GT(literals, 1000U);
  EXPECT_GT(windows, 500U);
}

}  // namespace
}  // namespace folio::pattern
