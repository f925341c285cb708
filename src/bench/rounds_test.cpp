// SPDX-License-Identifier: Apache-2.0
#include "bench/rounds.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <chrono>
#include <string>
#include <thread>

namespace folio::bench {
namespace {

using std::chrono::milliseconds;
using ::testing::Each;

Contender writes(std::string& order, char name) {
  return {.run = [&order, name]() -> Result<void> {
    order += name;
    return {};
  }};
}

TEST(Rounds, TakeTurnsInTheOrderGiven) {
  std::string order;
  const std::array contenders{writes(order, 'a'), writes(order, 'b'), writes(order, 'c')};
  const auto measured = measure_in_turns(contenders, {.least = 2, .most = 2});
  ASSERT_TRUE(measured);
  EXPECT_EQ(order, "abcabc");
  EXPECT_THAT(*measured, Each(::testing::Field(&Measured::rounds, 2U)));
}

TEST(Rounds, InRandomOrderEachRunsOnceARoundAndTheSameInEachRun) {
  std::string orders[2];
  for (std::string& order : orders) {
    const std::array contenders{writes(order, 'a'), writes(order, 'b'), writes(order, 'c'),
                                writes(order, 'd')};
    ASSERT_TRUE(measure_in_turns(contenders, {.least = 8, .most = 8, .order = Order::Random}));
    for (std::size_t round = 0; round < 8; ++round) {
      EXPECT_THAT(order.substr(4 * round, 4), ::testing::UnorderedElementsAre('a', 'b', 'c', 'd'));
    }
  }
  EXPECT_EQ(orders[0], orders[1]);
  EXPECT_NE(orders[0].substr(0, 16), orders[0].substr(16));
}

TEST(Rounds, PrepareComesBeforeEachRunAndIsNotTimed) {
  std::string order;
  const Contender contender{.run = writes(order, 'r').run, .prepare = [&order]() -> Result<void> {
                              order += 'p';
                              std::this_thread::sleep_for(milliseconds{20});
                              return {};
                            }};
  const auto measured = measure_in_turns({&contender, 1}, {.least = 2, .most = 2});
  ASSERT_TRUE(measured);
  EXPECT_EQ(order, "prpr");
  EXPECT_LT(measured->front().seconds_min, 0.02);
}

TEST(Rounds, MedianLiesBetweenTheExtremes) {
  int number = 0;
  const Contender contender{.run = [&number]() -> Result<void> {
    std::this_thread::sleep_for(milliseconds{++number});
    return {};
  }};
  const auto measured = measure_in_turns({&contender, 1}, {.least = 5, .most = 5});
  ASSERT_TRUE(measured);
  const Measured& cost = measured->front();
  EXPECT_GE(cost.seconds_min, 0.001);
  EXPECT_GE(cost.seconds, 0.003);
  EXPECT_GE(cost.seconds_max, 0.005);
  EXPECT_GT(cost.spread, 0);
}

TEST(Rounds, TheFirstErrorEndsEverything) {
  std::string order;
  const Contender failing{.run = []() -> Result<void> {
    return std::unexpected(Error{.code = Errc::Io, .path = {}, .offset = {}, .detail = "broken"});
  }};
  const std::array contenders{writes(order, 'a'), failing, writes(order, 'b')};
  const auto measured = measure_in_turns(contenders, {});
  ASSERT_FALSE(measured);
  EXPECT_EQ(measured.error().code, Errc::Io);
  EXPECT_EQ(order, "a");
}

TEST(Rounds, AFailingPreparationRunsNothing) {
  std::string order;
  const Contender contender{
      .run = writes(order, 'r').run, .prepare = []() -> Result<void> {
        return std::unexpected(Error{.code = Errc::NoSpace, .path = {}, .offset = {}, .detail = "full"});
      }};
  const auto measured = measure_in_turns({&contender, 1}, {});
  ASSERT_FALSE(measured);
  EXPECT_EQ(measured.error().code, Errc::NoSpace);
  EXPECT_EQ(order, "");
}

TEST(Rounds, OneThatHasSettledRestsAndTheOthersGoOn) {
  int number = 0;
  std::string order;
  const Contender steady{.run = [&order]() -> Result<void> {
    order += 's';
    std::this_thread::sleep_for(milliseconds{5});
    return {};
  }};
  const Contender restless{.run = [&]() -> Result<void> {
    order += 'r';
    std::this_thread::sleep_for(milliseconds{number++ % 2 == 0 ? 1 : 20});
    return {};
  }};
  const std::array contenders{steady, restless};
  const auto measured =
      measure_in_turns(contenders, {.least = 3, .most = 6, .enough = 60, .spread_enough = 0.9});
  ASSERT_TRUE(measured);
  EXPECT_LT((*measured)[0].rounds, (*measured)[1].rounds);
  EXPECT_GE((*measured)[0].rounds, 3U);
  EXPECT_EQ((*measured)[1].rounds, 6U);
}

TEST(Rounds, NoneBeyondTheLeastIsBegunWhenTheTimeIsSpent) {
  std::string order;
  const Contender contender = writes(order, 'a');
  const auto measured = measure_in_turns({&contender, 1}, {.least = 2, .most = 50, .enough = 0});
  ASSERT_TRUE(measured);
  EXPECT_EQ(order, "aa");
}

TEST(Rounds, AStopCancelsBeforeTheNextRun) {
  std::stop_source stop;
  std::string order;
  const Contender stopping{.run = [&]() -> Result<void> {
    order += 's';
    stop.request_stop();
    return {};
  }};
  const std::array contenders{stopping, writes(order, 'b')};
  const auto measured = measure_in_turns(contenders, {.stop = stop.get_token()});
  ASSERT_FALSE(measured);
  EXPECT_EQ(measured.error().code, Errc::Cancelled);
  EXPECT_EQ(order, "s");
}

TEST(Rounds, RatesAndFaultsOfNothingAreZero) {
  EXPECT_EQ(rate(100, 0), 0);
  EXPECT_EQ(rate(100, 2), 50);
  EXPECT_EQ(faults_per_mib({}, 0), 0);
  EXPECT_EQ(faults_per_mib({.minor_faults = 3, .major_faults = 1}, 2 << 20), 2);
}

}  // namespace
}  // namespace folio::bench
