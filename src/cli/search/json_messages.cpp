// SPDX-License-Identifier: Apache-2.0
#include "cli/search/json_messages.h"

#include <fmt/format.h>

#include <iterator>

#include "cli/scan_flags.h"
#include "cli/text.h"

namespace folio::cli {

namespace {

std::string message_head(std::string_view type, const std::string& path) {
  std::string out = fmt::format(R"({{"type":"{}","data":{{"path":)", type);
  append_json_bytes(out, path);
  return out;
}

void append_duration(std::string& out, std::chrono::nanoseconds duration) {
  const auto nanos = duration.count();
  fmt::format_to(std::back_inserter(out), R"({{"secs":{},"nanos":{},"human":"{:.6f}s"}})",
                 nanos / 1'000'000'000, nanos % 1'000'000'000, static_cast<double>(nanos) / 1e9);
}

void append_totals(std::string& out, const SearchTotals& totals) {
  out += R"({"elapsed":)";
  append_duration(out, totals.elapsed);
  fmt::format_to(std::back_inserter(out),
                 R"(,"searches":{},"searches_with_match":{},"bytes_searched":{},"bytes_printed":{},)"
                 R"("matched_lines":{},"matches":{}}})",
                 totals.searches, totals.searches_with_match, totals.bytes_searched, totals.bytes_printed,
                 totals.matched_lines, totals.matches);
}

// With its end, which a match of several lines may hold.
std::string_view whole_line(const LineMatch& match) {
  const std::size_t ended = match.end == LineEnd::Terminator ? 1 : 0;
  // SAFETY: a line that ends with its terminator is followed by it in the same view.
  return {to_text(match.line).data(), match.line.size() + ended};
}

void append_submatches(std::string& out, const LineMatch& match) {
  const std::string_view line = whole_line(match);
  for (std::size_t i = 0; i < match.submatches.size(); ++i) {
    const ByteRange part = match.submatches[i];
    out += i == 0 ? R"({"match":)" : R"(,{"match":)";
    append_json_bytes(out, line.substr(part.begin, part.size()));
    if (!match.replacements.empty()) {
      out += R"(,"replacement":)";
      append_json_bytes(out, match.replacements[i]);
    }
    fmt::format_to(std::back_inserter(out), R"(,"start":{},"end":{}}})", part.begin, part.end);
  }
}

}  // namespace

void SearchTotals::add(const SearchTotals& other) {
  searches += other.searches;
  searches_with_match += other.searches_with_match;
  bytes_searched += other.bytes_searched;
  bytes_printed += other.bytes_printed;
  matched_lines += other.matched_lines;
  matches += other.matches;
  elapsed += other.elapsed;
}

LineRenderer json_renderer(const std::string& path, LineNumbers numbers) {
  return [match_head = message_head("match", path) + R"(,"lines":)",
          context_head = message_head("context", path) + R"(,"lines":)",
          numbers](std::string& out, const LineMatch& match) {
    out += match.role == LineRole::Match ? match_head : context_head;
    append_json_bytes(out, whole_line(match));
    if (numbers == LineNumbers::Yes) {
      fmt::format_to(std::back_inserter(out), R"(,"line_number":{})", match.number);
    } else {
      out += R"(,"line_number":null)";
    }
    fmt::format_to(std::back_inserter(out), R"(,"absolute_offset":{},"submatches":[)", match.offset);
    append_submatches(out, match);
    out += "]}}\n";
  };
}

std::string json_begin(const std::string& path) {
  return message_head("begin", path) + R"(,"schema":"folio.search/2"}})"
                                       "\n";
}

std::string json_end(const std::string& path, const SearchSummary& summary,
                     std::optional<std::uint64_t> binary_offset, const SearchTotals& totals) {
  std::string out = message_head("end", path);
  out += R"(,"binary_offset":)" + (binary_offset ? std::to_string(*binary_offset) : "null") + R"(,"stats":)";
  append_totals(out, totals);
  out += ',';
  append_json_coverage(out, summary.report);
  return out + "}}\n";
}

std::string json_summary(const SearchTotals& totals, std::chrono::nanoseconds elapsed) {
  std::string out = R"({"data":{"elapsed_total":)";
  append_duration(out, elapsed);
  out += R"(,"stats":)";
  append_totals(out, totals);
  return out + R"(},"type":"summary"})"
               "\n";
}

}  // namespace folio::cli
