// SPDX-License-Identifier: Apache-2.0
// The terminal's report: its width, what it says, and what it never sends to a terminal.
#include "cli/logs/text_report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "cli/logs/panel_columns.h"
#include "cli/logs/report_for_test.h"
#include "cli/text.h"

namespace folio::cli {
namespace {

using testing::HasSubstr;
using testing::Not;

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = text.find('\n', at);
    lines.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return lines;
}

std::string without_colors(std::string text) {
  for (std::size_t at = text.find('\x1b'); at != std::string::npos; at = text.find('\x1b')) {
    EXPECT_EQ(text.substr(at, 2), "\x1b[");
    text.erase(at, text.find('m', at) + 1 - at);
  }
  return text;
}

TEST(TextReport, NoLineIsWiderThanTheTerminal) {
  ReportMaker maker{1};
  const logs::Report reports[] = {maker.web(),   maker.web(7),    maker.web(2000),
                                  maker.other(), maker.hostile(), maker.hostile(1000, 200),
                                  logs::Report{}};
  for (const logs::Report& report : reports) {
    for (const unsigned width : {30U, 41U, 80U, 100U, 237U}) {
      for (const Glyphs glyphs : {Glyphs::Ascii, Glyphs::Unicode}) {
        const std::string text = text_report(report, {.width = width, .rows = 300, .glyphs = glyphs});
        for (const std::string& line : lines_of(text)) EXPECT_LE(text_columns(line), width) << line;
      }
    }
  }
}

TEST(TextReport, HoldsNothingThatATerminalObeys) {
  ReportMaker maker{2};
  const logs::Report report = maker.hostile();
  for (const Glyphs glyphs : {Glyphs::Ascii, Glyphs::Unicode}) {
    const std::string text = text_report(report, {.width = 200, .rows = 300, .glyphs = glyphs});
    EXPECT_TRUE(is_valid_utf8(text));
    for (const char c : text) {
      EXPECT_TRUE(c == '\n' || static_cast<unsigned char>(c) >= 0x20) << int{c};
      EXPECT_NE(c, '\x7f');
      EXPECT_TRUE(glyphs == Glyphs::Unicode || static_cast<unsigned char>(c) < 0x80) << int{c};
    }
    for (const char* const invisible : {"\u202e", "\u200f", "\u2066", "\u2028", "\u0085"}) {
      EXPECT_THAT(text, Not(HasSubstr(invisible)));
    }
    EXPECT_THAT(text, HasSubstr("\\x1b[31mred"));
    EXPECT_THAT(text, HasSubstr("\\xff"));
    EXPECT_THAT(text, HasSubstr("\\u202e"));
  }
}

TEST(TextReport, ColoursChangeNothingElse) {
  ReportMaker maker{3};
  const logs::Report report = maker.web();
  const std::string plain = text_report(report, {});
  const std::string colored = text_report(report, {.color = true});
  EXPECT_NE(plain, colored);
  EXPECT_EQ(without_colors(colored), plain);
}

TEST(TextReport, SaysTheTotalsExactly) {
  ReportMaker maker{4};
  logs::Report report = maker.web();
  report.totals = {.count = 1'234'567, .bytes = 1'073'741'825, .errors = 12'346, .server_errors = 17};
  report.records = 1'234'567;
  const std::string text = text_report(report, {.throughput = "1.2 GB/s"});
  for (const char* const expected :
       {"requests    1,234,567", "1.00 GiB (1,073,741,825)", "12,346 (1.00 %), 17 of them the server's",
        "57 (0.01 %", "2026-01-15 00:00:00 to 2026-01-18 23:59:59 UTC", "speed       1.2 GB/s",
        "the request has no closing quote", "5,321, byte 1,234,567", "Requested paths (123,496)",
        "and 123,486 more", "p99"}) {
    EXPECT_THAT(text, HasSubstr(expected));
  }
}

TEST(TextReport, OtherLogsHaveLinesTemplatesAndSamples) {
  ReportMaker maker{5};
  const std::string text = text_report(maker.other(), {.width = 120});
  EXPECT_THAT(text, HasSubstr("Lines by 5 minutes"));
  EXPECT_THAT(text, HasSubstr("2026-01-15 00:00:07 to 2026-01-15 01:39:57"));
  EXPECT_THAT(text, HasSubstr("Jan 15 00:00:07 web1 sshd[4711]: session <n> opened"));
  EXPECT_THAT(text, Not(HasSubstr("requests")));
  EXPECT_THAT(text, Not(HasSubstr("visitors")));
}

TEST(TextReport, KeysAreCutInTheMiddle) {
  logs::Report report;
  logs::Panel panel{.name = "paths", .title = "Paths", .key = "path", .rows = {}, .distinct = 1, .total = 3};
  panel.rows.push_back(
      {.key = "/begin/" + std::string(300, 'x') + "/end", .tally = {.count = 3}, .latency = {}});
  report.panels.push_back(panel);
  const std::string text = text_report(report, {});
  EXPECT_THAT(text, HasSubstr("/begin/x"));
  EXPECT_THAT(text, HasSubstr("x/end"));
  EXPECT_THAT(text, HasSubstr("\u2026"));
}

TEST(SafeText, CutsByColumnsNotBytes) {
  const std::string wide = "\u65e5\u672c\u8a9e\u65e5\u672c\u8a9e";
  EXPECT_EQ(text_columns(wide), 12U);
  for (std::size_t columns = 1; columns < 12; ++columns) {
    const std::string cut = cut_middle(wide, columns, Glyphs::Unicode);
    EXPECT_LE(text_columns(cut), columns);
    EXPECT_TRUE(is_valid_utf8(cut));
  }
  EXPECT_EQ(cut_middle(wide, 12, Glyphs::Unicode), wide);
  EXPECT_EQ(cut_middle("abcdefghij", 7, Glyphs::Unicode), "abcd\u2026ij");
  EXPECT_EQ(cut_middle("abcdefghij", 2, Glyphs::Ascii), "..");
  EXPECT_EQ(cut_middle("abc", 0, Glyphs::Unicode), "");
}

TEST(SafeText, EscapesAreComplete) {
  EXPECT_EQ(printable(std::string_view{"a\0b\x7f\x1b", 5}, Glyphs::Unicode), "a\\x00b\\x7f\\x1b");
  EXPECT_EQ(printable("\xc2\x9b\xc3\xa9\xe9", Glyphs::Unicode), "\\u009b\u00e9\\xe9");
  EXPECT_EQ(printable("\u00e9", Glyphs::Ascii), "\\u00e9");
  EXPECT_EQ(clean_utf8("a\xff"
                       "b"),
            "a\uFFFDb");
  EXPECT_EQ(clean_utf8("\u00e9\u00e9\u00e9", 2), "\u00e9\u00e9\u2026");
}

TEST(PanelColumns, CountsAndSharesAreShortButTrue) {
  EXPECT_EQ(short_count(999'999), "999,999");
  EXPECT_EQ(short_count(1'234'567), "1.23M");
  EXPECT_EQ(short_count(999'600'000), "1.00G");
  EXPECT_EQ(short_count(UINT64_MAX), "18.4E");
  EXPECT_EQ(share_text(0, 0), "-");
  EXPECT_EQ(share_text(1, 1'000'000), "<0.01 %");
  EXPECT_EQ(share_text(UINT64_MAX, UINT64_MAX), "100.00 %");
}

TEST(BarText, GrowsInEighths) {
  EXPECT_EQ(bar_text(0, 10, Glyphs::Unicode), "");
  EXPECT_EQ(bar_text(0.0001, 10, Glyphs::Unicode), "\u258f");
  EXPECT_EQ(text_columns(bar_text(1, 10, Glyphs::Unicode)), 10U);
  EXPECT_EQ(bar_text(0.5, 10, Glyphs::Ascii), "#####");
  for (int i = 0; i <= 1000; ++i) EXPECT_LE(text_columns(bar_text(i / 1000.0, 7, Glyphs::Unicode)), 7U);
}

}  // namespace
}  // namespace folio::cli
