// SPDX-License-Identifier: Apache-2.0
// What the parser makes of patterns, and what it says about bad ones.
#include "pattern/parser.h"

#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

#include "pattern/node.h"
#include "pattern/tree_text_for_test.h"

namespace folio::pattern {
namespace {

std::string parsed(std::string_view pattern, const ParseOptions& options = {}) {
  const auto tree = parse(pattern, options);
  return tree ? tree_text(*tree->root) : tree.error().message();
}

std::string reason(std::string_view pattern, const ParseOptions& options = {}) {
  const auto tree = parse(pattern, options);
  if (tree) return "it is valid: " + tree_text(*tree->root);
  constexpr std::string_view front = "the pattern is not valid at position ";
  const std::string message = tree.error().message();
  return message.starts_with(front) ? message.substr(front.size()) : message;
}

ParseOptions ignoring_case() {
  return {.letter_case = ParseOptions::Case::Insensitive};
}

ParseOptions by_line() {
  return {.terminator = std::byte{'\n'}};
}

TEST(Parser, ReadsLiteralsAndOperators) {
  EXPECT_EQ(parsed(""), "empty");
  EXPECT_EQ(parsed("a"), "a");
  EXPECT_EQ(parsed("ab]}"), "cat(a,b,],})");
  EXPECT_EQ(parsed("a|b|"), "alt(a,b,empty)");
  EXPECT_EQ(parsed("|"), "alt(empty,empty)");
  EXPECT_EQ(parsed("(a)(?:b)(?<n>c)"), "cat(group1(a),b,group2(c))");
  EXPECT_EQ(parsed("()"), "group1(empty)");
  EXPECT_EQ(parsed("\xC3\xA9"), "U+E9");
  EXPECT_EQ(parsed("^a$\\A\\z"), "cat(LineBegin,a,LineEnd,TextBegin,TextEnd)");
}

TEST(Parser, ReadsRepeats) {
  EXPECT_EQ(parsed("a*b+?c?"), "cat(a{0,},b{1,}?,c{0,1})");
  EXPECT_EQ(parsed("a{2}b{2,}c{2,3}?d{,4}e{ 5 }"), "cat(a{2,2},b{2,},c{2,3}?,d{0,4},e{5,5})");
  EXPECT_EQ(parsed("a**"), "a{0,}{0,}");
  EXPECT_EQ(parsed("(?U)a*b*?"), "cat(a{0,}?,b{0,})");
  EXPECT_EQ(parsed("^*"), "LineBegin{0,}");
  EXPECT_EQ(parsed("\\b{5}"), "WordBoundary{5,5}");
}

TEST(Parser, ReadsEscapes) {
  EXPECT_EQ(parsed(R"(\n\t\r\a\f\v)"), "cat(U+A,U+9,U+D,U+7,U+C,U+B)");
  EXPECT_EQ(parsed(R"(\x41\x{e9}\u00e9\u{1F600}\U0001F600\xFF)"), "cat(A,U+E9,U+E9,U+1F600,U+1F600,U+FF)");
  EXPECT_EQ(parsed(R"(\.\\\-\/\"\ )"), "cat(.,\\,-,/,\",U+20)");
  EXPECT_EQ(parsed(R"(\<\>\b\B)"), "cat(WordBegin,WordEnd,WordBoundary,NotWordBoundary)");
  EXPECT_EQ(parsed(R"(\b{start}\b{end}\b{start-half}\b{end-half})"),
            "cat(WordBegin,WordEnd,WordBeginHalf,WordEndHalf)");
  EXPECT_EQ(parsed(R"((?-u:\b\B\b{start-half}))"),
            "cat(AsciiWordBoundary,NotAsciiWordBoundary,AsciiWordBeginHalf)");
}

TEST(Parser, ReadsClasses) {
  EXPECT_EQ(parsed("[a-cx]"), "[a..c x]");
  EXPECT_EQ(parsed("[]a]"), "[] a]");
  EXPECT_EQ(parsed("[-a]"), "[- a]");
  EXPECT_EQ(parsed("[a-]"), "[- a]");
  EXPECT_EQ(parsed("[^\\x00-\\x{10FFFE}]"), "U+10FFFF");
  EXPECT_EQ(parsed("[a[bc]-]"), "[- a..c]");
  EXPECT_EQ(parsed("[a-z&&[^aeiou]]"), "[b..d f..h j..n p..t v..z]");
  EXPECT_EQ(parsed("[a-e--c]"), "[a..b d..e]");
  EXPECT_EQ(parsed("[a-c~~b-d]"), "[a d]");
  EXPECT_EQ(parsed("[&&a]"), "[]");
  EXPECT_EQ(parsed("[[:digit:]x]"), "[0..9 x]");
  EXPECT_EQ(parsed("[[:^ascii:]]"), "[U+80..U+D7FF U+E000..U+10FFFF]");
  EXPECT_EQ(parsed("[[:nonsense:]]"), "[: e n..o s]");
  EXPECT_EQ(parsed("(?-u)[\\d_]\\w\\s"), "cat([0..9 _],[0..9 A..Z _ a..z],[U+9..U+D U+20])");
  EXPECT_EQ(parsed("."), "[U+0..U+9 U+B..U+D7FF U+E000..U+10FFFF]");
  EXPECT_EQ(parsed("(?s)."), "[U+0..U+D7FF U+E000..U+10FFFF]");
  EXPECT_EQ(parsed("(?R)."), "[U+0..U+9 U+B..U+C U+E..U+D7FF U+E000..U+10FFFF]");
}

TEST(Parser, KnowsUnicodeByName) {
  const auto set_of = [](std::string_view pattern) {
    const auto tree = parse(pattern);
    return tree ? tree->root->codes : CodeSet{};
  };
  EXPECT_TRUE(contains(set_of("\\p{Greek}"), 0x3B1));
  EXPECT_FALSE(contains(set_of("\\P{Greek}"), 0x3B1));
  for (const char* name : {"\\p{Script=Greek}", "\\p{sc=Grek}", "\\p{sc:greek}", "\\p{ GREEK }",
                           "\\p{isGreek}", "\\P{sc!=Greek}"}) {
    EXPECT_EQ(set_of(name), set_of("\\p{Greek}")) << name;
  }
  EXPECT_EQ(set_of("\\pL"), set_of("\\p{Letter}"));
  EXPECT_EQ(set_of("\\p{Lu}"), set_of("\\p{gc=Uppercase_Letter}"));
  EXPECT_EQ(set_of("\\p{Any}"), set_of("(?s)."));
  EXPECT_EQ(set_of("\\d"), set_of("\\p{Nd}"));
  EXPECT_EQ(set_of("\\s"), set_of("\\p{White_Space}"));
  EXPECT_EQ(set_of("\\p{ASCII}"), (CodeSet{{0, 0x7F}}));
  EXPECT_TRUE(contains(set_of("\\w"), 0xE9));
  EXPECT_TRUE(contains(set_of("\\p{Alphabetic}"), 0x2160));
  EXPECT_TRUE(contains(set_of("\\p{Uppercase}"), 'A'));
  EXPECT_FALSE(contains(set_of("\\p{Lowercase}"), 'A'));
}

TEST(Parser, FoldsCase) {
  EXPECT_EQ(parsed("k", ignoring_case()), "[K k U+212A]");
  EXPECT_EQ(parsed("S", ignoring_case()), "[S s U+17F]");
  EXPECT_EQ(parsed("(?i)\xC3\xA9(?-i)k"), "cat([U+C9 U+E9],k)");
  EXPECT_EQ(parsed("(?i-u)k"), "[K k]");
  EXPECT_EQ(parsed("(?i)[^k]&", by_line()).substr(0, 18), "cat([U+0..U+9 U+B.");
  EXPECT_EQ(parsed("(?i)\\p{Lu}").substr(0, 11), "[A..Z a..z ");
  EXPECT_EQ(parsed("(?i)[[:lower:]]"), "[A..Z a..z U+17F U+212A]");
  EXPECT_EQ(parsed("a(?i)b|c"), "alt(cat(a,[B b]),[C c])");
  EXPECT_EQ(parsed("((?i)a)b"), "cat(group1([A a]),b)");
}

TEST(Parser, MatchesBytesWithoutUnicode) {
  EXPECT_EQ(parsed("(?-u)\\xFF"), "bytes[U+FF]");
  EXPECT_EQ(parsed("(?-u)\\x41\xC3\xA9"), "cat(A,U+E9)");
  EXPECT_EQ(parsed("(?-u)[^a]"), "bytes[U+0..` b..U+FF]");
  EXPECT_EQ(parsed("(?-u)[\\x80-\\xFF]"), "bytes[U+80..U+FF]");
  EXPECT_EQ(parsed("(?-u)."), "bytes[U+0..U+9 U+B..U+FF]");
  EXPECT_EQ(parsed("(?-u:\\D)\\xFF"), "cat(bytes[U+0../ :..U+FF],U+FF)");
  EXPECT_EQ(parsed(".", {.characters = ParseOptions::Characters::Ascii}), "bytes[U+0..U+9 U+B..U+FF]");
}

TEST(Parser, IgnoresSpaceWhenAsked) {
  EXPECT_EQ(parsed("(?x) a b # comment\n c + [ d \\  ] \\#"), "cat(a,b,c{1,},[U+20 d],#)");
  EXPECT_EQ(parsed("(?x: a )b "), "cat(a,b,U+20)");
}

TEST(Parser, TakesAnchorsByFlag) {
  EXPECT_EQ(parsed("(?-m)^$"), "cat(TextBegin,TextEnd)");
  EXPECT_EQ(parsed("(?R)^$"), "cat(CrlfLineBegin,CrlfLineEnd)");
  EXPECT_EQ(parsed("^", {.anchors = ParseOptions::Anchors::Text}), "TextBegin");
}

TEST(Parser, KeepsTheTerminatorOut) {
  EXPECT_EQ(parsed("\\s", by_line()).substr(0, 16), "[U+9 U+B..U+D U+");
  EXPECT_EQ(parsed("(?-u)[^a]", by_line()), "bytes[U+0..U+9 U+B..` b..U+FF]");
  EXPECT_EQ(parsed("(?s).", {.terminator = std::byte{0}}), "[U+1..U+D7FF U+E000..U+10FFFF]");
  const std::string line_end =
      "the pattern holds a line end, and the search goes line by line; -U searches across lines";
  EXPECT_EQ(reason("a\\nb", by_line()), "2: " + line_end);
  EXPECT_EQ(reason("a[\\n]b", by_line()), "2: " + line_end);
  EXPECT_EQ(reason("a\nb", by_line()), "2: " + line_end);
  EXPECT_EQ(parsed("a\nb"), "cat(a,U+A,b)");
  EXPECT_EQ(parsed("[&&a]", by_line()), "[]");
  EXPECT_EQ(parsed("(?-u)\\s", {.line_ends = ParseOptions::LineEnds::CrLf, .terminator = std::byte{'\n'}}),
            "[U+9 U+B..U+C U+20]");
}

TEST(Parser, SaysWhereAndWhy) {
  EXPECT_EQ(parsed("abc(d"), "the pattern is not valid at position 4: a group is opened and never closed");
  EXPECT_EQ(reason("a)"), "2: a group is closed that was never opened");
  EXPECT_EQ(reason("\xC3\xA9*[b"), "3: a class is opened and never closed by a ]");
  EXPECT_EQ(reason("[a-"), "1: a class is opened and never closed by a ]");
  EXPECT_EQ(reason("*a"), "1: there is nothing to repeat");
  EXPECT_EQ(reason("a|{2}"), "3: there is nothing to repeat");
  EXPECT_EQ(reason("(?i)*"), "5: there is nothing to repeat");
  EXPECT_EQ(reason("a{3,2}"), "2: the repeat's limits are in the wrong order");
  EXPECT_EQ(reason("a{2"), "2: a repeat is opened and never closed by a }");
  EXPECT_EQ(reason("a{b}"), "2: the repeat names no number; \\{ is a brace");
  EXPECT_EQ(reason("a{,}"), "2: the repeat names no number; \\{ is a brace");
  EXPECT_EQ(reason("a{99999999999}"), "3: more than 10000 repeats are too many");
  EXPECT_EQ(reason("[z-a]"), "2: the range ends before it begins");
  EXPECT_EQ(reason("[a-\\d]"), "2: a range goes from one character to another, not to a class");
  EXPECT_EQ(reason("[\\b]"), "2: this escape has no meaning inside a class");
  EXPECT_EQ(reason("a\\"), "2: a backslash ends the pattern; \\\\ is a backslash");
  EXPECT_EQ(reason("\\p{Klingon}"), "1: there is no class of Unicode named 'Klingon'");
  EXPECT_EQ(reason("(?P<a>x)(?P<a>y)"), "9: two groups are named 'a'");
  EXPECT_EQ(reason("(?P<1>x)"),
            "5: a group's name begins with a letter or _, and goes on with letters, digits, _ . [ ]");
  EXPECT_EQ(reason("(?iz)"), "4: there is no such flag; flags are i m s x u U R");
  EXPECT_EQ(reason("\\xZZ"), "3: this is not a hexadecimal digit");
  EXPECT_EQ(reason("\\x{D800}"), "1: there is no character of that number");
  EXPECT_EQ(reason("\\q"), "1: there is no such escape");
  EXPECT_EQ(reason("a\xFF"), "2: it is not valid UTF-8; a byte is written as (?-u:\\xFF)");
  EXPECT_EQ(reason("(?-u)\\pL"), "6: classes of Unicode are not allowed after (?-u)");
}

TEST(Parser, PointsToPerl) {
  for (const char* pattern : {"(?=a)", "(?!a)", "(?<=a)", "(?<!a)", "(?>a)", "(a)\\1", "\\K"}) {
    EXPECT_THAT(reason(pattern), testing::HasSubstr("-P")) << pattern;
  }
  EXPECT_EQ(reason("\\0"), "1: there are no octal numbers; a zero byte is \\x00");
}

TEST(Parser, LimitsSizeAndDepth) {
  EXPECT_THAT(reason("((a{1000}){1000}){1000}"), testing::HasSubstr("too large"));
  EXPECT_THAT(reason(std::string(251, '(') + std::string(251, ')')), testing::HasSubstr("250 deep"));
  EXPECT_THAT(reason(std::string(100000, '[')), testing::HasSubstr("250 deep"));
  EXPECT_THAT(reason(std::string("a") + std::string(100000, '*')), testing::HasSubstr("250 repeats"));
  EXPECT_TRUE(parse(std::string(250, '(') + std::string(250, ')')));
  std::string many;
  for (int i = 0; i < 1000; ++i) many += "(?:a+)?";
  EXPECT_TRUE(parse(many));
}

RC_GTEST_PROP(Parser, TakesAnyTextWithoutHarm, ()) {
  const auto pieces = *rc::gen::container<std::vector<std::string>>(rc::gen::element<std::string>(
      "(", ")", "[", "]", "^", "-", "a", "\\", "p{", "}", "{2,", "3}", "*", "?", "|", "&&", "(?i", ":",
      "\xC3", "\xA9", "[:alpha:]", "x", "<n>", "P<", "\\b{", "start", "u", "F", "\n"));
  std::string pattern;
  for (const std::string& piece : pieces) pattern += piece;
  const auto tree = parse(pattern, by_line());
  const bool has_answer = tree.has_value() || !tree.error().message().empty();
  RC_ASSERT(has_answer);
}

}  // namespace
}  // namespace folio::pattern
