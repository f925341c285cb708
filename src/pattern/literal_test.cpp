// SPDX-License-Identifier: Apache-2.0
// Every literal search against the obvious one, on every target.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "pattern/literal_searcher.h"
#include "simd/for_test.h"

namespace folio::pattern {
namespace {

using simd::GuardedBytes;
using simd::OnEveryTarget;

constexpr std::byte kLineFeed{'\n'};
constexpr Algorithm kAlgorithms[] = {Algorithm::Auto, Algorithm::BoyerMoore, Algorithm::Naive,
                                     Algorithm::TwoWay};
constexpr CaseFolding kFoldings[] = {CaseFolding::None, CaseFolding::Ascii};

bool same_byte(std::byte left, std::byte right, CaseFolding folding) {
  const auto upper = [&](std::byte byte) {
    const bool lower = byte >= std::byte{'a'} && byte <= std::byte{'z'};
    return lower && folding == CaseFolding::Ascii ? byte ^ std::byte{0x20} : byte;
  };
  return upper(left) == upper(right);
}

// The oracle shares no code with the searchers.
std::vector<std::size_t> expected_matches(ByteView haystack, ByteView needle, CaseFolding folding) {
  const auto same = [&](std::byte left, std::byte right) { return same_byte(left, right, folding); };
  std::vector<std::size_t> matches;
  for (auto at = haystack.begin();; ++at) {
    at = std::search(at, haystack.end(), needle.begin(), needle.end(), same);
    if (at == haystack.end() && !needle.empty()) return matches;
    matches.push_back(static_cast<std::size_t>(at - haystack.begin()));
    if (at == haystack.end()) return matches;
  }
}

std::uint64_t expected_records(ByteView haystack, const std::vector<std::size_t>& matches) {
  std::uint64_t count = 0;
  std::size_t begin = 0;
  for (std::size_t i = 0; i < haystack.size(); ++i) {
    if (haystack[i] != kLineFeed && i + 1 < haystack.size()) continue;
    const auto first = std::ranges::lower_bound(matches, begin);
    count += first != matches.end() && *first <= i ? 1U : 0U;
    begin = i + 1;
  }
  return count;
}

std::vector<std::size_t> found_matches(const LiteralSearcher& searcher, ByteView haystack) {
  std::vector<std::size_t> matches;
  SearchState state;
  for (std::size_t at = searcher.find(haystack, 0, state); at != kNotFound;
       at = searcher.find(haystack, at + 1, state)) {
    matches.push_back(at);
  }
  return matches;
}

void expect_right(ByteView haystack, ByteView needle, CaseFolding folding, Algorithm algorithm) {
  const auto expected = expected_matches(haystack, needle, folding);
  const LiteralSearcher searcher = LiteralSearcher::make(needle, algorithm, folding);
  ASSERT_EQ(found_matches(searcher, haystack), expected) << searcher.explain();
  SearchState state;
  const std::uint64_t records = expected_records(haystack, expected);
  // The second time with what the first has taught about the density.
  ASSERT_EQ(searcher.count_records(haystack, kLineFeed, state), records) << searcher.explain();
  ASSERT_EQ(searcher.count_records(haystack, kLineFeed, state), records) << searcher.explain();
}

void expect_all_right(std::string_view haystack, std::string_view needle) {
  for (const CaseFolding folding : kFoldings) {
    for (const Algorithm algorithm : kAlgorithms) {
      expect_right(to_bytes(haystack), to_bytes(needle), folding, algorithm);
    }
    const BoyerMoore boyer_moore{to_bytes(needle), folding};
    ASSERT_EQ(boyer_moore.count_overlapping(to_bytes(haystack)),
              expected_matches(to_bytes(haystack), to_bytes(needle), folding).size());
  }
}

// All words over `alphabet` of up to `size` letters.
std::vector<std::string> all_words(std::string_view alphabet, std::size_t size) {
  std::vector<std::string> words{""};
  for (std::size_t i = 0; i < words.size() && words[i].size() < size; ++i) {
    for (const char c : alphabet) words.push_back(words[i] + c);
  }
  return words;
}

TEST(Literal, AllShortNeedlesInAllShortHaystacks) {
  for (const std::string& needle : all_words("ab", 5)) {
    for (const std::string& haystack : all_words("ab", 10)) {
      for (const Algorithm algorithm : {Algorithm::BoyerMoore, Algorithm::Naive, Algorithm::TwoWay}) {
        expect_right(to_bytes(haystack), to_bytes(needle), CaseFolding::None, algorithm);
      }
      if (testing::Test::HasFatalFailure()) FAIL() << needle << " in " << haystack;
    }
  }
}

// Two-Way has one path for periodic needles and one for others: longer needles reach all of both.
TEST(Literal, AllNeedlesOfEightInASequenceThatContainsThemAll) {
  std::string haystack;
  for (const std::string& word : all_words("ab", 8)) haystack += word;
  for (const std::string& needle : all_words("ab", 8)) {
    for (const Algorithm algorithm : {Algorithm::BoyerMoore, Algorithm::TwoWay}) {
      expect_right(to_bytes(haystack), to_bytes(needle), CaseFolding::None, algorithm);
    }
  }
}

TEST(Literal, EmptyNeedleMatchesEverywhere) {
  for (const Algorithm algorithm : kAlgorithms) {
    const LiteralSearcher searcher = LiteralSearcher::make({}, algorithm);
    SearchState state;
    EXPECT_EQ(searcher.find({}, 0, state), 0U);
    EXPECT_EQ(searcher.find(to_bytes("abc"), 2, state), 2U);
    EXPECT_EQ(searcher.find(to_bytes("abc"), 3, state), 3U);
    EXPECT_EQ(searcher.find(to_bytes("abc"), 4, state), kNotFound);
    EXPECT_EQ(searcher.count_records(to_bytes("a\n\nb"), kLineFeed, state), 3U);
    EXPECT_EQ(searcher.count_records(to_bytes("a\n\n"), kLineFeed, state), 2U);
    EXPECT_EQ(searcher.count_records({}, kLineFeed, state), 0U);
    EXPECT_EQ(searcher.algorithm_name(), "empty");
  }
}

TEST(Literal, KeepsItsOwnCopyOfTheNeedle) {
  std::string needle = "needle";
  const LiteralSearcher searcher = LiteralSearcher::make(to_bytes(needle));
  needle = "xxxxxx";
  SearchState state;
  EXPECT_EQ(searcher.find(to_bytes("a needle"), 0, state), 2U);
  EXPECT_EQ(searcher.needle_size(), 6U);
}

TEST(Literal, FindFromBehindTheEnd) {
  for (const Algorithm algorithm : kAlgorithms) {
    SearchState state;
    EXPECT_EQ(LiteralSearcher::make(to_bytes("a"), algorithm).find(to_bytes("aaa"), 4, state), kNotFound);
  }
}

TEST(Literal, ExplainsItself) {
  EXPECT_EQ(LiteralSearcher::make(to_bytes("e"), Algorithm::Auto).explain(),
            "packed pair: looks for the byte 'e'");
  const std::string text = LiteralSearcher::make(to_bytes("eez\x01"), Algorithm::Auto).explain();
  EXPECT_NE(text.find("'z' at offset 2"), std::string::npos) << text;
  EXPECT_NE(text.find("0x01 at offset 3"), std::string::npos) << text;
  EXPECT_EQ(LiteralSearcher::make(to_bytes("e"), Algorithm::BoyerMoore).algorithm_name(), "boyer-moore");
  EXPECT_EQ(LiteralSearcher::make(to_bytes("e"), Algorithm::Naive).algorithm_name(), "naive");
  EXPECT_EQ(LiteralSearcher::make(to_bytes("e"), Algorithm::TwoWay).algorithm_name(), "two-way");
}

class LiteralOnTarget : public OnEveryTarget {};

TEST_P(LiteralOnTarget, AllShortNeedlesInAllShortHaystacks) {
  for (const std::string& needle : all_words("ab", 4)) {
    for (const std::string& haystack : all_words("ab", 9)) {
      expect_right(to_bytes(haystack), to_bytes(needle), CaseFolding::None, Algorithm::PackedPair);
    }
  }
}

TEST_P(LiteralOnTarget, PeriodicNeedles) {
  for (const std::string_view unit : {"a", "ab", "aab", "abaab"}) {
    std::string haystack;
    for (int i = 0; i < 60; ++i) haystack += i % 17 == 16 ? "b\n" : unit;
    for (std::size_t size = 1; size <= 90; size += 1 + size / 8) {
      const std::string needle = haystack.substr(0, size);
      expect_all_right(haystack, needle);
      expect_all_right(haystack, needle + "b");
      expect_all_right(haystack, "b" + needle);
    }
  }
}

TEST_P(LiteralOnTarget, MatchAtBothEndsOfAPage) {
  GuardedBytes guarded{4096};
  for (const std::size_t needle_size : {1UZ, 2UZ, 3UZ, 7UZ, 8UZ, 9UZ, 33UZ, 70UZ}) {
    const std::string needle = std::string(needle_size - 1, 'n') + 'e';
    for (std::size_t size = needle_size; size <= 200; ++size) {
      const std::string front = needle + std::string(size - needle_size, '.');
      const std::string back = std::string(size - needle_size, '.') + needle;
      for (const CaseFolding folding : kFoldings) {
        expect_right(guarded.at_begin(to_bytes(front)), to_bytes(needle), folding, Algorithm::Auto);
        expect_right(guarded.at_end(to_bytes(front)), to_bytes(needle), folding, Algorithm::Auto);
        expect_right(guarded.at_begin(to_bytes(back)), to_bytes(needle), folding, Algorithm::Auto);
        expect_right(guarded.at_end(to_bytes(back)), to_bytes(needle), folding, Algorithm::Auto);
      }
    }
  }
}

// A stretch of Two-Way may end anywhere, inside a match too.
TEST_P(LiteralOnTarget, EveryEndOfALinearStretch) {
  const std::string_view haystack = "..abab.abab\nab.ababab\n....abab";
  for (const std::string_view needle : {"a", "ab", "abab", "ababab", "abab\nab"}) {
    const LiteralSearcher searcher = LiteralSearcher::make(to_bytes(needle));
    const auto expected = expected_matches(to_bytes(haystack), to_bytes(needle), CaseFolding::None);
    for (std::uint64_t stretch = 1; stretch <= haystack.size(); ++stretch) {
      std::vector<std::size_t> matches;
      SearchState state;
      state.linear_bytes_left = stretch;
      for (std::size_t at = searcher.find(to_bytes(haystack), 0, state); at != kNotFound;
           at = searcher.find(to_bytes(haystack), at + 1, state)) {
        matches.push_back(at);
        if (state.linear_bytes_left == 0) state.linear_bytes_left = stretch;
      }
      ASSERT_EQ(matches, expected) << needle << ", stretches of " << stretch;
      state.linear_bytes_left = stretch;
      ASSERT_EQ(searcher.count_records(to_bytes(haystack), kLineFeed, state),
                expected_records(to_bytes(haystack), expected));
    }
  }
}

TEST_P(LiteralOnTarget, CaselessLettersOnly) {
  const std::string haystack =
      "xaAzZ[{@`\xC1\xE1"
      "aA\n{[`@Hello hELLO HELLO\nh\0llo" +
      std::string{"\0h\0llo", 6};
  for (const std::string_view needle :
       {"a", "A", "z", "[", "{", "@", "`", "{[", "[{", "@`", "hello", "HELLO", "Hello h", "\xC1", "\xE1",
        "\xE1"
        "A"}) {
    expect_all_right(haystack, needle);
  }
  expect_all_right(haystack, std::string_view{"h\0L", 3});
}

TEST_P(LiteralOnTarget, NeedleWithTheLineFeed) {
  for (const std::string_view needle : {"\n", "a\n", "\na", "a\nb", "\n\n"}) {
    expect_all_right("a\nb\n\na\nab\nba\n\n\nb", needle);
  }
}

TEST_P(LiteralOnTarget, AnyText) {
  const bool holds = rc::check([] {
    const auto letters = rc::gen::container<std::string>(rc::gen::element('a', 'b', 'A', '\n'));
    const auto unit = *letters;
    const auto repeats = *rc::gen::inRange(1, 12);
    std::string haystack;
    for (int i = 0; i < repeats; ++i) haystack += unit;
    haystack += *letters;
    const auto at = *rc::gen::inRange<std::size_t>(0, haystack.size() + 1);
    const std::string needle =
        *rc::gen::arbitrary<bool>()
            ? haystack.substr(at, *rc::gen::inRange<std::size_t>(0, haystack.size() + 1))
            : *letters;
    expect_all_right(haystack, needle);
    RC_ASSERT(!testing::Test::HasFatalFailure());
  });
  EXPECT_TRUE(holds);
}

TEST_P(LiteralOnTarget, AnyBytes) {
  const bool holds =
      rc::check([](const std::string& front, const std::string& needle, const std::string& back) {
        expect_all_right(front + needle + back, needle);
        RC_ASSERT(!testing::Test::HasFatalFailure());
      });
  EXPECT_TRUE(holds);
}

FOLIO_ON_EVERY_TARGET(LiteralOnTarget);

}  // namespace
}  // namespace folio::pattern
