// SPDX-License-Identifier: Apache-2.0
// Compiled patterns, whatever finder and engine they chose, against the Pike machine asked record by record.
#include "pattern/matcher.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "pattern/compile.h"
#include "pattern/parser.h"
#include "pattern/pike.h"
#include "pattern/tree_build.h"

namespace folio::pattern {
namespace {

const std::vector<std::string> kPatterns{"needle",
                                         "foo|bar",
                                         "fo+",
                                         "[A-Z][a-z]+ [0-9]{2}",
                                         "\\w+",
                                         "^a",
                                         "e$",
                                         "^$",
                                         "",
                                         "x*",
                                         "\\bfoo\\b",
                                         "\\Boo",
                                         "(foo)(x)?",
                                         "(?i)kelvin",
                                         "[^a]",
                                         "\\s+",
                                         "a.c",
                                         "\\p{Lu}e",
                                         "foo|bar|baz|needle|xyz",
                                         ".*needle",
                                         "needle.*foo",
                                         "a?b?",
                                         "(a|b)*x",
                                         "\\d+\\.\\d+",
                                         "(?-u)\\xff",
                                         "\\x{e9}",
                                         "^foo.*bar$",
                                         "o{2,3}",
                                         "k",
                                         "[a-f]+[0-9]"};

const std::vector<std::string> kPieces{"needle",
                                       "foo",
                                       "bar",
                                       "Foo",
                                       "KELVIN",
                                       "\xe2\x84\xaa"
                                       "elvin",
                                       "x",
                                       "a",
                                       "b",
                                       "e",
                                       "12",
                                       "3.5",
                                       " ",
                                       "\n",
                                       "\n",
                                       "\n\n",
                                       "\r\n",
                                       "o",
                                       "oo",
                                       "\xff",
                                       "\xc3\xa9",
                                       "Ab 34",
                                       "ac",
                                       "abc",
                                       "\t",
                                       "baz",
                                       std::string(1, '\0'),
                                       "f9"};

struct Sample {
  std::string pattern;
  PatternOptions options;
  std::string records;
};

Sample make_sample(std::mt19937& random) {
  const auto pick = [&](const std::vector<std::string>& from) { return from[random() % from.size()]; };
  Sample sample{.pattern = pick(kPatterns), .options = {.syntax = PatternSyntax::Regex}, .records = {}};
  if (random() % 3 == 0) sample.options.letter_case = LetterCase::Ignore;
  if (random() % 4 == 0) sample.options.boundaries = Boundaries::Word;
  if (random() % 8 == 0) sample.options.boundaries = Boundaries::Record;
  if (random() % 6 == 0) sample.options.terminator = std::byte{0};
  if (random() % 6 == 0) sample.options.carriage_return = CarriageReturn::LineEnd;
  for (auto count = random() % 60; count > 0; --count) sample.records += pick(kPieces);
  return sample;
}

// Built from the parts, not by compile().
std::unique_ptr<Engine> oracle_of(const Sample& sample) {
  ParseOptions parse_options;
  if (sample.options.letter_case == LetterCase::Ignore)
    parse_options.letter_case = ParseOptions::Case::Insensitive;
  parse_options.terminator = sample.options.terminator;
  if (sample.options.carriage_return == CarriageReturn::LineEnd) {
    parse_options.line_ends = ParseOptions::LineEnds::CrLf;
  }
  auto tree = parse(sample.pattern, parse_options);
  if (!tree) return nullptr;
  if (sample.options.boundaries == Boundaries::Word) *tree = wrap_word(std::move(*tree));
  if (sample.options.boundaries == Boundaries::Record) *tree = wrap_line(std::move(*tree));
  return make_pike_engine_factory(*tree)->make();
}

ByteView content_of(ByteView record, const PatternOptions& options) {
  if (record.empty() || record.back() != options.terminator) return record;
  record = record.first(record.size() - 1);
  const bool drops = options.carriage_return == CarriageReturn::LineEnd && !record.empty() &&
                     record.back() == std::byte{'\r'};
  return drops ? record.first(record.size() - 1) : record;
}

void check(const Sample& sample) {
  const auto oracle = oracle_of(sample);
  const auto pattern = Pattern::compile(std::vector<std::string>{sample.pattern}, sample.options);
  ASSERT_EQ(oracle != nullptr, pattern.has_value()) << sample.pattern;
  if (!oracle) return;
  Matcher matcher(*pattern);
  const ByteView records = to_bytes(sample.records);
  const std::string what = sample.pattern + " in " + sample.records + " by " + pattern->explain();
  std::uint64_t expected_count = 0;
  std::size_t from = 0;
  for (std::size_t begin = 0; begin < records.size();) {
    const auto end = static_cast<std::size_t>(
        std::ranges::find(records.subspan(begin), sample.options.terminator) - records.begin());
    const std::size_t next = std::min(end + 1, records.size());
    const ByteView content = content_of(records.subspan(begin, next - begin), sample.options);
    const auto match = oracle->find(content, 0);
    if (match) {
      ++expected_count;
      const auto found = matcher.next_record(records, from);
      ASSERT_TRUE(found) << what;
      ASSERT_EQ(found->begin, begin) << what;
      ASSERT_EQ(found->end, next) << what;
      from = next;
    }
    ASSERT_EQ(matcher.find(content, 0), match) << what << " at " << begin;
    begin = next;
  }
  ASSERT_FALSE(matcher.next_record(records, from)) << what;
  ASSERT_EQ(matcher.count_records(records), expected_count) << what;
}

TEST(Matcher, AgreesWithTheOracleRecordByRecord) {
  std::mt19937 random(1);
  for (int round = 0; round < 4000; ++round) {
    check(make_sample(random));
    if (HasFatalFailure()) return;
  }
}

TEST(Matcher, TakesOverByTheAutomatonWhereCandidatesMislead) {
  // The literal is everywhere, the expression nowhere but at the end.
  std::string records;
  for (int line = 0; line < 20000; ++line) records += "ab needle 12\n";
  records += "needle 1x\n";
  const auto pattern =
      Pattern::compile(std::vector<std::string>{"needle [0-9]x"}, {.syntax = PatternSyntax::Regex});
  ASSERT_TRUE(pattern);
  Matcher matcher(*pattern);
  const auto found = matcher.next_record(to_bytes(records), 0);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->begin, records.size() - 10);
  EXPECT_EQ(matcher.count_records(to_bytes(records)), 1U);
}

TEST(Matcher, StaysWithTheAutomatonWhenItIsTunedForALargeFile) {
  const auto pattern =
      Pattern::compile(std::vector<std::string>{"\\w{3,}"}, {.syntax = PatternSyntax::Regex});
  ASSERT_TRUE(pattern);
  ASSERT_TRUE(pattern->state().finder);
  const ByteSample sample{.histogram = {}, .bytes = std::vector<std::byte>(4096, std::byte{'a'})};
  const auto tuned_state = tuned(pattern->state(), sample);
  EXPECT_EQ(tuned_state->finder, pattern->state().finder);
  EXPECT_EQ(tuned_state->finds, pattern->state().finds);
}

TEST(Matcher, LiteralsOfManyPatternsMatchTheFirstListed) {
  const auto pattern = Pattern::compile(std::vector<std::string>{"ab", "abc", "b"}, {});
  ASSERT_TRUE(pattern);
  Matcher matcher(*pattern);
  EXPECT_EQ(matcher.find(to_bytes("xabc"), 0), (Span{1, 3}));
  EXPECT_EQ(matcher.find(to_bytes("xabc"), 2), (Span{2, 3}));
}

TEST(Matcher, FindsTheEmptyMatchAtTheEndOfALastRecordWithoutTerminator) {
  for (const char* text : {"$", "x*$", "(?m)$", "z?$"}) {
    const auto pattern = Pattern::compile(std::vector<std::string>{text}, {.syntax = PatternSyntax::Regex});
    ASSERT_TRUE(pattern);
    Matcher matcher(*pattern);
    EXPECT_EQ(matcher.count_records(to_bytes("abc")), 1U) << text;
    EXPECT_EQ(matcher.count_records(to_bytes("abc\nq")), 2U) << text;
    EXPECT_EQ(matcher.count_records(to_bytes("abc\n")), 1U) << text;
    EXPECT_EQ(matcher.next_record(to_bytes("abc"), 0).has_value(), true) << text;
    EXPECT_EQ(matcher.next_record(to_bytes("a\n"), 2).has_value(), false) << text;
  }
}

TEST(Matcher, NoPatternMatchesNothing) {
  const auto pattern = Pattern::compile({}, {});
  ASSERT_TRUE(pattern);
  Matcher matcher(*pattern);
  EXPECT_FALSE(matcher.next_record(to_bytes("a\n"), 0));
  EXPECT_EQ(matcher.count_records(to_bytes("a\n\n")), 0U);
}

TEST(Matcher, SmartCaseLooksAtLiteralLettersOnly) {
  const auto counts = [](const char* text) {
    const auto pattern = Pattern::compile(std::vector<std::string>{text},
                                          {.letter_case = LetterCase::Smart, .syntax = PatternSyntax::Regex});
    return pattern ? Matcher(*pattern).count_records(to_bytes("foo\nFOO\n")) : 99;
  };
  EXPECT_EQ(counts("foo"), 2U);
  EXPECT_EQ(counts("Foo"), 0U);
  EXPECT_EQ(counts("fo\\D"), 2U);
  EXPECT_EQ(counts("\\x46oo"), 0U);
  EXPECT_EQ(counts("\\p{Lu}oo"), 2U);
  EXPECT_EQ(counts("[[:upper:]]+"), 1U);
  EXPECT_EQ(counts("(?P<Name>foo)"), 2U);
}

}  // namespace
}  // namespace folio::pattern
