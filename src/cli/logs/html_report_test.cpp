// SPDX-License-Identifier: Apache-2.0
// The page: its size, and that no text of a log leaves its string. tests/logs_page_e2e.py looks at it in a
// browser.
#include "cli/logs/html_report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <string>

#include "cli/logs/html_data.h"
#include "cli/logs/report_for_test.h"
#include "cli/text.h"
#include "cli/write_file.h"
#include "core/json_object.h"

namespace folio::cli {
namespace {

using testing::HasSubstr;
using testing::Not;

std::string data_of(const std::string& page) {
  const std::string_view begin = "id=\"data\">\n";
  const std::size_t from = page.find(begin) + begin.size();
  return page.substr(from, page.find("</script>", from) - from);
}

std::string member(const std::string& line, std::string_view name) {
  const auto members = json_members(line);
  if (!members) return "not an object";
  for (const JsonMember& one : *members) {
    if (one.name == name) return std::string{one.value};
  }
  return "missing";
}

TEST(HtmlReport, IsOneFileWithoutLinks) {
  ReportMaker maker{1};
  const std::string page = html_report(maker.web());
  EXPECT_THAT(page, testing::StartsWith("<!doctype html>"));
  EXPECT_THAT(page, HasSubstr("default-src 'none'"));
  for (const char* const outside : {"src=", "href=\"http", "@import", "url("})
    EXPECT_THAT(page, Not(HasSubstr(outside)));
}

TEST(HtmlReport, EveryLineOfTheDataIsAnObject) {
  ReportMaker maker{2};
  const logs::Report reports[] = {maker.web(), maker.other(), maker.hostile(), logs::Report{}};
  for (const logs::Report& report : reports) {
    const auto lines = page_data(report, {});
    ASSERT_EQ(lines.size(), 2 + report.panels.size());
    EXPECT_EQ(member(lines[0], "type"), "\"report\"");
    EXPECT_EQ(member(lines[1], "type"), "\"series\"");
    for (const std::string& line : lines) {
      EXPECT_TRUE(is_valid_utf8(line));
      EXPECT_TRUE(json_members(line)) << line;
      EXPECT_THAT(line, Not(HasSubstr("\n")));
    }
  }
}

TEST(HtmlReport, HostileTextsStayInTheirElement) {
  ReportMaker maker{3};
  const std::string page = html_report(maker.hostile());
  const std::string data = data_of(page);
  EXPECT_THAT(data, Not(HasSubstr("<")));
  EXPECT_THAT(data, Not(HasSubstr("\u2028")));
  EXPECT_THAT(data, HasSubstr("\\u003c/script>"));
  EXPECT_THAT(page, Not(HasSubstr("<script>window")));
}

TEST(HtmlReport, IsNeverLargerThanAMegabyte) {
  ReportMaker maker{4};
  EXPECT_LT(html_report(maker.web()).size(), 150'000U);
  logs::Report large = maker.hostile(100'000, 5'000);
  for (logs::Panel& panel : large.panels) {
    for (logs::PanelRow& row : panel.rows) {
      row.key += std::string(1'000, '<');
      row.sample = std::string(5'000, '\x01');
    }
  }
  for (int i = 0; i < 2; ++i)
    large.panels.insert(large.panels.end(), large.panels.begin(), large.panels.begin() + 10);
  const std::string page = html_report(large);
  EXPECT_LE(page.size(), kPageBytesMax);
  EXPECT_GT(page.size(), kPageBytesMax * 9 / 10);
  EXPECT_THAT(page, HasSubstr("Tables on this page have at most"));
  EXPECT_THAT(page, HasSubstr("Each point of the time series on this page stands for 50 buckets"));
}

TEST(HtmlReport, GivesUpTablesLast) {
  ReportMaker maker{5};
  logs::Report large = maker.web();
  const logs::Panel panel = large.panels.back();
  large.panels.assign(20'000, panel);
  const std::string page = html_report(large);
  EXPECT_LE(page.size(), kPageBytesMax);
  EXPECT_THAT(page, HasSubstr("The tables do not fit"));
}

TEST(PageData, LongTextsAreCut) {
  logs::Report report;
  report.format = std::string(1'000, 'x');
  report.files = {std::string(1'000, '\xff'), std::string(1'000, 'y')};
  const std::string line = page_data(report, {.characters = 300})[0];
  EXPECT_EQ(member(line, "format"), "\"" + std::string(300, 'x') + "\u2026\"");
  EXPECT_EQ(member(line, "files"),
            "[{\"bytes\":\"" + std::string(400, '/') + "\"},\"" + std::string(300, 'y') + "\u2026\"]");
}

TEST(PageData, CoarseSeriesKeepSums) {
  ReportMaker maker{6};
  logs::Report report = maker.web(7);
  for (logs::TimeBucket& bucket : report.series.buckets) {
    bucket.tally = {.count = 1, .bytes = 10, .errors = 100, .server_errors = 1'000};
  }
  const std::string line = page_data(report, {.buckets = 3})[1];
  EXPECT_EQ(member(line, "seconds"), "10800");
  EXPECT_EQ(
      member(line, "buckets"),
      "[[1768435200,3,30,300,3000,null],[1768446000,3,30,300,3000,null],[1768456800,1,10,100,1000,null]]");
}

// Pages for a browser, where tests/logs_page_e2e.py asks for them.
TEST(HtmlReport, WritesPagesForABrowser) {
  const char* const folder = std::getenv("FOLIO_TEST_PAGES");
  if (folder == nullptr) GTEST_SKIP() << "FOLIO_TEST_PAGES names no directory";
  ReportMaker maker{7};
  const std::pair<std::string, logs::Report> pages[] = {
      {"web", maker.web()},         {"other", maker.other()},
      {"hostile", maker.hostile()}, {"long", maker.web(1'900, 500)},
      {"empty", logs::Report{}},    {"one", maker.web(1, 5)},
  };
  for (const auto& [name, report] : pages) {
    const auto file = std::filesystem::path{folder} / (name + ".html");
    ASSERT_TRUE(write_file(file.string(), html_report(report)));
  }
}

}  // namespace
}  // namespace folio::cli
