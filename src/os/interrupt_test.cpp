// SPDX-License-Identifier: Apache-2.0
// SIGINT and SIGTERM as a stop token, in processes of their own.
#include "os/interrupt.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <csignal>

namespace folio::os {
namespace {

int stops_after_one(int signal) {
  const std::stop_token token = interrupt_token();
  if (token.stop_requested()) return 1;
  std::raise(signal);
  return token.stop_requested() && interrupt_token().stop_requested() ? 0 : 2;
}

TEST(InterruptDeathTest, FirstSignalStopsTheToken) {
  EXPECT_EXIT(::_exit(stops_after_one(SIGINT)), testing::ExitedWithCode(0), "");
  EXPECT_EXIT(::_exit(stops_after_one(SIGTERM)), testing::ExitedWithCode(0), "");
}

TEST(InterruptDeathTest, SecondSignalEndsTheProcess) {
  EXPECT_EXIT(
      {
        static_cast<void>(stops_after_one(SIGINT));
        std::raise(SIGINT);
        ::_exit(0);
      },
      testing::KilledBySignal(SIGINT), "");
}

int stops_after_an_ignored_one() {
  std::signal(SIGINT, SIG_IGN);
  const std::stop_token token = interrupt_token();
  std::raise(SIGINT);
  return token.stop_requested() ? 1 : 0;
}

TEST(InterruptDeathTest, IgnoredSignalStaysIgnored) {
  EXPECT_EXIT(::_exit(stops_after_an_ignored_one()), testing::ExitedWithCode(0), "");
}

}  // namespace
}  // namespace folio::os
