// SPDX-License-Identifier: Apache-2.0
// The report as JSON and as CSV: every number and every byte of it.
#include "cli/logs/json_report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "cli/logs/csv_report.h"
#include "cli/logs/report_for_test.h"
#include "cli/logs/times.h"
#include "cli/text.h"
#include "core/json_object.h"

namespace folio::cli {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

logs::Report small() {
  logs::Report report;
  report.format = "custom \"%h\"";
  report.format_explanation = "Given by --format.";
  report.files = {"a.log", "b\xff.log"};
  report.file_count = 2;
  report.bytes_read = 1'000;
  report.lines = 12;
  report.records = 10;
  report.filtered = 1;
  report.rejected = 1;
  report.rejects = {{"no time", 1, "a.log", 77, 3}};
  report.totals = {.count = UINT64_MAX, .bytes = 5, .errors = 2, .server_errors = 1};
  report.visitors = 4;
  report.has_time = true;
  report.first_time = -1;
  report.last_time = 1'768'435'200'250'000'000;
  report.series = {.unit = "day",
                   .bucket_seconds = 86'400,
                   .has_visitors = true,
                   .buckets = {{.begin = 0, .tally = {.count = 1}, .visitors = 1, .latency = {}}}};
  logs::Panel panel{.name = "paths", .title = "Paths", .key = "path", .rows = {}, .distinct = 9, .total = 10};
  panel.rows.push_back(
      {.key = "/\xe9,\"",
       .tally = {.count = 3, .bytes = 4},
       .latency = logs::LatencySummary{.count = 3, .p50 = 1, .max = 1'500'000'000, .mean = 2.5}});
  panel.rows.push_back({.key = "=1+1", .tally = {.count = 2}, .latency = {}});
  report.panels = {panel};
  report.notes = {"A note."};
  return report;
}

TEST(JsonReport, IsThatOfTheSchema) {
  EXPECT_EQ(
      json_report(small()),
      R"({"schema":"folio.logs/1","format":"custom \"%h\"","format_explanation":"Given by --format.","web":true,)"
      R"("files":[{"text":"a.log"},{"bytes":"Yv8ubG9n"}],"file_count":2,"bytes_read":1000,"lines":12,"records":10,)"
      R"("filtered":1,"rejected":1,"rejects":[{"reason":"no time","lines":1,"first":{"file":{"text":"a.log"},)"
      R"("offset":77,"line":3}}],"first_time":"1969-12-31T23:59:59.999999999Z","last_time":"2026-01-15T00:00:00.25Z",)"
      R"("totals":{"count":18446744073709551615,"bytes":5,"errors":2,"server_errors":1,"visitors":4},"latency":null,)"
      R"("series":{"unit":"day","bucket_seconds":86400,"buckets":[{"begin":"1970-01-01T00:00:00Z","count":1,"bytes":0,)"
      R"("errors":0,"server_errors":0,"visitors":1}]},"panels":[{"name":"paths","title":"Paths","key":"path",)"
      R"("ranked":true,"distinct":9,"total":10,"rows":[{"key":{"bytes":"L+ksIg=="},"count":3,"bytes":4,"errors":0,)"
      R"("server_errors":0,"latency":{"count":3,"p50":0.000000001,"p90":0,"p95":0,"p99":0,"p999":0,"max":1.5,)"
      R"("mean":0.000000003}},{"key":{"text":"=1+1"},"count":2,"bytes":0,"errors":0,"server_errors":0,"latency":null}]}],)"
      R"("notes":["A note."]})"
      "\n");
}

TEST(JsonReport, HostileReportsAreOneValidObject) {
  ReportMaker maker{1};
  const logs::Report reports[] = {maker.hostile(), maker.web(), maker.other(), logs::Report{}};
  for (const logs::Report& report : reports) {
    const std::string text = json_report(report);
    EXPECT_TRUE(is_valid_utf8(text));
    EXPECT_TRUE(json_members(text));
    EXPECT_EQ(text.find('\n'), text.size() - 1);
    for (const char c : text.substr(0, text.size() - 1)) EXPECT_GE(static_cast<unsigned char>(c), 0x20);
    EXPECT_EQ(json_report(report), text);
  }
}

TEST(JsonReport, TemplatesHaveTheirSample) {
  ReportMaker maker{2};
  EXPECT_THAT(
      json_report(maker.other()),
      HasSubstr(
          R"("first_time":"2026-01-15T00:00:07Z","last_time":"2026-01-15T01:39:57Z","sample":{"text":"Jan 15)"));
}

/// A plain reader of RFC 4180.
std::vector<std::vector<std::string>> parsed(std::string_view text) {
  std::vector<std::vector<std::string>> rows;
  std::vector<std::string> row{""};
  bool is_quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (is_quoted) {
      if (c == '"' && i + 1 < text.size() && text[i + 1] == '"') {
        row.back() += text[++i];
      } else if (c == '"') {
        is_quoted = false;
      } else {
        row.back() += c;
      }
    } else if (c == '"' && row.back().empty()) {
      is_quoted = true;
    } else if (c == ',') {
      row.emplace_back();
    } else if (c == '\n') {
      rows.push_back(std::move(row));
      row = {""};
    } else {
      row.back() += c;
    }
  }
  EXPECT_FALSE(is_quoted);
  EXPECT_THAT(row, ElementsAre(""));
  return rows;
}

const std::string& text_of(const std::vector<CsvFile>& files, std::string_view name) {
  static const std::string missing = "missing";
  for (const CsvFile& file : files) {
    if (file.name == name) return file.text;
  }
  return missing;
}

TEST(CsvReport, FilesHaveWhatTheReportHas) {
  const std::vector<CsvFile> files = csv_files(small());
  EXPECT_EQ(text_of(files, "paths.csv"),
            "key,count,bytes,errors,server_errors,latency_count,p50,p90,p95,p99,p999,max,mean\n"
            "\"/\xe9,\"\"\",3,4,0,0,3,0.000000001,0,0,0,0,1.5,0.000000003\n"
            "=1+1,2,0,0,0,,,,,,,,\n");
  EXPECT_EQ(text_of(files, "series.csv"),
            "begin,count,bytes,errors,server_errors,visitors\n1970-01-01T00:00:00Z,1,0,0,0,1\n");
  EXPECT_EQ(text_of(files, "rejects.csv"), "reason,lines,file,offset,line\nno time,1,a.log,77,3\n");
  EXPECT_THAT(text_of(files, "summary.csv"), HasSubstr("\nformat,\"custom \"\"%h\"\"\"\n"));
  EXPECT_THAT(text_of(files, "summary.csv"), HasSubstr("\ncount,18446744073709551615\n"));
}

TEST(CsvReport, KeysAreExactAndRowsAreWhole) {
  ReportMaker maker{3};
  const logs::Report report = maker.hostile();
  const std::vector<CsvFile> files = csv_files(report);
  ASSERT_EQ(files.size(), 3 + report.panels.size());
  for (std::size_t i = 0; i < report.panels.size(); ++i) {
    const auto rows = parsed(files[3 + i].text);
    ASSERT_EQ(rows.size(), report.panels[i].rows.size() + 1);
    for (std::size_t k = 0; k + 1 < rows.size(); ++k) {
      EXPECT_EQ(rows[k + 1].size(), rows[0].size());
      EXPECT_EQ(rows[k + 1].front(), report.panels[i].rows[k].key);
      EXPECT_EQ(rows[k + 1].back(), report.panels[i].rows[k].sample);
    }
  }
}

TEST(CsvReport, NamesOfFilesAreSafeAndDifferent) {
  logs::Report report;
  for (const char* const name :
       {"../../etc/passwd", "series", "series", "", "a/b", "a\\b", "status classes"}) {
    report.panels.push_back({.name = name, .title = "", .key = "", .rows = {}});
  }
  std::vector<std::string> names;
  for (const CsvFile& file : csv_files(report)) names.push_back(file.name);
  EXPECT_THAT(names,
              ElementsAre("summary.csv", "series.csv", "rejects.csv", "______etc_passwd.csv", "series-2.csv",
                          "series-3.csv", "panel.csv", "a_b.csv", "a_b-2.csv", "status_classes.csv"));
}

class CsvFolder : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = testing::TempDir() + "folio-csv-XXXXXX";
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    folder_ = name;
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  std::filesystem::path folder_;
};

TEST_F(CsvFolder, FilesAreWrittenIntoADirectoryThatIsMade) {
  const auto target = folder_ / "new" / "csv";
  ASSERT_TRUE(write_csv(target.string(), small()));
  ASSERT_TRUE(write_csv(target.string(), small()));
  std::ifstream file{target / "paths.csv", std::ios::binary};
  std::ostringstream text;
  text << file.rdbuf();
  EXPECT_EQ(text.str(), text_of(csv_files(small()), "paths.csv"));
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator{target}, {}), 4);
}

TEST_F(CsvFolder, AFileInTheWayIsAnError) {
  std::ofstream{folder_ / "taken"} << "x";
  const auto result = write_csv((folder_ / "taken").string(), small());
  ASSERT_FALSE(result);
  EXPECT_THAT(result.error().message(), HasSubstr("taken"));
}

TEST(Times, AreInUtcAndExact) {
  EXPECT_EQ(utc_stamp(951'782'400'000'000'000), "2000-02-29T00:00:00Z");
  EXPECT_EQ(utc_stamp(-1), "1969-12-31T23:59:59.999999999Z");
  EXPECT_EQ(utc_text(253'402'300'799), "9999-12-31 23:59:59");
  EXPECT_EQ(utc_text(253'402'300'800), "253402300800 s");
  EXPECT_EQ(utc_text(INT64_MIN), "-9223372036854775808 s");
  EXPECT_EQ(bucket_text(951'782'460, 60), "2000-02-29 00:01");
  EXPECT_EQ(bucket_text(951'782'400, 604'800), "2000-02-29");
  EXPECT_EQ(bucket_text(951'782'400, 0), "2000-02");
  EXPECT_EQ(exact_seconds(1'500'000'000), "1.5");
  EXPECT_EQ(exact_seconds(INT64_MIN), "-9223372036.854775808");
  EXPECT_EQ(exact_seconds(-1), "-0.000000001");
  EXPECT_EQ(whole_seconds(-1), -1);
  EXPECT_EQ(whole_seconds(-1'000'000'000), -1);
}

}  // namespace
}  // namespace folio::cli
