// SPDX-License-Identifier: Apache-2.0
#include "bench/compare.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "bench/compare_answer.h"

namespace folio::bench {
namespace {

AnswerDigest digest(Answer kind, std::initializer_list<std::string_view> pieces) {
  AnswerDigest answer(kind);
  for (const std::string_view piece : pieces) answer.add(to_bytes(piece));
  answer.finish();
  return answer;
}

TEST(AnswerDigest, DoesNotDependOnPiecesOrOrder) {
  EXPECT_EQ(digest(Answer::Lines, {"a\nbc\n"}), digest(Answer::Lines, {"b", "c\n", "", "a"}));
  EXPECT_EQ(digest(Answer::Lines, {}), digest(Answer::Lines, {""}));
}

TEST(AnswerDigest, SeesOtherLinesAndOtherNumbersOfThem) {
  const AnswerDigest one = digest(Answer::Lines, {"a\nb\n"});
  for (const std::string_view other : {"a\n", "a\na\n", "a\nb\nb\n", "ab\n", "a\nc\n", "a\nb\n\n", ""}) {
    EXPECT_FALSE(one == digest(Answer::Lines, {other})) << other;
  }
}

TEST(AnswerDigest, CountsOfNothingDoNotCount) {
  EXPECT_EQ(digest(Answer::Counts, {"0\n"}), digest(Answer::Counts, {}));
  EXPECT_EQ(digest(Answer::Counts, {"x:0\ny:10\n"}), digest(Answer::Counts, {"y:10\n"}));
  EXPECT_FALSE(digest(Answer::Lines, {"0\n"}) == digest(Answer::Lines, {}));
}

TEST(CompareCases, HaveNamesOfTheirOwnAndKnownPeers) {
  std::set<std::string> names;
  for (const CompareCase& one : compare_cases()) {
    EXPECT_TRUE(names.insert(one.name).second) << one.name;
    EXPECT_EQ(one.ours.tool, "folio");
    EXPECT_FALSE(one.peers.empty()) << one.name;
    for (const ToolCommand& peer : one.peers) {
      EXPECT_TRUE(std::ranges::any_of(compare_tools(), [&](const CompareTool& tool) {
        return tool.name == peer.tool;
      })) << peer.tool;
    }
  }
}

CompareRow row_with(double ratio, EntryState peer) {
  CompareRow row{.name = "x", .entries = {}, .goal = 0.5};
  row.entries.push_back(
      {.tool = "folio", .command = {}, .state = EntryState::Measured, .detail = {}, .cost = {}});
  row.entries.push_back(
      {.tool = "wc", .command = {}, .state = peer, .detail = {}, .cost = {}, .ratio = ratio});
  return row;
}

TEST(CompareRow, AGoalIsMetMissedOrUnknown) {
  EXPECT_EQ(row_with(0.4, EntryState::Measured).goal_met(), true);
  EXPECT_EQ(row_with(0.6, EntryState::Measured).goal_met(), false);
  EXPECT_EQ(row_with(0, EntryState::Missing).goal_met(), std::nullopt);
  EXPECT_EQ(row_with(0, EntryState::Different).goal_met(), std::nullopt);
  EXPECT_TRUE(row_with(0, EntryState::Different).has_error());
  EXPECT_FALSE(row_with(0, EntryState::TooSlow).has_error());
}

}  // namespace
}  // namespace folio::bench
