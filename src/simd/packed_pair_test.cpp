// SPDX-License-Identifier: Apache-2.0
// The packed-pair kernels against their scalar twins: every target, size, alignment, and both ends of a
// guarded page.
#include "simd/packed_pair.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "simd/for_test.h"

namespace folio::simd {
namespace {

constexpr std::byte kLineEnd{'\n'};

// A needle with its fold bits; the probes are set by the test.
struct Needle {
  std::vector<std::byte> bytes;
  std::vector<std::byte> fold_bits;
  PairProbes probes;

  static Needle exact(std::string_view text) {
    const ByteView view = to_bytes(text);
    return {{view.begin(), view.end()}, {}, {0, text.size() - 1}};
  }
  // `text` in lower case.
  static Needle caseless(std::string_view text) {
    Needle needle = exact(text);
    for (const char c : text)
      needle.fold_bits.push_back(c >= 'a' && c <= 'z' ? std::byte{0x20} : std::byte{0});
    return needle;
  }
  [[nodiscard]] PairNeedle view() const { return {bytes, fold_bits, probes}; }
};

std::vector<std::byte> random_bytes(std::size_t size, std::string_view alphabet, unsigned seed) {
  std::mt19937 random{seed};
  std::vector<std::byte> bytes(size);
  for (std::byte& byte : bytes) byte = static_cast<std::byte>(alphabet[random() % alphabet.size()]);
  return bytes;
}

std::vector<std::size_t> all_matches(ByteView haystack, const Needle& needle) {
  std::vector<std::size_t> matches;
  PairWork work;
  for (std::size_t from = 0;;) {
    const PairResult result = find_pair(haystack, from, needle.view(), work);
    if (result.outcome != PairOutcome::Found) return matches;
    matches.push_back(result.position);
    from = result.position + 1;
  }
}

std::vector<std::size_t> all_matches_slowly(ByteView haystack, const Needle& needle) {
  std::vector<std::size_t> matches;
  for (std::size_t at = 0; at + needle.bytes.size() <= haystack.size(); ++at) {
    bool same = true;
    for (std::size_t i = 0; i < needle.bytes.size(); ++i) {
      const std::byte ignored = needle.fold_bits.empty() ? std::byte{0} : needle.fold_bits[i];
      same = same && (haystack[at + i] | ignored) == needle.bytes[i];
    }
    if (same) matches.push_back(at);
  }
  return matches;
}

void expect_same_counts(ByteView haystack, const Needle& needle) {
  PairWork scalar_work;
  const PairCount expected = count_records_pair_scalar(haystack, 0, kLineEnd, needle.view(), scalar_work);
  for (const RecordDensity density : {RecordDensity::Sparse, RecordDensity::Dense}) {
    PairWork work;
    const PairCount count = count_records_pair(haystack, 0, kLineEnd, needle.view(), density, work);
    ASSERT_EQ(count.outcome, PairOutcome::Exhausted);
    ASSERT_EQ(count.records, expected.records);
  }
  ASSERT_EQ(count_pair_candidates(haystack, needle.view()),
            count_pair_candidates_scalar(haystack, needle.view()));
}

void expect_right(ByteView haystack, const Needle& needle) {
  ASSERT_EQ(all_matches(haystack, needle), all_matches_slowly(haystack, needle));
  expect_same_counts(haystack, needle);
}

class PackedPair : public OnEveryTarget {};

TEST_P(PackedPair, EverySizeAtBothEndsOfAPage) {
  GuardedBytes guarded{4096};
  for (const std::string_view text :
       {"a", "b", "ab", "aba", "abab", "aabab", "abaabab", "abababab", "abaabaaba", "aaaaaaaaaaaaaaaaaaab"}) {
    const Needle needle = Needle::exact(text);
    for (std::size_t size = 0; size <= 200; ++size) {
      const auto bytes = random_bytes(size, "aabab\n", static_cast<unsigned>(size));
      expect_right(guarded.at_end(bytes), needle);
      expect_right(guarded.at_begin(bytes), needle);
    }
  }
}

TEST_P(PackedPair, EveryAlignmentAndStart) {
  const auto bytes = random_bytes(400, "aab\n", 5);
  const Needle needle = Needle::exact("aba");
  for (std::size_t skip = 0; skip < 130; ++skip) expect_right(ByteView{bytes}.subspan(skip), needle);
  for (std::size_t from = 0; from <= bytes.size() + 2; ++from) {
    PairWork work;
    PairWork scalar_work;
    const PairResult found = find_pair(bytes, from, needle.view(), work);
    const PairResult expected = find_pair_scalar(bytes, from, needle.view(), scalar_work);
    ASSERT_EQ(found.outcome, expected.outcome);
    ASSERT_EQ(found.position, expected.position);
  }
}

TEST_P(PackedPair, EveryPlaceOfTheOnlyMatch) {
  GuardedBytes guarded{4096};
  for (const std::string_view text :
       {"x", "xy", "xyz", "wxyz", "vwxyz", "stuvwxyz", "rstuvwxyz", "ghijklmnopqrstuvwxyz"}) {
    const Needle needle = Needle::exact(text);
    for (std::size_t place = 0; place + text.size() <= 300; ++place) {
      std::vector<std::byte> bytes(300, std::byte{'.'});
      std::ranges::copy(needle.bytes, bytes.begin() + static_cast<std::ptrdiff_t>(place));
      ASSERT_EQ(all_matches(guarded.at_end(bytes), needle), std::vector{place});
      expect_same_counts(guarded.at_end(bytes), needle);
    }
  }
}

TEST_P(PackedPair, EveryPairOfProbes) {
  const auto bytes = random_bytes(3000, "abc\n", 11);
  for (const std::string_view text : {"ab", "abc", "abca", "bcabca", "abcabcabca"}) {
    Needle needle = Needle::exact(text);
    for (std::size_t first = 0; first < text.size(); ++first) {
      for (std::size_t second = first + 1; second < text.size(); ++second) {
        needle.probes = {first, second};
        expect_right(bytes, needle);
      }
    }
  }
}

TEST_P(PackedPair, CaselessLettersOnly) {
  const auto bytes = random_bytes(5000, std::string_view{"aA[{@`\xC1\xE1\0 \n!\x01", 13}, 3);
  for (const std::string_view text : {"a", "aa", "a[", "{a", "@", "`a",
                                      "\xC1"
                                      "a",
                                      "\xE1", "a!", "a[a{a@a`",
                                      "a\x01"
                                      "a"}) {
    expect_right(bytes, Needle::caseless(text));
    expect_right(bytes, Needle::exact(text));
  }
}

TEST_P(PackedPair, ZeroBytesAndHighBytes) {
  const auto bytes = random_bytes(5000, std::string_view{"\0\0\xFF\x80\n", 5}, 3);
  for (const std::string_view text :
       {std::string_view{"\0", 1}, std::string_view{"\0\xFF", 2}, std::string_view{"\x80\0\0\xFF", 4}}) {
    expect_right(bytes, Needle::exact(text));
  }
}

TEST_P(PackedPair, NeedleLongerThanTheHaystack) {
  const auto bytes = random_bytes(63, "a", 1);
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    const Needle needle = Needle::exact(std::string(size + 1, 'a'));
    expect_right(ByteView{bytes}.first(size), needle);
  }
}

TEST_P(PackedPair, AnyLines) {
  const bool holds = rc::check([] {
    const auto lines = *rc::gen::container<std::string>(rc::gen::element('a', 'b', 'B', '\n'));
    const auto text = *rc::gen::nonEmpty(rc::gen::container<std::string>(rc::gen::element('a', 'b')));
    const auto repeats = *rc::gen::inRange<std::size_t>(1, 30);
    std::string long_lines;
    for (std::size_t i = 0; i < repeats; ++i) long_lines += lines;
    Needle needle = *rc::gen::arbitrary<bool>() ? Needle::exact(text) : Needle::caseless(text);
    needle.probes.first = *rc::gen::inRange<std::size_t>(0, text.size());
    needle.probes.second = *rc::gen::inRange<std::size_t>(needle.probes.first, text.size());
    if (text.size() <= 3) needle.probes = {0, text.size() - 1};
    expect_right(to_bytes(long_lines), needle);
    RC_ASSERT(!testing::Test::HasFatalFailure());
  });
  EXPECT_TRUE(holds);
}

// Most positions are candidates, and each costs half the needle.
TEST_P(PackedPair, GivesUpWhenVerificationCostsTooMuch) {
  const std::string half(500, 'a');
  const Needle needle = Needle::exact(half + 'b' + half);
  const std::vector<std::byte> hopeless(1 << 20, std::byte{'a'});
  PairWork work;
  const PairResult result = find_pair(hopeless, 0, needle.view(), work);
  ASSERT_EQ(result.outcome, PairOutcome::GaveUp);
  EXPECT_LT(result.position, 100U);
  EXPECT_LE(work.verified_bytes,
            PairWork{}.allowance + kVerifiedPerByte * result.position + needle.bytes.size());
  const PairCount count =
      count_records_pair(hopeless, 0, kLineEnd, needle.view(), RecordDensity::Sparse, work);
  EXPECT_EQ(count.outcome, PairOutcome::GaveUp);
  EXPECT_EQ(count.records, 0U);
}

// Where it gives up, all records before that position are counted and the one around it is not.
TEST_P(PackedPair, CountsUpToWhereItGivesUp) {
  const std::string half(500, 'a');
  const Needle needle = Needle::exact(half + 'b' + half);
  std::string lines;
  for (int i = 0; i < 3; ++i) lines += half + 'b' + half + "\n";
  lines += std::string(100000, 'a');
  PairWork work;
  const PairCount count =
      count_records_pair(to_bytes(lines), 0, kLineEnd, needle.view(), RecordDensity::Sparse, work);
  ASSERT_EQ(count.outcome, PairOutcome::GaveUp);
  EXPECT_EQ(count.records,
            static_cast<std::uint64_t>(std::ranges::count(lines.substr(0, count.position), '\n')));
}

TEST_P(PackedPair, NeverGivesUpOnEightBytes) {
  const std::vector<std::byte> hopeless(1 << 18, std::byte{'a'});
  PairWork work;
  EXPECT_EQ(find_pair(hopeless, 0, Needle::exact("aaabaaaa").view(), work).outcome, PairOutcome::Exhausted);
}

FOLIO_ON_EVERY_TARGET(PackedPair);

}  // namespace
}  // namespace folio::simd
