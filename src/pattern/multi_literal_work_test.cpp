// SPDX-License-Identifier: Apache-2.0
// The work of the search for several literals on inputs made to hurt it, in bytes compared, not in time.
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "pattern/aho_corasick.h"
#include "pattern/multi_literal.h"
#include "simd/for_test.h"

namespace folio::pattern {
namespace {

constexpr std::size_t kSize = 1 << 20;

std::string repeated(std::string_view unit, std::size_t size) {
  std::string text;
  while (text.size() < size) text += unit;
  return text;
}

struct Adversary {
  std::vector<std::string> literals;
  std::string haystack;
};

std::vector<Adversary> adversaries() {
  std::vector<Adversary> all;
  for (const std::size_t count : {3UZ, 64UZ, 500UZ}) {
    Adversary runs{{}, std::string(kSize, 'a')};
    Adversary periods{{}, repeated("ab", kSize)};
    Adversary shared{{}, repeated("http://www.example.com/ ", kSize)};
    for (std::size_t i = 0; i < count; ++i) {
      runs.literals.push_back(std::string(20 + i, 'a') + "b" + std::string(i, 'a'));
      periods.literals.push_back(repeated("ab", 40 + 2 * i) + "b" + repeated("ab", 2 * i + 2));
      shared.literals.push_back("http://www.example.com/" + std::to_string(i));
    }
    all.push_back(std::move(runs));
    all.push_back(std::move(periods));
    all.push_back(std::move(shared));
  }
  return all;
}

std::vector<ByteView> views(const std::vector<std::string>& literals) {
  std::vector<ByteView> all;
  for (const std::string& literal : literals) all.push_back(to_bytes(literal));
  return all;
}

// One candidate may cost all literals, after which the budget is asked.
std::uint64_t allowed(const Adversary& adversary, const SearchState& state) {
  std::uint64_t all_literals = 0;
  for (const std::string& literal : adversary.literals) all_literals += literal.size() + 8;
  return simd::PairWork{}.allowance + simd::kVerifiedPerByte * adversary.haystack.size() +
         (state.give_ups + 1) * all_literals;
}

class MultiLiteralWork : public simd::OnEveryTarget {};

TEST_P(MultiLiteralWork, StaysLinear) {
  for (const Adversary& adversary : adversaries()) {
    const auto searcher = MultiLiteralSearcher::make(views(adversary.literals));
    SearchState finding;
    EXPECT_EQ(searcher.find(to_bytes(adversary.haystack), 0, finding), std::nullopt);
    EXPECT_LE(finding.work.verified_bytes, allowed(adversary, finding));
    EXPECT_LE(finding.give_ups, 20U);
    SearchState counting;
    EXPECT_EQ(searcher.count_records(to_bytes(adversary.haystack), std::byte{'\n'}, counting), 0U);
    EXPECT_LE(counting.work.verified_bytes, allowed(adversary, counting));
    EXPECT_LE(counting.give_ups, 20U);
  }
}

TEST(AhoCorasickMemory, IsLinear) {
  std::vector<std::string> literals;
  std::size_t total = 0;
  for (std::size_t i = 0; i < 20000; ++i) {
    literals.push_back(std::to_string(i * 7919) + "-" + std::to_string(i * i));
    total += literals.back().size();
  }
  const LiteralTable table{views(literals), CaseFolding::None};
  const AhoCorasick automaton{table};
  EXPECT_LE(automaton.state_count(), total + 1);
  EXPECT_LE(automaton.memory(), 40 * total + 65536);
  const std::string text = "..." + literals[12345] + "...";
  ASSERT_TRUE(automaton.find(to_bytes(text), 0, text.size()).match.has_value());
}

FOLIO_ON_EVERY_TARGET(MultiLiteralWork);

}  // namespace
}  // namespace folio::pattern
