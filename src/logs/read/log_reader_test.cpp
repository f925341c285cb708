// SPDX-License-Identifier: Apache-2.0
#include "logs/read/log_reader.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "logs/format/compile_format.h"
#include "logs/format/named.h"

namespace folio::logs {
namespace {

constexpr std::string_view kFormat = R"(%h %l %u %t "%r" %>s %b)";

std::string line(int number) {
  return "192.0.2." + std::to_string(number % 7) + " - - [10/Oct/2025:13:55:36 +0000] \"GET /" +
         std::to_string(number % 5) + " HTTP/1.1\" " + (number % 3 == 0 ? "503" : "200") + " 100\n";
}

std::string lines(int count) {
  std::string text;
  for (int number = 0; number < count; ++number) text += line(number);
  return text;
}

class LogReaderTest : public testing::Test {
 protected:
  void SetUp() override {
    path_ = std::filesystem::temp_directory_path() /
            ("folio-log-reader-" + std::to_string(::testing::UnitTest::GetInstance()->random_seed()) + "-" +
             ::testing::UnitTest::GetInstance()->current_test_info()->name());
    parser_ = std::move(compile_format(kFormat)).value();
  }
  void TearDown() override { std::filesystem::remove(path_); }

  void write(std::string_view text) const { std::ofstream(path_, std::ios::binary) << text; }
  [[nodiscard]] ReadRules rules() const { return {.parser = parser_.get()}; }

  std::filesystem::path path_;
  std::unique_ptr<LineParser> parser_;
};

TEST_F(LogReaderTest, CountsAreTheSameForAllThreadsAndChunks) {
  write(lines(1000));
  const File file = std::move(File::open(path_)).value();
  for (const unsigned threads : {1U, 3U}) {
    for (const std::uint64_t chunk : {1U, 100U, 1U << 20}) {
      LogReader reader(rules());
      ScanOptions options;
      options.threads = threads;
      options.chunk_size = chunk;
      const auto log = reader.read(file, options);
      ASSERT_TRUE(log);
      EXPECT_EQ(log->tally.lines, 1000U);
      EXPECT_EQ(log->tally.records, 1000U);
      const Report report = reader.aggregate().report({});
      EXPECT_EQ(report.totals.count, 1000U);
      EXPECT_EQ(report.totals.server_errors, 334U);
    }
  }
}

TEST_F(LogReaderTest, AFileThatWasCutCountsWhatIsCoveredAndNothingElse) {
  const std::string text = lines(200'000);
  write(text);
  const File file = std::move(File::open(path_)).value();
  std::filesystem::resize_file(path_, text.size() / 2);
  LogReader reader(rules());
  ScanOptions options;
  options.access = Access::Map;
  options.threads = 2;
  const auto log = reader.read(file, options);
  ASSERT_TRUE(log);
  ASSERT_TRUE(log->report.problem);
  EXPECT_LE(log->report.covered.end, text.size() / 2);
  EXPECT_EQ(reader.aggregate().report({}).totals.count, log->tally.records);
}

TEST_F(LogReaderTest, RejectedLinesLeaveInFileOrderWithTheirNumbers) {
  const std::string text = lines(10) + "broken\n" + lines(10) + "broken too\n";
  write(text);
  const File file = std::move(File::open(path_)).value();
  for (const std::uint64_t chunk : {1U, 64U, 1U << 20}) {
    std::string rejected;
    ReadRules rules = this->rules();
    rules.on_rejected = [&](std::string_view lines) {
      rejected += lines;
      return Flow::Continue;
    };
    LogReader reader(rules);
    ScanOptions options;
    options.chunk_size = chunk;
    const auto log = reader.read(file, options);
    ASSERT_TRUE(log);
    EXPECT_EQ(rejected, "broken\nbroken too\n");
    EXPECT_EQ(log->tally.rejected, 2U);
    std::uint64_t first = UINT64_MAX;
    for (const RejectTally& reason : log->tally.rejects) {
      if (!reason.first) continue;
      first = std::min(first, reason.first->number);
      EXPECT_EQ(text.substr(reason.first->offset, 6), "broken");
    }
    EXPECT_EQ(first, 11U);
  }
}

TEST_F(LogReaderTest, LinesWithoutTheTextOfTheConditionArePassedOver) {
  write(lines(999));
  const File file = std::move(File::open(path_)).value();
  Query where = std::move(Query::compile("status == 503", 0)).value();
  for (const std::string_view literal : {"", "503"}) {
    ReadRules rules = this->rules();
    rules.conditions.where = &where;
    rules.conditions.literal = literal;
    LogReader reader(rules);
    const auto log = reader.read(file, {});
    ASSERT_TRUE(log);
    EXPECT_EQ(log->tally.lines, 999U);
    EXPECT_EQ(log->tally.records, 333U);
    EXPECT_EQ(log->tally.filtered, 666U);
    EXPECT_EQ(reader.aggregate().report({}).totals.count, 333U);
  }
}

// A W3C log says anew in its middle what its columns are.
TEST_F(LogReaderTest, ColumnsThatChangeInTheMiddleAreReadInOrder) {
  std::string text = "#Version: 1.0\n#Fields: date time c-ip cs-method cs-uri-stem sc-status\n";
  for (int number = 0; number < 20'000; ++number) text += "2025-01-02 03:04:05 10.0.0.1 GET /200 503\n";
  text += "#Fields: date time c-ip cs-method sc-status cs-uri-stem\n";
  for (int number = 0; number < 20'000; ++number) text += "2025-01-02 03:04:05 10.0.0.1 GET 200 /503\n";
  write(text);
  const File file = std::move(File::open(path_)).value();
  const auto w3c =
      std::move(make_named_parser("w3c", {.header = std::string_view(text).substr(0, 4096)})).value();
  Query where = std::move(Query::compile("status == 200", 0)).value();
  for (const std::string_view literal : {"", "200"}) {
    ReadRules rules{.parser = w3c.get()};
    rules.conditions.where = &where;
    rules.conditions.literal = literal;
    LogReader reader(rules);
    ScanOptions options;
    options.threads = 4;
    options.chunk_size = 1000;
    const auto log = reader.read(file, options);
    ASSERT_TRUE(log);
    EXPECT_EQ(log->tally.records, 20'000U) << literal;
    EXPECT_EQ(log->tally.rejected, 0U) << literal;
  }
}

}  // namespace
}  // namespace folio::logs
