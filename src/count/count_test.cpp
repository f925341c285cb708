// SPDX-License-Identifier: Apache-2.0
// Counting against the slow obvious wc: whole, cut anywhere, merged in any grouping, on every target.
#include "folio/count.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cstdlib>
#include <random>
#include <string>
#include <vector>

#include "count/count_oracle.h"
#include "count/text_for_test.h"
#include "simd/for_test.h"

namespace folio {

// Found by GoogleTest, for its messages.
inline void PrintTo(const Counts& c, std::ostream* out) {
  *out << c.lines << " lines " << c.words << " words " << c.characters << " characters " << c.bytes
       << " bytes " << c.longest_line << " longest";
}

namespace {

using count_detail::only;
using count_detail::oracle_counts;
using count_detail::random_text;

constexpr CountFields kFieldSets[] = {
    {CountField::Lines},  {CountField::Bytes},       {CountField::Characters},
    {CountField::Words},  {CountField::LongestLine}, {CountField::Lines, CountField::Characters},
    CountFields::usual(), CountFields::all(),
};

CountPartial part_of(std::string_view text, CountFields fields) {
  CountPartial part;
  count_chunk(part, to_bytes(text), fields);
  return part;
}

Counts count_text(std::string_view text, CountFields fields = CountFields::all()) {
  return part_of(text, fields).counts();
}

std::vector<std::string_view> cut_at_random(std::string_view text, std::size_t chunk_max,
                                            std::mt19937& random) {
  std::vector<std::string_view> chunks;
  while (!text.empty()) {
    const std::size_t size = std::min<std::size_t>(text.size(), 1 + random() % chunk_max);
    chunks.push_back(text.substr(0, size));
    text.remove_prefix(size);
  }
  return chunks;
}

// Merges the parts of neighbouring chunks two by two, at random places, until one is left.
CountPartial merge_in_random_order(const std::vector<std::string_view>& chunks, CountFields fields,
                                   std::mt19937& random) {
  std::vector<CountPartial> parts;
  for (const std::string_view chunk : chunks) parts.push_back(part_of(chunk, fields));
  if (parts.empty()) return {};
  while (parts.size() > 1) {
    const std::size_t left = random() % (parts.size() - 1);
    parts[left].merge(std::move(parts[left + 1]));
    parts.erase(parts.begin() + static_cast<std::ptrdiff_t>(left) + 1);
  }
  return parts.front();
}

CountPartial merge_in_file_order(const std::vector<std::string_view>& chunks, CountFields fields) {
  CountPartial total;
  for (const std::string_view chunk : chunks) total.merge(part_of(chunk, fields));
  return total;
}

unsigned rounds() {
  const char* wanted = std::getenv("FOLIO_TORTURE_ROUNDS");
  return wanted == nullptr ? 300 : static_cast<unsigned>(std::atoi(wanted));
}

TEST(Count, EmptyInput) {
  EXPECT_EQ(count_text(""), Counts{});
}

TEST(Count, KnownAnswers) {
  EXPECT_EQ(count_text("one two\nthree"),
            (Counts{.lines = 1, .words = 3, .characters = 13, .bytes = 13, .longest_line = 7}));
  EXPECT_EQ(count_text("\u4e2d\u6587 \u00e9\n"),
            (Counts{.lines = 1, .words = 2, .characters = 5, .bytes = 10, .longest_line = 6}));
  EXPECT_EQ(count_text("a\tb\r\n"),
            (Counts{.lines = 1, .words = 2, .characters = 5, .bytes = 5, .longest_line = 9}));
}

TEST(Count, NeutralCharactersDoNotSplitWords) {
  EXPECT_EQ(count_text("a\x01"
                       "b")
                .words,
            1U);
  EXPECT_EQ(count_text("a\xff"
                       "b")
                .words,
            1U);
  EXPECT_EQ(count_text("\x01 \xff").words, 0U);
  EXPECT_EQ(count_text("a\u00a0b").words, 2U);
}

TEST(Count, OnlyWhatIsAskedFor) {
  const std::string text = random_text(1000, 1);
  const Counts all = count_text(text);
  for (const CountFields fields : kFieldSets) EXPECT_EQ(count_text(text, fields), only(fields, all));
}

TEST(Count, AppendingChunksToOnePartialIsTheSame) {
  CountPartial partial;
  count_chunk(partial, to_bytes("a\xe4\xb8"), CountFields::all());
  count_chunk(partial, to_bytes("\xad"), CountFields::all());
  count_chunk(partial, to_bytes("b\tc"), CountFields::all());
  EXPECT_EQ(partial.counts(), count_text("a\u4e2d"
                                         "b\tc"));
}

class CountOnTarget : public simd::OnEveryTarget {
 protected:
  void SetUp() override {
    OnEveryTarget::SetUp();
    if (!locale_.ok()) GTEST_SKIP() << "this machine has no C.UTF-8 locale";
  }
  count_detail::Utf8Locale locale_;
};

TEST_P(CountOnTarget, EqualsTheOracle) {
  for (unsigned seed = 0; seed < rounds(); ++seed) {
    const std::string text = random_text(seed * 3 % 700, seed);
    const Counts want = oracle_counts(to_bytes(text));
    for (const CountFields fields : kFieldSets) {
      ASSERT_EQ(count_text(text, fields), only(fields, want)) << "seed " << seed;
    }
  }
}

TEST_P(CountOnTarget, AnyCuttingAndGroupingIsTheSame) {
  std::mt19937 random{3};
  for (unsigned seed = 0; seed < rounds(); ++seed) {
    const std::string text = random_text(seed % 400, seed);
    const Counts want = oracle_counts(to_bytes(text));
    for (const std::size_t chunk_max : {1UZ, 3UZ, 20UZ, 200UZ}) {
      const auto chunks = cut_at_random(text, chunk_max, random);
      ASSERT_EQ(merge_in_file_order(chunks, CountFields::all()).counts(), want) << "seed " << seed;
      ASSERT_EQ(merge_in_random_order(chunks, CountFields::all(), random).counts(), want) << "seed " << seed;
    }
  }
}

TEST_P(CountOnTarget, AnyBytes) {
  const bool holds = rc::check("counts of cut and merged bytes equal the oracle", [] {
    const auto values = *rc::gen::container<std::vector<std::uint8_t>>(rc::gen::arbitrary<std::uint8_t>());
    const unsigned seed = *rc::gen::arbitrary<unsigned>();
    const ByteView bytes = std::as_bytes(std::span{values});
    std::mt19937 random{seed};
    const auto chunks = cut_at_random(to_text(bytes), 1 + seed % 40, random);
    RC_ASSERT(merge_in_random_order(chunks, CountFields::all(), random).counts() == oracle_counts(bytes));
  });
  EXPECT_TRUE(holds);
}

FOLIO_ON_EVERY_TARGET(CountOnTarget);

}  // namespace
}  // namespace folio
