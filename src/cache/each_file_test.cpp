// SPDX-License-Identifier: Apache-2.0
#include "cache/each_file.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include "cache/once.h"
#include "cache/ordered_gate.h"
#include "cache/total.h"
#include "core/try.h"
#include "os/scratch_for_test.h"

namespace folio::cache_detail {
namespace {

struct Seen {
  std::vector<CachedFile> files;
  std::atomic<int> worked{0};
  CacheTotal total;

  [[nodiscard]] std::vector<std::string> done() const {
    std::vector<std::string> names;
    for (const CachedFile& file : files) {
      if (file.fate == FileFate::Done) names.push_back(std::filesystem::path(file.path).filename());
    }
    return names;
  }
};

void look(Seen& seen, const std::vector<std::string>& roots, const EachFileOptions& options = {}) {
  const auto work = [&](const File& file) -> Result<CacheOutcome> {
    ++seen.worked;
    CacheOutcome outcome;
    outcome.state = FOLIO_TRY(cache_state(file));
    return outcome;
  };
  const auto result = each_file(roots, options, work, [&](CachedFile& file) {
    seen.total.add(file);
    seen.files.push_back(std::move(file));
    return Flow::Continue;
  });
  EXPECT_TRUE(result);
}

TEST(EachFile, DeliversInOrderOfPathsWhateverTheThreads) {
  const os::ScratchFolder folder;
  std::vector<std::string> expected;
  for (int i = 100; i < 400; ++i) {
    expected.push_back("f" + std::to_string(i));
    folder.text(expected.back(), std::string(static_cast<std::size_t>(i), 'x'));
  }
  for (const unsigned threads : {1U, 2U, 5U}) {
    Seen seen;
    look(seen, {folder.path()}, {.threads = threads});
    EXPECT_EQ(seen.done(), expected);
    EXPECT_EQ(seen.total.files, 300U);
    EXPECT_EQ(seen.total.pages.pages, 300U);
  }
}

TEST(EachFile, WorksOnceOnAFileWithSeveralNames) {
  const os::ScratchFolder folder;
  folder.text("a", "xx");
  folder.text("c", "y");
  std::filesystem::create_hard_link(folder.path() / "a", folder.path() / "b");
  std::filesystem::create_symlink("a", folder.path() / "link");
  folder.text(".git/config", "z");
  folder.text(".gitignore", "c");
  Seen seen;
  look(seen, {folder.path(), folder.path() / "a", folder.path() / "link"}, {.threads = 4});
  EXPECT_EQ(seen.done(), (std::vector<std::string>{"config", ".gitignore", "a", "c"}));
  EXPECT_EQ(seen.worked, 4);
  EXPECT_EQ(seen.total.repeated, 3U);
}

TEST(EachFile, TellsFailuresAndGoesOn) {
  const os::ScratchFolder folder;
  folder.text("a", "xx");
  Seen seen;
  look(seen, {folder.path() / "missing", "/dev/null", folder.path() / "a"});
  EXPECT_EQ(seen.done(), std::vector<std::string>{"a"});
  EXPECT_EQ(seen.total.failed, 1U);
  EXPECT_EQ(seen.total.skipped, 1U);
}

TEST(EachFile, LeavesOutWhatHasAnotherSize) {
  const os::ScratchFolder folder;
  for (const std::size_t size : {9U, 10U, 20U, 21U})
    folder.text(std::to_string(size), std::string(size, 'x'));
  Seen seen;
  look(seen, {folder.path()}, {.size_min = 10, .size_max = 20});
  EXPECT_EQ(seen.done(), (std::vector<std::string>{"10", "20"}));
}

TEST(OrderedGate, KeepsOrderAndStopsWhenNothingMoreIsWanted) {
  constexpr int kItems = 5000;
  std::vector<int> delivered;
  OrderedGate<int> gate(
      [&](int item) {
        delivered.push_back(item);
        return item < 4000 ? Flow::Continue : Flow::Stop;
      },
      {});
  std::atomic<int> next{0};
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 4; ++i) {
      threads.emplace_back([&] {
        for (int item = next++; item < kItems; item = next++)
          gate.put(static_cast<std::uint64_t>(item), item);
      });
    }
  }
  ASSERT_EQ(delivered.size(), 4001U);
  EXPECT_TRUE(std::ranges::is_sorted(delivered));
}

TEST(Once, OthersGetTheAnswerOfTheFirst) {
  Once<int> once;
  std::atomic<int> calls{0};
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 4; ++i) {
      threads.emplace_back([&] { EXPECT_EQ(once.get({1, 1}, [&] { return ++calls; }), 1); });
    }
  }
  EXPECT_EQ(calls, 1);
  EXPECT_TRUE(once.deliver({1, 1}));
  EXPECT_FALSE(once.deliver({1, 1}));
  EXPECT_FALSE(once.get({1, 1}, [] { return 7; }));
}

std::vector<std::string> ranked(CacheOrder order, std::uint64_t top) {
  Ranking ranking(order, top);
  int number = 0;
  for (const std::uint64_t size : std::array<std::uint64_t, 6>{5, 1, 9, 5, 7, 9}) {
    CachedFile file;
    file.path = std::to_string(size) + static_cast<char>('a' + number++);
    file.outcome.state.range = {0, size};
    file.outcome.state.total.resident = 10 - size;
    ranking.add(std::move(file));
  }
  std::vector<std::string> paths;
  for (const CachedFile& file : ranking.take()) paths.push_back(file.path);
  return paths;
}

TEST(Ranking, KeepsTheLargestInOrder) {
  using Paths = std::vector<std::string>;
  EXPECT_EQ(ranked(CacheOrder::Size, UINT64_MAX), (Paths{"9c", "9f", "7e", "5a", "5d", "1b"}));
  EXPECT_EQ(ranked(CacheOrder::Size, 3), (Paths{"9c", "9f", "7e"}));
  EXPECT_EQ(ranked(CacheOrder::Resident, 2), (Paths{"1b", "5a"}));
  EXPECT_EQ(ranked(CacheOrder::Size, 0), Paths{});
}

TEST(CacheTotal, IsOnlyAsExactAsItsParts) {
  CacheTotal total;
  CachedFile file;
  file.outcome.state.method = ResidencyMethod::Cachestat;
  total.add(file);
  EXPECT_EQ(total.method, ResidencyMethod::Cachestat);
  file.outcome.state.method = ResidencyMethod::Sampled;
  total.add(file);
  EXPECT_EQ(total.method, ResidencyMethod::Sampled);
  file.outcome.state.method = ResidencyMethod::Unknown;
  total.add(file);
  file.outcome.state.method = ResidencyMethod::Cachestat;
  total.add(file);
  EXPECT_EQ(total.method, ResidencyMethod::Unknown);
}

}  // namespace
}  // namespace folio::cache_detail
