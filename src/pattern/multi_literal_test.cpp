// SPDX-License-Identifier: Apache-2.0
// The search for several literals against the obvious one, on every target.
#include "pattern/multi_literal.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "pattern/aho_corasick.h"
#include "pattern/block_filter.h"
#include "pattern/multi_literal_oracle.h"
#include "pattern/teddy_filter.h"
#include "simd/for_test.h"

namespace folio::pattern {
namespace {

using simd::GuardedBytes;

using Strings = std::vector<std::string>;

std::vector<ByteView> views(const Strings& literals) {
  std::vector<ByteView> all;
  for (const std::string& literal : literals) all.push_back(to_bytes(literal));
  return all;
}

ByteSample sample_of(std::string_view text) {
  ByteSample sample;
  sample.histogram.add(to_bytes(text));
  sample.bytes.assign(to_bytes(text).begin(), to_bytes(text).end());
  return sample;
}

// A state that makes the searcher begin with so many bytes of Aho-Corasick.
SearchState linear_first(std::uint64_t bytes) {
  SearchState state;
  state.linear_bytes_left = bytes;
  return state;
}

void expect_right(const MultiLiteralSearcher& searcher, const MultiLiteralOracle& oracle, ByteView haystack,
                  SearchState state) {
  for (std::size_t from = 0; from <= haystack.size() + 1; ++from) {
    const auto expected = from > haystack.size() ? std::nullopt : oracle.find(to_text(haystack), from);
    ASSERT_EQ(searcher.find(haystack, from, state), expected) << searcher.explain();
    if (expected && expected->position > from) from = expected->position - 1;
  }
  ASSERT_EQ(searcher.count_records(haystack, std::byte{'\n'}, state),
            oracle.count_records(to_text(haystack), '\n'))
      << searcher.explain();
}

void expect_right(const Strings& literals, ByteView haystack, CaseFolding folding) {
  const MultiLiteralOracle oracle{literals, folding};
  const ByteSample sample = sample_of(to_text(haystack));
  for (const ByteSample* known : {static_cast<const ByteSample*>(nullptr), &sample}) {
    const auto searcher = MultiLiteralSearcher::make(views(literals), folding, known);
    expect_right(searcher, oracle, haystack, {});
    expect_right(searcher, oracle, haystack, linear_first(haystack.size() / 2));
    expect_right(searcher, oracle, haystack, linear_first(1 << 20));
  }
}

void expect_right(const Strings& literals, std::string_view haystack) {
  for (const CaseFolding folding : {CaseFolding::None, CaseFolding::Ascii}) {
    expect_right(literals, to_bytes(haystack), folding);
  }
}

std::string random_text(std::mt19937& random, std::size_t size, std::string_view alphabet) {
  std::string text(size, ' ');
  for (char& c : text) c = alphabet[random() % alphabet.size()];
  return text;
}

Strings random_literals(std::mt19937& random, std::size_t count, std::size_t least, std::size_t most,
                        std::string_view alphabet) {
  Strings literals;
  for (std::size_t i = 0; i < count; ++i) {
    literals.push_back(random_text(random, least + random() % (most - least + 1), alphabet));
  }
  return literals;
}

class MultiLiteral : public simd::OnEveryTarget {};

TEST_P(MultiLiteral, PrefersTheLeftmostAndThenTheFirst) {
  expect_right({"b", "abc", "ab", "abcd"}, "xxabcdxx\nab\nbb\n");
  expect_right({"abcd", "ab", "bc", "bcdef"}, "abcdef abce abcde bcdef");
  expect_right({"Sam", "Samwise", "wise"}, "Samwise samwise SAMWISE wise");
  expect_right({"aa", "a", "aaa"}, "aaaaaaa\naa\na");
  expect_right({"same", "same", "SAME"}, "the Same same SAME");
}

TEST_P(MultiLiteral, TakesAnyLiterals) {
  using namespace std::string_literals;
  expect_right({}, "abc\n");
  expect_right({""}, "abc\n\nx");
  expect_right({"b", "", "abc"}, "abc\nb");
  expect_right({"a\0b"s, "\0"s, "\xFF\xFE"s}, std::string_view{"xa\0b\n\0\xFF\xFE\n\xFF", 10});
  expect_right({"a\nb", "\nb", "c\n"}, "a\nb\nc\nb\n");
  expect_right({"\n", "ab"}, "\nab\nba\n");
  expect_right({"a\n"}, "a\na\n");
  expect_right({"[", "{", "@", "`"}, "[{@`");
}

TEST_P(MultiLiteral, AllBytesInUse) {
  Strings literals;
  for (int byte = 0; byte < 256; ++byte) literals.push_back({static_cast<char>(byte), 'x'});
  std::mt19937 random{4};
  expect_right(literals, random_text(random, 300, "x\xFF\x01\nyz"));
}

TEST_P(MultiLiteral, EveryPlaceOfTheOnlyMatch) {
  GuardedBytes guarded{4096};
  std::mt19937 random{1};
  for (const std::size_t count : {2UZ, 5UZ, 64UZ, 65UZ, 300UZ}) {
    for (const std::size_t least : {1UZ, 2UZ, 3UZ, 5UZ, 9UZ, 17UZ, 40UZ}) {
      Strings literals = random_literals(random, count, least, least + 7, "qwxyz");
      const auto searcher = MultiLiteralSearcher::make(views(literals));
      const MultiLiteralOracle oracle{literals};
      for (std::size_t place = 0; place < 150; place += 1 + place % 5) {
        std::string text(place, '.');
        text += literals[random() % count];
        const ByteView haystack = guarded.at_end(to_bytes(text));
        SearchState state;
        ASSERT_EQ(searcher.find(haystack, 0, state), oracle.find(text, 0)) << searcher.explain();
        ASSERT_EQ(searcher.count_records(haystack, std::byte{'\n'}, state), 1U);
        text += std::string(150 - place, '.');
        ASSERT_EQ(searcher.find(guarded.at_begin(to_bytes(text)), 0, state), oracle.find(text, 0));
      }
    }
  }
}

TEST_P(MultiLiteral, RandomLiteralsAndData) {
  std::mt19937 random{2};
  for (unsigned round = 0; round < 60; ++round) {
    const std::string_view alphabet = round % 2 == 0 ? "ab\n" : "abcABC .\n";
    const std::size_t count = round % 3 == 0 ? 65 + random() % 100 : 1 + random() % 64;
    const std::size_t least = 1 + random() % 6;
    const Strings literals =
        random_literals(random, count, least, least + random() % 12, alphabet.substr(0, 6));
    expect_right(literals, random_text(random, 1 + random() % 400, alphabet));
  }
}

RC_GTEST_PROP(MultiLiteralProperty, IsTheOracle, ()) {
  const auto letters = *rc::gen::container<std::string>(rc::gen::elementOf(std::string{"abA\n"}));
  const auto literals =
      *rc::gen::container<Strings>(rc::gen::container<std::string>(rc::gen::elementOf(std::string{"abA"})));
  const MultiLiteralOracle oracle{literals, CaseFolding::Ascii};
  const auto searcher = MultiLiteralSearcher::make(views(literals), CaseFolding::Ascii);
  SearchState state;
  RC_ASSERT(searcher.find(to_bytes(letters), 0, state) == oracle.find(letters, 0));
  RC_ASSERT(searcher.count_records(to_bytes(letters), std::byte{'\n'}, state) ==
            oracle.count_records(letters, '\n'));
}

TEST(MultiLiteralChoice, ByNumber) {
  std::mt19937 random{3};
  const auto name = [&](std::size_t count) {
    return MultiLiteralSearcher::make(views(random_literals(random, count, 3, 9, "abcdef"))).algorithm_name();
  };
  EXPECT_EQ(name(0), "nothing");
  EXPECT_EQ(name(1), "literal");
  EXPECT_EQ(name(2), "teddy");
  EXPECT_EQ(name(8), "teddy");
  EXPECT_EQ(name(64), "blocks");
  EXPECT_EQ(name(65), "blocks");
  EXPECT_EQ(MultiLiteralSearcher::make(views({"a", ""})).algorithm_name(), "everywhere");
}

FOLIO_ON_EVERY_TARGET(MultiLiteral);

}  // namespace
}  // namespace folio::pattern
