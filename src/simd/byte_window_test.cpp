// SPDX-License-Identifier: Apache-2.0
// The byte-window kernels against their scalar twins, and the tables of sets against the sets.
#include "simd/byte_window.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "simd/for_test.h"

namespace folio::simd {
namespace {

const ByteShares kEvenShares = [] {
  ByteShares shares;
  shares.fill(1.0 / 256);
  return shares;
}();

ByteSet set_of(std::string_view members) {
  ByteSet set;
  for (const char c : members) set.set(static_cast<unsigned char>(c));
  return set;
}

ByteSet range(std::size_t first, std::size_t last) {
  ByteSet set;
  for (std::size_t byte = first; byte <= last; ++byte) set.set(byte);
  return set;
}

ByteSet random_set(std::mt19937& random, unsigned members) {
  ByteSet set;
  for (unsigned i = 0; i < members; ++i) set.set(random() % 256);
  return set;
}

/// The members by the tables, which may be more than those of the set.
ByteSet members_of(const SetProbe& probe) {
  ByteSet set;
  for (unsigned byte = 0; byte < 256; ++byte) set[byte] = probe.matches(static_cast<std::byte>(byte));
  return set;
}

ByteSet members_of(const ByteSet& set) {
  return members_of(make_byte_window({{set}}, kEvenShares).probes[0]);
}

std::vector<std::byte> random_bytes(std::size_t size, std::string_view alphabet, unsigned seed) {
  std::mt19937 random{seed};
  std::vector<std::byte> bytes(size);
  for (std::byte& byte : bytes) byte = static_cast<std::byte>(alphabet[random() % alphabet.size()]);
  return bytes;
}

const std::vector<std::vector<ByteSet>> kWindows = {
    {set_of("a")},
    {set_of("ab"), set_of("b")},
    {range('a', 'z'), set_of(" "), range('0', '9'), range('0', '9'), range('0', '9'), range('0', '9')},
    {set_of("ac"), range(0, 255), set_of("b1 ")},
    {range(0, 255), range(0, 255)},
    {set_of("aA"), set_of("bB"), set_of("a")},
    {set_of("a b"), set_of("ab1"), set_of("a1 "), set_of("b"), set_of("ab"), set_of("a"), set_of("b1"),
     set_of("a")},
    {set_of("a"), ByteSet{}},
};

void expect_right(ByteView haystack, const ByteWindow& window) {
  for (std::size_t from = 0; from <= haystack.size() + 1; ++from) {
    const std::size_t expected = find_window_scalar(haystack, from, window);
    ASSERT_EQ(find_window(haystack, from, window), expected);
    if (expected > from && expected < haystack.size()) from = expected - 1;
  }
  ASSERT_EQ(count_window(haystack, window), count_window_scalar(haystack, window));
}

TEST(SetProbe, IsExactForAsciiAndRanges) {
  std::mt19937 random{1};
  for (unsigned members = 0; members < 128; ++members) {
    const ByteSet set = random_set(random, members) & range(0, 127);
    ASSERT_EQ(members_of(set), set);
  }
  for (unsigned first = 0; first < 256; ++first) {
    for (unsigned last = first; last - first < 255 && last < 256; last += 5) {
      ASSERT_EQ(members_of(range(first, last)), range(first, last));
    }
  }
}

TEST(SetProbe, NeverMissesAMember) {
  std::mt19937 random{2};
  for (unsigned members = 1; members < 1000; members += 3) {
    const ByteSet set = random_set(random, members);
    ASSERT_EQ(members_of(set) & set, set);
  }
}

TEST(SetProbe, KnowsRanges) {
  const auto is_range = [](const ByteSet& set) {
    return make_byte_window({{set}}, kEvenShares).probes[0].is_range;
  };
  EXPECT_TRUE(is_range(set_of("x")));
  EXPECT_TRUE(is_range(range('0', '9')));
  EXPECT_TRUE(is_range(range('a', 'z') | range('A', 'Z')));
  EXPECT_TRUE(is_range(range(0, 254)));
  EXPECT_FALSE(is_range(set_of("ac")));
  EXPECT_FALSE(is_range(range('a', 'z') | range('A', 'Y')));
  EXPECT_FALSE(is_range(ByteSet{}));
}

TEST(ByteWindow, FollowsTheSample) {
  const std::vector<ByteSet> sets = {set_of("x"), set_of("y"), set_of("z")};
  const std::string sample = "xy. xy. xy. xy. xy. zzzzzzzzzzzzzzzzzzzzzzzzz";
  // Each x has its y, so that z is asked next.
  const ByteWindow window = make_byte_window(sets, kEvenShares, to_bytes(sample));
  ASSERT_EQ(window.probe_count, 3U);
  EXPECT_EQ(window.probes[1].offset, 2U);
}

class ByteWindowKernel : public OnEveryTarget {};

TEST_P(ByteWindowKernel, EverySizeAtBothEndsOfAPage) {
  GuardedBytes guarded{4096};
  for (const auto& sets : kWindows) {
    const ByteWindow window = make_byte_window(sets, kEvenShares);
    for (std::size_t size = 0; size <= 200; ++size) {
      const auto bytes = random_bytes(size, "aabAB 011\n", static_cast<unsigned>(size));
      expect_right(guarded.at_end(bytes), window);
      expect_right(guarded.at_begin(bytes), window);
    }
  }
}

TEST_P(ByteWindowKernel, EveryPlaceOfTheOnlyMatch) {
  GuardedBytes guarded{4096};
  for (const std::string_view text : {"x", "xy", "xyz", "wxyz", "vwxyz", "stuvwxyz"}) {
    std::vector<ByteSet> sets;
    for (const char c : text) sets.push_back(set_of(std::string{c, '#'}));
    const ByteWindow window = make_byte_window(sets, kEvenShares);
    for (std::size_t place = 0; place + text.size() <= 300; ++place) {
      std::string bytes(300, '.');
      bytes.replace(place, text.size(), text);
      const ByteView haystack = guarded.at_end(to_bytes(bytes));
      ASSERT_EQ(find_window(haystack, 0, window), place);
      ASSERT_EQ(find_window(haystack, place + 1, window), haystack.size());
    }
  }
}

TEST_P(ByteWindowKernel, AllEagerCountsAndSets) {
  std::mt19937 random{3};
  for (unsigned round = 0; round < 200; ++round) {
    std::vector<ByteSet> sets;
    const std::size_t size = 1 + random() % kWindowSizeMax;
    for (std::size_t i = 0; i < size; ++i) {
      sets.push_back(random() % 2 == 0 ? range(random() % 99, 99 + random() % 150) : random_set(random, 300));
    }
    ByteShares shares;
    for (double& share : shares) share = random() % 8 == 0 ? 1.0 / 16 : 1.0 / 4096;
    std::vector<std::byte> bytes(700);
    for (std::byte& byte : bytes) byte = static_cast<std::byte>(random());
    expect_right(bytes, make_byte_window(sets, shares));
    expect_right(bytes, make_byte_window(sets, shares, bytes));
    std::vector<std::byte> others(500, static_cast<std::byte>(random()));
    expect_right(bytes, make_byte_window(sets, shares, others));
  }
}

FOLIO_ON_EVERY_TARGET(ByteWindowKernel);

}  // namespace
}  // namespace folio::simd
