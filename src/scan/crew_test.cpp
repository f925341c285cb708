// SPDX-License-Identifier: Apache-2.0
#include "scan/crew.h"

#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <chrono>
#include <string>
#include <thread>

#include "folio/scan.h"
#include "scan/scan_oracle.h"

namespace folio::scan {
namespace {

TEST(Crew, DoesEachJobOnceOnEachHelper) {
  Crew crew(3);
  ASSERT_EQ(crew.size(), 3U);
  std::array<std::atomic<unsigned>, 4> done{};
  for (unsigned round = 1; round <= 200; ++round) {
    crew.start([&](unsigned number) { ++done.at(number); });
    crew.wait();
    for (unsigned number = 1; number <= 3; ++number) ASSERT_EQ(done.at(number), round);
    // Some rounds find the helpers asleep.
    if (round % 50 == 0) std::this_thread::sleep_for(std::chrono::milliseconds{2});
  }
  EXPECT_EQ(done[0], 0U);
}

TEST(Crew, EndsWithoutAJobAndWithoutHelpers) {
  {
    const Crew idle(2);
  }
  Crew nobody(0);
  nobody.start([](unsigned) { FAIL(); });
  nobody.wait();
}

TEST(Crew, ServesSessionsOfAnyNumberOfThreads) {
  const std::string text(3 << 20, '\n');
  const TempFile temp(text);
  const File file = temp.open();
  const auto session = ScanSession::open(file);
  ASSERT_TRUE(session);
  struct Sum {
    std::uint64_t value = 0;
    void merge(Sum later) { value += later.value; }
  };
  for (const unsigned threads : {2U, 5U, 1U, 3U, 0U}) {
    const auto sum = scan_reduce<Sum>(*session, {.threads = threads, .chunk_size = 4096},
                                      [](Sum& part, const Chunk& chunk) {
                                        EXPECT_LT(chunk.worker, 5U);
                                        part.value = chunk.bytes.size();
                                      });
    ASSERT_TRUE(sum);
    EXPECT_EQ(sum->value.value, text.size());
    if (threads != 0) {
      EXPECT_EQ(sum->report.stats.threads, threads);
    }
  }
}

// Nobody waits for a thread that would have nothing to do, and everybody for one that has.
TEST(Helpers, AreStartedWhenAChunkShowsThatTheyPay) {
  const std::string text(4 << 20, '\n');
  const TempFile temp(text);
  struct Nothing {
    void merge(Nothing) {}
  };
  const ScanOptions all{.threads = 0, .chunk_size = 1 << 19};
  if (plan_scan(temp.open(), all)->threads < 2) GTEST_SKIP() << "one core";
  const auto slow = scan_reduce<Nothing>(temp.open(), all, [](Nothing&, const Chunk& chunk) {
    if (chunk.index > 1) std::this_thread::sleep_for(std::chrono::milliseconds{2});
  });
  ASSERT_TRUE(slow);
  EXPECT_GE(slow->report.stats.threads, 2U);
}

}  // namespace
}  // namespace folio::scan
