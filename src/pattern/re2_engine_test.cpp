// SPDX-License-Identifier: Apache-2.0
// RE2, and what stands in for it, against the Pike machine.
#include "pattern/re2_engine.h"

#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

#include "pattern/generated_for_test.h"
#include "pattern/parser.h"
#include "pattern/pike.h"
#include "pattern/re2_text.h"
#include "pattern/tree_build.h"

namespace folio::pattern {
namespace {

Tree tree_of(std::string_view pattern, const ParseOptions& options = {}) {
  auto tree = parse(pattern, options);
  EXPECT_TRUE(tree.has_value()) << pattern;
  return tree ? *std::move(tree) : Tree{};
}

std::string described(const Tree& tree) {
  const auto factory = make_regex_engine_factory(tree);
  return factory ? (*factory)->describe() : factory.error().message();
}

constexpr const char* kMixed = "RE2, and a Pike machine where a line is not ASCII";
constexpr const char* kCandidates = "RE2 for candidates, and a Pike machine";

TEST(RegexEngine, SaysWhoDecides) {
  EXPECT_EQ(described(tree_of("a(b|c)*$")), "RE2");
  EXPECT_EQ(described(tree_of("\\bab")), kMixed);
  EXPECT_EQ(described(tree_of("(?-u:\\b)ab")), "RE2");
  EXPECT_EQ(described(wrap_word(tree_of("foo"))), kMixed);
  EXPECT_EQ(described(wrap_word(tree_of("-foo-"))), kMixed);
  EXPECT_EQ(described(wrap_word(tree_of("(?i)s|k"))), kMixed);
  EXPECT_EQ(described(wrap_word(tree_of(".*"))), kCandidates);
  EXPECT_EQ(described(wrap_word(tree_of("foo"), WordKind::Ascii)), "RE2");
  EXPECT_EQ(described(tree_of("(?R)a$")), kCandidates);
  EXPECT_EQ(described(tree_of("(?:a{100}){100}")), "Pike machine");
  EXPECT_EQ(described(tree_of("a{5000}")), "RE2");
}

TEST(RegexEngine, RefusesWhatIsTooLarge) {
  EXPECT_THAT(described(tree_of("\\w{1000}")), testing::HasSubstr("too large"));
  const auto factory = make_regex_engine_factory(tree_of("[a-z]{900}"), {.max_memory = 10'000});
  ASSERT_FALSE(factory);
  EXPECT_EQ(factory.error().code, Errc::InvalidArgument);
}

TEST(RegexEngine, PrintsPatterns) {
  const auto exact = [](const Tree& tree) { return re2_text(tree, WordAssertions::Exact).value_or("none"); };
  EXPECT_EQ(exact(tree_of("a|.")), "(?:a|[\\x{0}-\\x{9}\\x{B}-\\x{D7FF}\\x{E000}-\\x{10FFFF}])");
  EXPECT_EQ(exact(tree_of("(^a{2,3}?$)")), "((?:(?m:^)(?:(?:a){2,3}?)(?m:$)))");
  EXPECT_EQ(exact(tree_of("[&&a]")), "[^\\x{0}-\\x{10FFFF}]");
  EXPECT_EQ(exact(tree_of("(?-u)\\xFF\xC3\xA9")), "(?:(?m:^)|)(?:\\x{FF}(?:[\\x{C3}][\\x{A9}]))");
  EXPECT_EQ(exact(tree_of("a{2500,}")), "(?:(?:a){1000}(?:a){1000}(?:a){500,})");
  EXPECT_EQ(exact(wrap_word(tree_of("a-?"))), "none");
  EXPECT_EQ(exact(wrap_word(tree_of("-a"))), "(?:\\B(?:\\x{2D}a)\\b)");
}

TEST(RegexEngine, KnowsWordsOnAllTexts) {
  const auto factory = make_regex_engine_factory(wrap_word(tree_of("b|bc")));
  ASSERT_TRUE(factory);
  const auto engine = (*factory)->make();
  EXPECT_EQ(engine->find(to_bytes("ab bc"), 0), (Span{3, 5}));
  EXPECT_EQ(engine->find(to_bytes("\xC3\xA9"
                                  "b bc"),
                         0),
            (Span{4, 6}));
  EXPECT_FALSE(
      engine->is_match(to_bytes("\xC3\xA9"
                                "b")));
  EXPECT_TRUE(
      engine->is_match(to_bytes("\xE2\x82\xAC"
                                "b")));
}

TEST(RegexEngine, FindsBytesAtTheFront) {
  for (const char* pattern : {"(?-u:\\xC3)b", "(?-u:\\xC3)|(?-u:\\xC3)b", "(?-u:\\A\\xC3b)"}) {
    EXPECT_TRUE((*make_regex_engine_factory(tree_of(pattern)))
                    ->make()
                    ->is_match(to_bytes("\xC3"
                                        "b")));
  }
}

TEST(RegexEngine, NamesGroups) {
  const auto factory = make_regex_engine_factory(tree_of("(?<a>x)(y)"));
  ASSERT_TRUE(factory);
  EXPECT_EQ((*factory)->capture_names(), (std::vector<std::string>{"a", ""}));
}

TEST(RegexEngine, WrapsAndJoinsTrees) {
  std::vector<Tree> trees;
  trees.push_back(tree_of("(?<n>a)"));
  trees.push_back(tree_of("x(?<n>b)(c)"));
  trees.push_back(literal_tree("a.\xFF", Folding::Unicode));
  const Tree joined = wrap_line(alternation(std::move(trees)));
  EXPECT_EQ(joined.capture_count, 3U);
  EXPECT_EQ(joined.capture_names, (std::vector<std::string>{"n", "", ""}));
  const auto factory = make_regex_engine_factory(joined);
  ASSERT_TRUE(factory);
  const auto engine = (*factory)->make();
  std::vector<Span> groups(4);
  ASSERT_TRUE(engine->captures(to_bytes("ab\nxbc"), 0, groups));
  EXPECT_EQ(groups, (std::vector<Span>{{3, 6}, {}, {4, 5}, {5, 6}}));
  EXPECT_TRUE(engine->is_match(to_bytes("A.\xFF")));
  EXPECT_FALSE(engine->is_match(to_bytes("Ab\xFF")));
  EXPECT_FALSE((*make_regex_engine_factory(alternation({})))->make()->is_match(to_bytes("a")));
}

void expect_like_pike(const Tree& tree, const std::string& text) {
  const auto factory = make_regex_engine_factory(tree);
  RC_ASSERT(factory.has_value());
  const auto engine = (*factory)->make();
  const auto pike = make_pike_engine_factory(tree)->make();
  RC_LOG() << "as " << re2_text(tree, WordAssertions::Exact).value_or("none") << '\n';
  for (std::size_t from = 0; from <= text.size(); ++from) {
    RC_LOG() << "from " << from << '\n';
    std::vector<Span> expected(tree.capture_count + 1);
    std::vector<Span> groups(tree.capture_count + 1);
    const bool matched = pike->captures(to_bytes(text), from, expected);
    RC_ASSERT(engine->captures(to_bytes(text), from, groups) == matched);
    if (matched) RC_ASSERT(groups == expected);
    const auto match = engine->find(to_bytes(text), from);
    RC_ASSERT(match.has_value() == matched);
    if (matched) RC_ASSERT(*match == expected[0]);
    if (from == 0) RC_ASSERT(engine->is_match(to_bytes(text)) == matched);
  }
}

void expect_like_pike(Ingredients ingredients, const std::string& text) {
  const std::string pattern = any_pattern(ingredients);
  RC_LOG() << "pattern " << pattern << '\n';
  auto tree = parse(pattern);
  RC_ASSERT(tree.has_value());
  expect_like_pike(*tree, text);
  expect_like_pike(wrap_word(*std::move(tree)), text);
}

RC_GTEST_PROP(RegexEngine, AgreesWithPike, ()) {
  expect_like_pike(Ingredients::Plain, any_text());
}

RC_GTEST_PROP(RegexEngine, AgreesWithPikeOnBoundaries, ()) {
  expect_like_pike(Ingredients::WithBoundaries, any_text());
}

RC_GTEST_PROP(RegexEngine, AgreesWithPikeOnAscii, ()) {
  expect_like_pike(Ingredients::WithBoundaries, any_ascii_text());
}

RC_GTEST_PROP(RegexEngine, AgreesWithPikeOnBytes, ()) {
  expect_like_pike(Ingredients::WithBytes, any_text());
}

}  // namespace
}  // namespace folio::pattern
