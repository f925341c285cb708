// SPDX-License-Identifier: Apache-2.0
// Runs on small files, and what follows from cells.
#include "bench/access/run.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <random>
#include <string>

#include "bench/access/arena.h"
#include "bench/access/findings.h"
#include "bench/page_cache.h"

namespace folio::bench {
namespace {

class TestFile {
 public:
  explicit TestFile(std::uint64_t size)
      : path_((std::filesystem::temp_directory_path() /
               ("folio_bench_test." + std::to_string(std::random_device{}())))
                  .string()) {
    std::ofstream(path_, std::ios::binary) << std::string(size, '\n');
    files_ = {{path_}, size};
  }
  TestFile(const TestFile&) = delete;
  TestFile& operator=(const TestFile&) = delete;
  ~TestFile() {
    std::error_code ignored;
    std::filesystem::remove(path_, ignored);
  }
  [[nodiscard]] const TestFiles& files() const { return files_; }
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  std::string path_;
  TestFiles files_;
};

struct Recorder final : AccessListener {
  std::vector<Situation> begun;
  std::size_t cells = 0;
  std::size_t rows = 0;
  std::stop_source* stop_at_cell = nullptr;

  Flow begins(const Situation& situation, std::size_t, std::size_t) override {
    begun.push_back(situation);
    return Flow::Continue;
  }
  void measured(const Cell&) override {
    ++cells;
    if (stop_at_cell != nullptr) stop_at_cell->request_stop();
  }
  void compared(const AutoRow&) override { ++rows; }
};

TEST(Run, MeasuresEachMethodAndComparesAuto) {
  const TestFile file(100'000);
  AccessOptions options{.files = {file.files()}, .breadth = Breadth::Quick, .budget = 0.5};
  options.wanted = [](const Situation& situation) { return situation.state == CacheState::WarmSmall; };
  options.limits = {{.kind = LimitKind::Memory, .threads = 1, .bytes_per_second = 1e12}};
  Recorder recorder;
  const auto run = measure_access(options, recorder);
  ASSERT_TRUE(run) << run.error().message();
  ASSERT_FALSE(run->cells.empty());
  EXPECT_EQ(recorder.cells, run->cells.size());
  EXPECT_EQ(recorder.rows, run->autos.size());
  EXPECT_FALSE(run->interrupted);
  for (const Cell& cell : run->cells) {
    EXPECT_GE(cell.cost.rounds, 3U) << label(cell.method);
    EXPECT_GT(cell.bytes_per_second(), 0);
    EXPECT_GT(cell.peak_memory, 0U);
    EXPECT_EQ(cell.cached_before, 1.0);
    EXPECT_EQ(cell.limit, LimitKind::Memory);
    EXPECT_DOUBLE_EQ(*cell.limit_share, cell.bytes_per_second() / 1e12);
    EXPECT_EQ(cell.used.has_value(), cell.method.method == Method::Auto);
  }
  const Summary summary = summary_of(*run);
  EXPECT_EQ(summary.auto_cells, run->autos.size());
  EXPECT_GE(summary.auto_worst, summary.auto_median);
}

TEST(Run, KeepsWhatThereIsWhenInterrupted) {
  const TestFile file(10'000);
  std::stop_source stop;
  const AccessOptions options{.files = {file.files()}, .breadth = Breadth::Quick, .stop = stop.get_token()};
  Recorder recorder;
  recorder.stop_at_cell = &stop;
  const auto run = measure_access(options, recorder);
  ASSERT_TRUE(run);
  EXPECT_TRUE(run->interrupted);
  EXPECT_FALSE(run->complete);
  EXPECT_FALSE(run->cells.empty());
}

TEST(Run, LeavesOutWhatTheBudgetDoesNotReach) {
  const TestFile file(10'000);
  const AccessOptions options{.files = {file.files()}, .breadth = Breadth::Quick, .budget = 1e-9};
  Recorder recorder;
  const auto run = measure_access(options, recorder);
  ASSERT_TRUE(run);
  EXPECT_FALSE(run->complete);
  EXPECT_FALSE(run->interrupted);
  EXPECT_LE(recorder.begun.size(), 1U);
}

TEST(Arena, RefusesAWrongAnswer) {
  const TestFile file(100'000);
  auto arena = Arena::open(file.files(), {.size = 100'000}, {}, {});
  ASSERT_TRUE(arena);
  ASSERT_TRUE(arena->run({Method::Read, 4096, 0}));
  std::ofstream(file.path(), std::ios::binary) << std::string(100'000, 'x');
  const auto wrong = arena->run({Method::Read, 4096, 0});
  ASSERT_FALSE(wrong);
  EXPECT_EQ(wrong.error().code, Errc::BadData);
}

TEST(PageCache, IsBroughtIntoEachState) {
  const TestFile path(5 << 20);
  const auto file = File::open(path.path());
  ASSERT_TRUE(file && file->sync());
  const auto cold = make_cold(*file, {0, file->size()});
  ASSERT_TRUE(cold);
  if (!cold->is_cold()) GTEST_SKIP() << "this file system keeps its pages";
  ASSERT_TRUE(make_warm_small(*file));
  EXPECT_EQ(cached_share(*file, {0, file->size()}), 1.0);
  const auto small = mapped_faults_per_mib(*file);
  ASSERT_TRUE(small && *small);
  EXPECT_GT(**small, 2) << "folios of 4 KiB";
  ASSERT_TRUE(make_warm_large(*file));
  EXPECT_EQ(cached_share(*file, {0, file->size()}), 1.0);
}

// ---- Findings ----

Cell cell_of(Situation situation, MethodSpec method, double seconds) {
  Cell cell{.situation = situation, .method = method, .bytes = situation.size};
  cell.cost.seconds = seconds;
  return cell;
}

TEST(Findings, SayWhereMappingWinsAndFromWhichSizeOn) {
  std::vector<Cell> cells;
  const auto add = [&](std::uint64_t size, double mapped, double read) {
    cells.push_back(cell_of({.size = size}, {.method = Method::Map}, mapped));
    cells.push_back(cell_of({.size = size}, {.method = Method::MapHuge}, mapped * 1.5));
    cells.push_back(cell_of({.size = size}, {Method::Read, 4096, 0}, read));
    cells.push_back(cell_of({.size = size}, {.method = Method::Auto}, 1e-9));
  };
  add(1 << 10, 3e-6, 1e-6);
  add(1 << 20, 50e-6, 100e-6);
  add(1 << 30, 0.1, 0.2);
  const auto findings = findings_of(cells);
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].verdict, Verdict::MapWins);
  EXPECT_DOUBLE_EQ(findings[0].ratio, 2);
  const std::string& text = findings[0].text;
  EXPECT_NE(text.find("mapping wins from 1 MiB on"), std::string::npos) << text;
  EXPECT_NE(text.find("at 1 GiB, map (11 GB/s) is 2.00 times as fast as read 4 KiB"), std::string::npos)
      << text;
  EXPECT_NE(text.find("at 1 KiB, read 4 KiB"), std::string::npos) << text;
  EXPECT_EQ(text.find("auto"), std::string::npos) << text;
}

TEST(Findings, CallSmallDifferencesEven) {
  const std::vector<Cell> cells{cell_of({.size = 4096}, {.method = Method::Map}, 1.0),
                                cell_of({.size = 4096}, {Method::Read, 4096, 0}, 1.04)};
  const auto findings = findings_of(cells);
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].verdict, Verdict::Even);
  EXPECT_TRUE(findings_of({}).empty());
  EXPECT_TRUE(findings_of(std::span{cells}.first(1)).empty()) << "nothing to compare with";
}

TEST(Classic, TakesTheLargestFileAndTheSecondPassFromTheDifference) {
  std::vector<Cell> cells;
  const Situation large{.size = 1000};
  cells.push_back(cell_of({.size = 10}, {Method::Read, 4096, 0}, 1e-9));
  cells.push_back(cell_of(large, {Method::Read, 4096, 0}, 4e-6));
  cells.push_back(cell_of(large, {Method::Read, 65536, 0}, 2e-6));
  cells.push_back(cell_of(large, {.method = Method::Map}, 3e-6));
  Situation passes = large;
  passes.shape = Shape::Passes;
  cells.push_back(cell_of(passes, {.method = Method::Map}, 6e-6));
  const auto rows = classic_rows(cells);
  ASSERT_EQ(rows.size(), 3U) << "one thread only: no row for all cores";
  EXPECT_DOUBLE_EQ(rows[0].cell.bytes_per_second(), 1000 / 2e-6);
  EXPECT_DOUBLE_EQ(rows[1].cell.bytes_per_second(), 1000 / 3e-6);
  EXPECT_NEAR(rows[2].cell.bytes_per_second(), 1000 / 1e-6, 1);
  EXPECT_TRUE(classic_rows({}).empty());
}

}  // namespace
}  // namespace folio::bench
