// SPDX-License-Identifier: Apache-2.0
// Delivered lines, with what lies around them, against an obvious loop over lines: the same text for bytes in
// memory and for files however they are read.
#include "folio/search.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "scan/scan_oracle.h"

namespace folio {
namespace {

struct Request {
  std::string pattern = "foo";
  std::uint64_t before = 0;
  std::uint64_t after = 0;
  OtherLines which = OtherLines::Near;
  Selection selection = Selection::Matching;
  std::uint64_t most = UINT64_MAX;
};

Pattern pattern_of(const Request& request) {
  auto pattern =
      Pattern::compile(std::vector<std::string>{request.pattern}, {.syntax = PatternSyntax::Regex});
  EXPECT_TRUE(pattern);
  return std::move(*pattern);
}

SearchOptions options_of(const Request& request) {
  SearchOptions options;
  options.selection = request.selection;
  options.line_count_max = request.most;
  options.line_numbers = LineNumbers::Yes;
  options.context = {request.which, request.before, request.after, "--\n"};
  return options;
}

void render(std::string& out, const LineMatch& match) {
  out += std::to_string(match.number) + "@" + std::to_string(match.offset);
  out += match.role == LineRole::Match ? ':' : '-';
  out += to_text(match.line);
  out += '\n';
}

std::vector<std::string> lines_of(const std::string& content) {
  std::vector<std::string> lines;
  for (std::size_t at = 0; at < content.size();) {
    const std::size_t end = std::min(content.find('\n', at), content.size());
    lines.push_back(content.substr(at, end - at));
    at = end + 1;
  }
  return lines;
}

// The patterns of these tests are literals: what a line holds is found by the standard library.
std::string oracle(const std::string& content, const Request& request) {
  const std::vector<std::string> lines = lines_of(content);
  std::vector<bool> selected(lines.size());
  std::uint64_t count = 0;
  std::size_t end = lines.size();
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const bool has = lines[i].find(request.pattern) != std::string::npos;
    if (count == request.most) break;
    selected[i] = has == (request.selection == Selection::Matching);
    count += selected[i] ? 1U : 0U;
    if (count == request.most && request.which == OtherLines::All) end = i + 1;
  }
  std::string out;
  std::size_t offset = 0;
  std::size_t last_shown = SIZE_MAX;
  for (std::size_t i = 0; i < lines.size(); offset += lines[i].size() + 1, ++i) {
    bool shown = request.which == OtherLines::All && i < end;
    const std::size_t first = i - std::min<std::size_t>(i, request.after);
    for (std::size_t j = first; j < lines.size() && j <= i + request.before; ++j)
      shown = shown || selected[j];
    if (!shown) continue;
    const bool has_context = request.before > 0 || request.after > 0;
    if (has_context && last_shown != SIZE_MAX && last_shown + 1 != i) out += "--\n";
    LineMatch match;
    match.line = to_bytes(lines[i]);
    match.number = i + 1;
    match.offset = offset;
    match.role = selected[i] ? LineRole::Match : LineRole::Context;
    render(out, match);
    last_shown = i;
  }
  return out;
}

std::string searched_in_memory(const std::string& content, const Request& request) {
  std::string out;
  LineSearcher searcher(pattern_of(request));
  static_cast<void>(
      searcher.search(to_bytes(content), options_of(request), render, [&](std::string_view text) {
        out += text;
        return Flow::Continue;
      }));
  return out;
}

std::string searched(const File& file, const Request& request, const ScanOptions& scan) {
  std::string out;
  SearchOptions options = options_of(request);
  options.scan = scan;
  const auto summary = search_lines(file, pattern_of(request), options, render, [&](std::string_view text) {
    out += text;
    return Flow::Continue;
  });
  EXPECT_TRUE(summary && summary->report.complete());
  return out;
}

std::string random_text(std::mt19937& random, std::uint64_t lines, std::uint64_t rarity) {
  std::string text;
  for (std::uint64_t i = 0; i < lines; ++i) {
    if (random() % rarity == 0) text += "a foo ";
    text += std::string(random() % 12, 'x') + (i + 1 == lines && random() % 2 == 0 ? "" : "\n");
  }
  return text;
}

Request random_request(std::mt19937& random) {
  Request request;
  request.before = random() % 4;
  request.after = random() % 4;
  if (random() % 6 == 0) request = {.which = OtherLines::All};
  if (random() % 4 == 0) request.selection = Selection::NotMatching;
  if (random() % 4 == 0) request.most = random() % 5 + 1;
  return request;
}

TEST(SearchLines, AgreesWithTheOracleInMemory) {
  std::mt19937 random(3);
  for (int round = 0; round < 3000; ++round) {
    const std::string text = random_text(random, random() % 30, 1 + random() % 9);
    const Request request = random_request(random);
    ASSERT_EQ(searched_in_memory(text, request), oracle(text, request))
        << text << "before " << request.before << " after " << request.after << " most " << request.most;
  }
}

TEST(SearchLines, IsTheSameForEveryWayToRead) {
  std::mt19937 random(5);
  for (int round = 0; round < 25; ++round) {
    const std::string text = random_text(random, 200, 1 + random() % 40);
    const Request request = random_request(random);
    const scan::TempFile temp(text);
    const File file = temp.open();
    const std::string expected = oracle(text, request);
    for (const Access access : {Access::Map, Access::Read, Access::Uring}) {
      for (const std::uint64_t chunk : {1U, 7U, 64U, 4096U}) {
        const ScanOptions scan{
            .access = access, .threads = 1 + static_cast<unsigned>(random() % 3), .chunk_size = chunk};
        ASSERT_EQ(searched(file, request, scan), expected)
            << chunk << " before " << request.before << " after " << request.after << " most "
            << request.most;
      }
    }
  }
}

TEST(SearchLines, ResultsLargerThanTheBudgetKeepTheirContext) {
  std::string text;
  for (int line = 0; line < 60000; ++line)
    text += (line % 7 == 0 ? "foo " : "bar ") + std::string(60, 'x') + "\n";
  const Request request{.before = 1, .after = 1};
  const scan::TempFile temp(text);
  const std::string expected = oracle(text, request);
  EXPECT_TRUE(searched(temp.open(), request, {.threads = 2}) == expected);
  EXPECT_TRUE(searched_in_memory(text, request) == expected);
}

TEST(SearchLines, MatchesMayReachAcrossLines) {
  const auto pattern = Pattern::compile(std::vector<std::string>{"a\\nb|c\\n+d"},
                                        {.syntax = PatternSyntax::Regex, .reach = Reach::AcrossRecords});
  ASSERT_TRUE(pattern);
  const scan::TempFile temp("x\na\nb a\nb\ny\nc\n\n\nd");
  std::string out;
  SearchOptions options;
  options.line_numbers = LineNumbers::Yes;
  options.submatches = Submatches::Yes;
  const auto summary = search_lines(temp.open(), *pattern, options, render, [&](std::string_view text) {
    out += text;
    return Flow::Continue;
  });
  ASSERT_TRUE(summary);
  EXPECT_EQ(out, "2@2:a\nb a\nb\n6@12:c\n\n\nd\n");
  EXPECT_EQ(summary->submatches, 3U);
}

TEST(SearchLines, ReplacementsNameGroups) {
  const auto pattern =
      Pattern::compile(std::vector<std::string>{"(?P<first>\\w)(\\w)?"}, {.syntax = PatternSyntax::Regex});
  ASSERT_TRUE(pattern);
  SearchOptions options;
  options.submatches = Submatches::Yes;
  options.replacement = "<$2${first}$$$1$no>";
  std::string out;
  LineSearcher searcher(*pattern);
  const auto show = [](std::string& text, const LineMatch& match) {
    for (const std::string& replacement : match.replacements) text += replacement;
  };
  static_cast<void>(searcher.search(to_bytes("ab c"), options, show, [&](std::string_view text) {
    out += text;
    return Flow::Continue;
  }));
  EXPECT_EQ(out, "<ba$a><c$c>");
}

TEST(SearchLines, CountsAreThoseOfTheLinesDelivered) {
  std::mt19937 random(9);
  for (int round = 0; round < 300; ++round) {
    const std::string text = random_text(random, random() % 40, 3);
    Request request = random_request(random);
    request.before = request.after = 0;
    request.which = OtherLines::Near;
    const std::string shown = oracle(text, request);
    LineSearcher searcher(pattern_of(request));
    ASSERT_EQ(searcher.count(to_bytes(text), options_of(request)).lines,
              static_cast<std::uint64_t>(std::ranges::count(shown, '\n')));
    ASSERT_EQ(searcher.find_any(to_bytes(text), options_of(request)).lines, shown.empty() ? 0U : 1U);
  }
}

}  // namespace
}  // namespace folio
