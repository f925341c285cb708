// SPDX-License-Identifier: Apache-2.0
#include "bench/algorithms.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <array>
#include <set>

#include "bench/algorithms_findings.h"
#include "bench/algorithms_horspool.h"
#include "bench/algorithms_texts.h"

namespace folio::bench {
namespace {

using ::testing::HasSubstr;

constexpr std::size_t kSize = 16 << 10;

std::uint64_t naive_count(const std::string& haystack, const std::string& needle) {
  std::uint64_t count = 0;
  for (std::size_t at = haystack.find(needle); at != std::string::npos;
       at = haystack.find(needle, at + needle.size())) {
    ++count;
  }
  return count;
}

TEST(AlgorithmCases, EverySearcherFindsWhatTheStringFinds) {
  for (const AlgorithmCase& one : algorithm_cases()) {
    const SearchInput input = one.make(kSize);
    EXPECT_GE(input.haystack.size(), kSize) << one.name;
    const auto count = agreed_count(searchers(), to_bytes(input.haystack), to_bytes(input.needle));
    ASSERT_TRUE(count) << one.name << ": " << count.error().message();
    EXPECT_EQ(*count, naive_count(input.haystack, input.needle)) << one.name;
  }
}

TEST(AlgorithmCases, AreTheSameInEachRunAndHaveNamesOfTheirOwn) {
  std::set<std::pair<AlgorithmGroup, std::string>> names;
  for (const AlgorithmCase& one : algorithm_cases()) {
    EXPECT_TRUE(names.emplace(one.group, one.name).second) << one.name;
    EXPECT_EQ(one.make(kSize).haystack, one.make(kSize).haystack) << one.name;
  }
}

TEST(AlgorithmCases, DensitiesAreAsTheirNamesSay) {
  constexpr std::size_t kMib = 1 << 20;
  std::map<std::string, std::uint64_t> counts;
  for (const AlgorithmCase& one : algorithm_cases()) {
    if (one.group != AlgorithmGroup::Density) continue;
    const SearchInput input = one.make(2 * kMib);
    counts[one.name] = naive_count(input.haystack, input.needle);
  }
  EXPECT_EQ(counts["none"], 0U);
  EXPECT_EQ(counts["one per MiB"], 2U);
  EXPECT_EQ(counts["one per 64 KiB"], 32U);
  EXPECT_EQ(counts["one per KiB"], 2048U);
  EXPECT_EQ(counts["every byte"], 2 * kMib);
}

RC_GTEST_PROP(Searchers, AgreeOnSmallAlphabets, ()) {
  const auto letters = rc::gen::elementOf(std::string("ab"));
  const auto haystack = *rc::gen::container<std::string>(letters);
  const auto needle = *rc::gen::nonEmpty(rc::gen::container<std::string>(letters));
  const auto count = agreed_count(searchers(), to_bytes(haystack), to_bytes(needle));
  RC_ASSERT(count.has_value());
  RC_ASSERT(*count == naive_count(haystack, needle));
}

TEST(Horspool, FindsAtTheEdges) {
  const Horspool searcher(to_bytes("ab"));
  EXPECT_EQ(searcher.find(to_bytes("ab"), 0), 0U);
  EXPECT_EQ(searcher.find(to_bytes("xxab"), 1), 2U);
  EXPECT_EQ(searcher.find(to_bytes("xxab"), 3), Horspool::kNone);
  EXPECT_EQ(searcher.find(to_bytes("a"), 0), Horspool::kNone);
  EXPECT_EQ(searcher.find({}, 0), Horspool::kNone);
  EXPECT_EQ(searcher.find(to_bytes("ab"), 5), Horspool::kNone);
}

TEST(Texts, FibonacciWordIsThatOfTheBook) {
  EXPECT_EQ(fibonacci_word(13), "abaababaabaab");
}

std::uint64_t finds_nothing(ByteView, ByteView) {
  return 0;
}

TEST(AgreedCount, ASearcherThatIsWrongIsNamed) {
  const std::array contenders{naive_searcher(),
                              Searcher{"blind", Origin::Foreign, WorstCase::Linear, finds_nothing}};
  const auto count = agreed_count(contenders, to_bytes("aXa"), to_bytes("X"));
  ASSERT_FALSE(count);
  EXPECT_EQ(count.error().code, Errc::BadData);
  EXPECT_THAT(count.error().message(), HasSubstr("blind finds 0 matches, naive 1"));
}

class Keeper : public AlgorithmListener {
 public:
  void begin(double limit, std::size_t) override { limit_ = limit; }
  Flow show(const AlgorithmRow& row) override {
    rows.push_back(row);
    return flow;
  }
  std::vector<AlgorithmRow> rows;
  Flow flow = Flow::Continue;
  double limit_ = 0;
};

TEST(RunAlgorithms, ShortensPathologicalHaystacksForQuadraticSearchersOnly) {
  Keeper keeper;
  const auto end = run_algorithms({.size = 512 << 10, .only = "a^255 b"}, keeper);
  ASSERT_TRUE(end) << end.error().message();
  ASSERT_EQ(keeper.rows.size(), 1U);
  for (const AlgorithmCell& cell : keeper.rows.front().cells) {
    const bool shortened = cell.searcher->worst_case == WorstCase::Quadratic;
    EXPECT_EQ(cell.size, shortened ? 8U << 10 : 512U << 10) << cell.searcher->name;
    EXPECT_GT(cell.bytes_per_second, 0);
  }
  EXPECT_EQ(keeper.rows.front().fastest().size, 512U << 10);
}

TEST(RunAlgorithms, EndsWithBudgetStopOrListener) {
  Keeper keeper;
  auto end = run_algorithms({.size = kSize, .budget = 0}, keeper);
  ASSERT_TRUE(end);
  EXPECT_EQ(end->measured, 0U);
  std::stop_source stop;
  stop.request_stop();
  end = run_algorithms({.size = kSize, .stop = stop.get_token()}, keeper);
  ASSERT_TRUE(end);
  EXPECT_TRUE(end->interrupted);
  keeper.flow = Flow::Stop;
  end = run_algorithms({.size = kSize}, keeper);
  ASSERT_TRUE(end);
  EXPECT_EQ(end->measured, 1U);
}

TEST(RunAlgorithms, RefusesWhatItCannotMeasure) {
  Keeper keeper;
  EXPECT_FALSE(run_algorithms({.size = 100}, keeper));
  EXPECT_FALSE(run_algorithms({.size = kSize, .only = "no such case"}, keeper));
}

AlgorithmRow row_with(double used, double other) {
  AlgorithmRow row{.name = "made up", .size = 1, .cells = {}};
  row.cells.push_back({.searcher = &searchers().front(), .size = 1, .cost = {}, .bytes_per_second = used});
  row.cells.push_back({.searcher = &naive_searcher(), .size = 1, .cost = {}, .bytes_per_second = other});
  for (AlgorithmCell& cell : row.cells) cell.ratio_to_best = std::max(used, other) / cell.bytes_per_second;
  return row;
}

TEST(AlgorithmFindings, TellWhereFoliosOwnLoses) {
  const std::array rows{row_with(1e9, 2e9), row_with(3e9, 2e9)};
  const auto findings = algorithm_findings(rows);
  ASSERT_EQ(findings.size(), 3U);
  EXPECT_EQ(findings[0].verdict, AlgorithmVerdict::Wins);
  EXPECT_THAT(findings[1].text, HasSubstr("in 1 of 2 cases"));
  EXPECT_EQ(findings[2].verdict, AlgorithmVerdict::Loses);
  EXPECT_THAT(findings[2].text, HasSubstr("takes 2.00 times as long as naive"));
  EXPECT_TRUE(algorithm_findings({}).empty());
}

}  // namespace
}  // namespace folio::bench
