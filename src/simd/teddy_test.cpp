// SPDX-License-Identifier: Apache-2.0
// The Teddy kernels against their scalar twins: every target, size and both ends of a guarded page.
#include "simd/teddy.h"

#include <gtest/gtest.h>

#include <random>
#include <string_view>
#include <vector>

#include "simd/for_test.h"

namespace folio::simd {
namespace {

TeddyTables tables_of(const std::vector<std::string_view>& fingerprints) {
  TeddyTables tables;
  tables.length = fingerprints.front().size();
  for (std::size_t i = 0; i < fingerprints.size(); ++i) {
    for (std::size_t at = 0; at < tables.length; ++at) {
      tables.accept(at, static_cast<std::byte>(fingerprints[i][at]), i % kBuckets);
    }
  }
  return tables;
}

const std::vector<std::vector<std::string_view>> kSets = {
    {"a"},
    {"a", "b", "\xFF"},
    {"ab"},
    {"ab", "ba", "\x80z"},
    {"abb", "bab"},
    {"abab", "baba", "aaab", "bbbb", "abba",
     "b\xFF"
     "aa",
     "aaaa", "zzzz", "yyyy", "xxxx"},
};

void expect_right(ByteView haystack, const TeddyTables& tables) {
  for (std::size_t from = 0; from <= haystack.size() + 1; ++from) {
    const TeddyBlock expected = next_teddy_block_scalar(haystack, from, tables);
    const TeddyBlock block = next_teddy_block(haystack, from, tables);
    ASSERT_EQ(block.begin, expected.begin);
    ASSERT_EQ(block.candidates, expected.candidates);
  }
  ASSERT_EQ(count_teddy_candidates(haystack, tables), count_teddy_candidates_scalar(haystack, tables));
}

class Teddy : public OnEveryTarget {};

TEST_P(Teddy, EverySizeAtBothEndsOfAPage) {
  GuardedBytes guarded{4096};
  std::mt19937 random{1};
  constexpr std::string_view kAlphabet = "ab..........\xFF";
  for (const auto& set : kSets) {
    const TeddyTables tables = tables_of(set);
    for (std::size_t size = 0; size <= 200; ++size) {
      std::vector<std::byte> bytes(size);
      for (std::byte& byte : bytes) byte = static_cast<std::byte>(kAlphabet[random() % kAlphabet.size()]);
      expect_right(guarded.at_end(bytes), tables);
      expect_right(guarded.at_begin(bytes), tables);
    }
  }
}

TEST_P(Teddy, EveryPlaceOfTheOnlyCandidate) {
  GuardedBytes guarded{4096};
  for (const std::string_view text : {"x", "xy", "xyz", "wxyz"}) {
    const TeddyTables tables = tables_of({text});
    for (std::size_t place = 0; place + text.size() <= 200; ++place) {
      std::string bytes(200, '.');
      bytes.replace(place, text.size(), text);
      const ByteView haystack = guarded.at_end(to_bytes(bytes));
      const TeddyBlock block = next_teddy_block(haystack, 0, tables);
      ASSERT_EQ(block.begin, place / kTeddyBlock * kTeddyBlock);
      ASSERT_EQ(block.candidates, std::uint64_t{1} << place % kTeddyBlock);
      ASSERT_EQ(teddy_buckets(haystack, place, tables), 1U);
    }
  }
}

FOLIO_ON_EVERY_TARGET(Teddy);

}  // namespace
}  // namespace folio::simd
