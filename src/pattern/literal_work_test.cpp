// SPDX-License-Identifier: Apache-2.0
// The work of the literal searches on inputs made to hurt them, in comparisons, not in time.
#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "pattern/literal_searcher.h"
#include "simd/for_test.h"

namespace folio::pattern {
namespace {

constexpr std::size_t kSize = 1 << 20;
constexpr std::byte kLineFeed{'\n'};

std::string repeated(std::string_view unit, std::size_t size) {
  std::string text;
  while (text.size() < size) text += unit;
  return text;
}

struct Adversary {
  std::string needle;
  std::string haystack;
};

std::vector<Adversary> adversaries() {
  const auto run = [](std::size_t size) { return std::string(size, 'a'); };
  std::vector<Adversary> all;
  for (const std::size_t half : {7UZ, 8UZ, 40UZ, 500UZ, 50000UZ}) {
    all.push_back({run(half) + "b" + run(half), run(kSize)});
    all.push_back({run(2 * half) + "b", run(kSize)});
    all.push_back({std::string{"b"} + run(2 * half), run(kSize)});
    all.push_back({repeated("ab", 2 * half) + "c", repeated("ab", kSize)});
    all.push_back({std::string{"c"} + repeated("ab", 2 * half), repeated("ab", kSize)});
    all.push_back({repeated("ab", half) + "b" + repeated("ab", half), repeated("ab", kSize)});
    // Near misses only: the needle with one wrong byte, again and again.
    all.push_back(
        {repeated("zq", half) + "y" + repeated("zq", half), repeated(repeated("zq", half) + "x", kSize)});
  }
  // Rare bytes by any table of text, but not here.
  all.push_back({"\x01\x02 then more of the needle", repeated("\x01\x02 then more of the noodle", kSize)});
  all.push_back({std::string(200, '\x7F') + "!", std::string(kSize, '\x7F')});
  return all;
}

class LiteralWork : public simd::OnEveryTarget {};

TEST_P(LiteralWork, PackedPairStaysLinear) {
  for (const auto& [needle, haystack] : adversaries()) {
    const LiteralSearcher searcher = LiteralSearcher::make(to_bytes(needle));
    SearchState state;
    EXPECT_EQ(searcher.find(to_bytes(haystack), 0, state), kNotFound);
    const std::uint64_t allowed = simd::PairWork{}.allowance + simd::kVerifiedPerByte * haystack.size() +
                                  state.give_ups * needle.size();
    EXPECT_LE(state.work.verified_bytes, allowed);
    EXPECT_LE(state.give_ups, 20U);  // each stretch is twice as long as the last
  }
}

TEST_P(LiteralWork, CountingStaysLinear) {
  for (const auto& [needle, haystack] : adversaries()) {
    const LiteralSearcher searcher = LiteralSearcher::make(to_bytes(needle));
    SearchState state;
    const std::size_t chunk = kSize / 16;
    for (std::size_t at = 0; at < haystack.size(); at += chunk) {
      EXPECT_EQ(searcher.count_records(to_bytes(haystack.substr(at, chunk)), kLineFeed, state), 0U);
    }
    EXPECT_LE(state.work.verified_bytes, simd::PairWork{}.allowance +
                                             simd::kVerifiedPerByte * haystack.size() +
                                             state.give_ups * needle.size());
  }
}

// A hopeless file is not tried again in each chunk.
TEST_P(LiteralWork, BacksOffFromChunkToChunk) {
  const LiteralSearcher searcher =
      LiteralSearcher::make(to_bytes(std::string(400, 'a') + "b" + std::string(400, 'a')));
  const std::string chunk(1 << 16, 'a');
  SearchState state;
  for (int i = 0; i < 1024; ++i) EXPECT_EQ(searcher.find(to_bytes(chunk), 0, state), kNotFound);
  EXPECT_GE(state.give_ups, 2U);
  EXPECT_LE(state.give_ups, 12U);
}

TEST_P(LiteralWork, ComesBackToTheKernel) {
  const LiteralSearcher searcher =
      LiteralSearcher::make(to_bytes(std::string(400, 'a') + "b" + std::string(400, 'a')));
  SearchState state;
  EXPECT_EQ(searcher.find(to_bytes(std::string(1 << 16, 'a')), 0, state), kNotFound);
  EXPECT_GT(state.linear_bytes_left, 0U);
  const std::string easy(1 << 21, '.');
  for (int i = 0; i < 4; ++i) EXPECT_EQ(searcher.find(to_bytes(easy), 0, state), kNotFound);
  EXPECT_EQ(state.linear_bytes_left, 0U);
}

TEST_P(LiteralWork, OrdinaryTextNeverGivesUp) {
  const std::string haystack =
      repeated("GET /images/logo.png HTTP/1.1\" 200 2326 \"-\" \"Mozilla/5.0\"\n", kSize);
  const LiteralSearcher searcher = LiteralSearcher::make(to_bytes("HTTP/1.1\" 404"));
  SearchState state;
  EXPECT_EQ(searcher.find(to_bytes(haystack), 0, state), kNotFound);
  EXPECT_EQ(state.give_ups, 0U);
}

FOLIO_ON_EVERY_TARGET(LiteralWork);

TEST(LiteralWorkOf, TwoWayAndBoyerMoore) {
  for (const auto& [needle, haystack] : adversaries()) {
    std::uint64_t two_way = 0;
    std::uint64_t boyer_moore = 0;
    EXPECT_EQ(TwoWay(to_bytes(needle), CaseFolding::None).find_counting(to_bytes(haystack), 0, two_way),
              kNotFound);
    EXPECT_EQ(
        BoyerMoore(to_bytes(needle), CaseFolding::None).find_counting(to_bytes(haystack), 0, boyer_moore),
        kNotFound);
    EXPECT_LE(two_way, 4 * haystack.size()) << needle.substr(0, 20) << " of " << needle.size();
    EXPECT_LE(boyer_moore, 4 * haystack.size()) << needle.substr(0, 20) << " of " << needle.size();
  }
}

// Galil's rule: without it, each of the matches would cost the whole needle.
TEST(LiteralWorkOf, BoyerMooreCountsOverlappingMatches) {
  for (const std::string_view unit : {"a", "ab", "aab"}) {
    const std::string haystack = repeated(unit, kSize);
    const std::string needle = repeated(unit, 3000);
    std::uint64_t comparisons = 0;
    const BoyerMoore boyer_moore{to_bytes(needle), CaseFolding::None};
    const std::uint64_t count = boyer_moore.count_overlapping_counting(to_bytes(haystack), comparisons);
    EXPECT_EQ(count, (haystack.size() - needle.size()) / unit.size() + 1);
    EXPECT_LE(comparisons, 2 * haystack.size());
  }
}

}  // namespace
}  // namespace folio::pattern
