// SPDX-License-Identifier: Apache-2.0
#include "walk/glob.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

#include "walk/rule_list.h"

namespace folio::walk_detail {
namespace {

constexpr auto kIgnore = GlobDialect::IgnoreFile;
constexpr auto kCommand = GlobDialect::CommandLine;

bool matches(std::string_view pattern, std::string_view text, GlobDialect dialect = kIgnore,
             NameCase name_case = NameCase::Sensitive) {
  const auto globs = Glob::compile(pattern, dialect, name_case);
  if (!globs) throw std::runtime_error(globs.error().message());
  return std::ranges::any_of(*globs, [&](const Glob& glob) { return glob.matches(text); });
}

std::string why_bad(std::string_view pattern, GlobDialect dialect = kCommand) {
  const auto globs = Glob::compile(pattern, dialect, NameCase::Sensitive);
  return globs ? "good" : globs.error().message();
}

TEST(Glob, WildcardsStayInOneComponent) {
  EXPECT_TRUE(matches("a", "a"));
  EXPECT_FALSE(matches("a", "ab"));
  EXPECT_TRUE(matches("*.c", "x.c"));
  EXPECT_TRUE(matches("*.c", ".c"));
  EXPECT_FALSE(matches("*.c", "d/x.c"));
  EXPECT_TRUE(matches("a*", "a"));
  EXPECT_FALSE(matches("a*", "a/b"));
  EXPECT_TRUE(matches("a?c", "abc"));
  EXPECT_FALSE(matches("a?c", "a/c"));
  EXPECT_FALSE(matches("a[!b]c", "a/c"));
  EXPECT_FALSE(matches("a[.-0]c", "a/c"));
  EXPECT_TRUE(matches("a*b*c", "aXbbXcXc"));
}

TEST(Glob, DoubleStarsBetweenSlashesAreDirectories) {
  EXPECT_TRUE(matches("**/a", "a"));
  EXPECT_TRUE(matches("**/a", "x/y/a"));
  EXPECT_FALSE(matches("**/a", "xa"));
  EXPECT_TRUE(matches("a/**/b", "a/b"));
  EXPECT_TRUE(matches("a/**/b", "a/x/y/b"));
  EXPECT_TRUE(matches("a/**", "a/x/y"));
  EXPECT_FALSE(matches("a/**", "a"));
  EXPECT_TRUE(matches("***/a", "x/y/a"));
  EXPECT_FALSE(matches("a**", "a/b"));
  EXPECT_FALSE(matches("a/**b", "a/x/b"));
  EXPECT_TRUE(matches("**/a/*/b", "a/a/x/b"));
  EXPECT_TRUE(matches("**/a/**/b/*c", "x/a/b/a/y/b/zc"));
}

TEST(Glob, Classes) {
  EXPECT_TRUE(matches("[]a]", "]"));
  EXPECT_TRUE(matches("[!]a]", "b"));
  EXPECT_TRUE(matches("[a-]", "-"));
  EXPECT_TRUE(matches("[\\]]", "]"));
  EXPECT_TRUE(matches("[[:digit:]x]", "7"));
  EXPECT_FALSE(matches("[[:digit:]x]", "y"));
  EXPECT_TRUE(matches("[[:x]", ":"));
  EXPECT_TRUE(matches("[b-a]", "b"));
  EXPECT_FALSE(matches("[b-a]", "a"));
}

TEST(Glob, CaseFoldsWhereAsked) {
  EXPECT_FALSE(matches("readme*", "README.md"));
  EXPECT_TRUE(matches("readme*", "README.md", kIgnore, NameCase::Insensitive));
  EXPECT_TRUE(matches("*.C", "x.c", kIgnore, NameCase::Insensitive));
  EXPECT_TRUE(matches("[a-c]X", "Bx", kIgnore, NameCase::Insensitive));
  EXPECT_FALSE(matches("[!a]", "A", kIgnore, NameCase::Insensitive));
}

TEST(Glob, BracesAreAlternativesOnTheCommandLineOnly) {
  EXPECT_TRUE(matches("{a,b}", "{a,b}"));
  EXPECT_FALSE(matches("{a,b}", "a"));
  EXPECT_TRUE(matches("*.{c,h}", "x.h", kCommand));
  EXPECT_TRUE(matches("{a,b{c,d}}{,x}", "bdx", kCommand));
  EXPECT_TRUE(matches("{a,b{c,d}}{,x}", "a", kCommand));
  EXPECT_FALSE(matches("{a,b{c,d}}{,x}", "b", kCommand));
  EXPECT_TRUE(matches("[{]a,b}", "{a,b}", kCommand));
  EXPECT_TRUE(matches("\\{a}", "{a}", kCommand));
  EXPECT_TRUE(matches("{[,],b}", ",", kCommand));
}

TEST(Glob, SaysWhatIsWrong) {
  EXPECT_EQ(why_bad("[a"), "the glob '[a' has a '[' without ']'; write \\[ for the character");
  EXPECT_EQ(why_bad("{a"), "the glob '{a' has a '{' without '}'; write [{] for the character");
  EXPECT_EQ(why_bad("a\\"), "the glob 'a\\' ends in a lone '\\'");
  EXPECT_EQ(why_bad("[z-a]"), "the glob '[z-a]' has a range that runs backwards");
  EXPECT_EQ(why_bad("[[:nope:]]"), "the glob '[[:nope:]]' names an unknown class");
  std::string many;
  for (int group = 0; group < 30; ++group) many += "{a,b}";
  EXPECT_EQ(why_bad(many), "the glob '" + many + "' has too many alternatives");
}

TEST(Glob, NeverTakesExponentialTime) {
  std::string pattern;
  for (int star = 0; star < 30; ++star) pattern += "**/*a*";
  EXPECT_FALSE(matches(pattern + "b", std::string(2000, 'a')));
  std::string deep;
  for (int level = 0; level < 500; ++level) deep += "a/";
  EXPECT_FALSE(matches("**/a/**/a/**/a/**/a/**/b", deep + "a"));
}

rc::Gen<std::string> some_of(const std::string& bytes) {
  return rc::gen::container<std::string>(rc::gen::elementOf(bytes));
}

RC_GTEST_PROP(Glob, AgreesWithRecursion, ()) {
  const std::string pattern = *rc::gen::resize(12, some_of("***//ab?[]!-\\"));
  const std::string text = *rc::gen::resize(10, some_of("aab/"));
  const auto globs = Glob::compile(pattern, kIgnore, NameCase::Sensitive);
  if (!globs) return;
  RC_ASSERT((*globs)[0].matches(text) == (*globs)[0].matches_naively(text));
}

// A list long enough to be indexed must decide as the rules one by one.
RC_GTEST_PROP(RuleList, LastMatchDecides, ()) {
  struct One {
    Glob glob;
    AppliesTo applies_to;
    Verdict verdict;
  };
  std::vector<One> all;
  RuleList list;
  const std::size_t count = *rc::gen::inRange<std::size_t>(0, 40);
  while (all.size() < count) {
    const std::string pattern = *rc::gen::resize(6, some_of("**/aAb.."));
    const auto name_case = *rc::gen::element(NameCase::Sensitive, NameCase::Insensitive);
    Glob glob = Glob::compile(pattern, kIgnore, name_case)->front();
    if (!pattern.contains('/')) glob.float_if_simple();
    all.push_back({glob, *rc::gen::element(AppliesTo::Everything, AppliesTo::Directories),
                   *rc::gen::element(Verdict::Ignore, Verdict::Include)});
    list.add(glob, all.back().applies_to, all.back().verdict);
  }
  list.finish();
  const std::string path = *rc::gen::resize(8, some_of("aAb./"));
  const std::string name = path.substr(path.rfind('/') + 1);
  const auto type = *rc::gen::element(EntryType::File, EntryType::Directory);
  Verdict expected = Verdict::None;
  for (const One& one : all) {
    if (one.applies_to == AppliesTo::Directories && type == EntryType::File) continue;
    if (one.glob.matches_naively(one.glob.is_any_depth() ? name : path)) expected = one.verdict;
  }
  RC_ASSERT(list.decide({.path = path, .name = name, .type = type}) == expected);
}

}  // namespace
}  // namespace folio::walk_detail
