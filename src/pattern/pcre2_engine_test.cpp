// SPDX-License-Identifier: Apache-2.0
// What PCRE2 adds, its limits, and its agreement with the Pike machine where both know the pattern.
#include "pattern/pcre2_engine.h"

#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

#include "pattern/generated_for_test.h"
#include "pattern/parser.h"
#include "pattern/pike.h"

namespace folio::pattern {
namespace {

std::unique_ptr<Engine> engine_of(std::string_view pattern, const PerlOptions& options = {}) {
  const auto factory = make_perl_engine_factory(pattern, options);
  EXPECT_TRUE(factory.has_value()) << pattern;
  return (*factory)->make();
}

TEST(PerlEngine, KnowsLookAroundAndBackReferences) {
  EXPECT_EQ(engine_of("(?<=a)b")->find(to_bytes("bab"), 0), (Span{2, 3}));
  EXPECT_EQ(engine_of("(?<=a)b")->find(to_bytes("ab"), 1), (Span{1, 2}));
  EXPECT_TRUE(engine_of("(.)\\1")->is_match(to_bytes("abb")));
  EXPECT_FALSE(engine_of("(.)\\1")->is_match(to_bytes("ab")));
}

TEST(PerlEngine, ObeysOptions) {
  EXPECT_TRUE(
      engine_of("\xC3\xA9", {.letter_case = PerlOptions::Case::Insensitive})->is_match(to_bytes("\xC3\x89")));
  EXPECT_TRUE(engine_of("\\w")->is_match(to_bytes("\xC3\xA9")));
  EXPECT_FALSE(
      engine_of("\\w", {.characters = PerlOptions::Characters::Bytes})->is_match(to_bytes("\xC3\xA9")));
  EXPECT_EQ(engine_of("^b$")->find(to_bytes("a\nb"), 0), (Span{2, 3}));
  EXPECT_FALSE(engine_of("^b", {.anchors = PerlOptions::Anchors::Text})->is_match(to_bytes("a\nb")));
  EXPECT_FALSE(engine_of("a.b")->is_match(to_bytes("a\nb")));
  EXPECT_TRUE(engine_of("a.b", {.dot = PerlOptions::Dot::Any})->is_match(to_bytes("a\nb")));
  EXPECT_FALSE(engine_of("a|b", {.whole = PerlOptions::Whole::Word})->is_match(to_bytes("ab")));
  EXPECT_FALSE(engine_of("a|b", {.whole = PerlOptions::Whole::Line})->is_match(to_bytes("ax")));
}

TEST(PerlEngine, SearchesTextsThatAreNotUtf8) {
  EXPECT_EQ(engine_of("a.")->find(to_bytes("\xFF"
                                           "a\xFF"
                                           "ab"),
                                  0),
            (Span{3, 5}));
  EXPECT_EQ(engine_of("")->find(to_bytes("\xC3\xA9"), 2), (Span{2, 2}));
  EXPECT_EQ(engine_of("$")->find({}, 0), (Span{0, 0}));
}

TEST(PerlEngine, FillsAndNamesGroups) {
  const auto factory = make_perl_engine_factory("(?<x>a)|(b)", {});
  ASSERT_TRUE(factory);
  EXPECT_EQ((*factory)->capture_names(), (std::vector<std::string>{"x", ""}));
  EXPECT_THAT((*factory)->describe(), testing::StartsWith("PCRE2"));
  std::vector<Span> groups(4);
  ASSERT_TRUE((*factory)->make()->captures(to_bytes("xb"), 0, groups));
  EXPECT_EQ(groups, (std::vector<Span>{{1, 2}, {}, {1, 2}, {}}));
}

TEST(PerlEngine, SaysWhereAPatternIsWrong) {
  const auto factory = make_perl_engine_factory("\xC3\xA9(a", {});
  ASSERT_FALSE(factory);
  EXPECT_EQ(factory.error().code, Errc::InvalidArgument);
  EXPECT_EQ(factory.error().message(), "the pattern is not valid at position 4: missing closing parenthesis");
}

TEST(PerlEngine, GivesRunawayPatternsUp) {
  const auto engine = engine_of("(?:a+)+$", {.match_limit = 10'000});
  const std::string text = std::string(40, 'a') + 'b';
  EXPECT_FALSE(engine->take_failure());
  EXPECT_FALSE(engine->is_match(to_bytes(text)));
  const auto failure = engine->take_failure();
  ASSERT_TRUE(failure);
  EXPECT_FALSE(engine->take_failure());
  EXPECT_THAT(failure->message(), testing::StartsWith("the pattern needs more than 10000 steps on one line"));
  EXPECT_TRUE(engine->is_match(to_bytes("aa")));
}

// Words are left out: beside bytes that are not UTF-8 PCRE2 sees ends of the text.
RC_GTEST_PROP(PerlEngine, AgreesWithPike, ()) {
  const std::string pattern = any_pattern(Ingredients::Plain);
  const std::string text = any_ascii_text() + "\xC3\xA9 a\xE2\x84\xAA";
  RC_PRE(pattern.find("&&") == std::string::npos);
  RC_LOG() << "pattern " << pattern << '\n';
  const auto tree = parse(pattern);
  const auto pike = make_pike_engine_factory(*tree)->make();
  const auto engine = engine_of(pattern);
  const auto expected = pike->find(to_bytes(text), 0);
  RC_ASSERT(engine->find(to_bytes(text), 0) == expected);
}

}  // namespace
}  // namespace folio::pattern
