// SPDX-License-Identifier: Apache-2.0
#include "cli/search_render.h"

#include <fmt/format.h>

#include <iterator>

#include "cli/scan_flags.h"
#include "cli/text.h"

namespace folio::cli {

namespace {

constexpr std::string_view kNameColor = "\x1b[35m";
constexpr std::string_view kNumberColor = "\x1b[32m";
constexpr std::string_view kMatchColor = "\x1b[1;31m";
constexpr std::string_view kPlain = "\x1b[0m";

class TextRenderer {
 public:
  explicit TextRenderer(const TextStyle& style) : style_(style) {
    if (style_.name.empty()) return;
    append(prefix_, style_.name, kNameColor);
    prefix_ += ':';
  }

  void operator()(std::string& out, const LineMatch& match) const {
    if (style_.show == TextStyle::Show::Lines) {
      append_prefix(out, match, match.offset);
      append_line(out, match);
      out += '\n';
      return;
    }
    for (const ByteRange& part : match.submatches) {
      append_prefix(out, match, match.offset + part.begin);
      append(out, to_text(match.line.subspan(part.begin, part.size())), kMatchColor);
      out += '\n';
    }
  }

 private:
  void append(std::string& out, std::string_view text, std::string_view color) const {
    if (style_.colors == TextStyle::Colors::Yes) out += color;
    out += text;
    if (style_.colors == TextStyle::Colors::Yes) out += kPlain;
  }

  void append_prefix(std::string& out, const LineMatch& match, std::uint64_t offset) const {
    out += prefix_;
    if (style_.line_numbers == LineNumbers::Yes) {
      const fmt::format_int number(match.number);
      append(out, {number.data(), number.size()}, kNumberColor);
      out += ':';
    }
    if (style_.offsets == TextStyle::Offsets::Yes) {
      const fmt::format_int number(offset);
      append(out, {number.data(), number.size()}, kNumberColor);
      out += ':';
    }
  }

  void append_line(std::string& out, const LineMatch& match) const {
    const std::string_view line = to_text(match.line);
    if (style_.colors == TextStyle::Colors::No) {
      out += line;
      return;
    }
    std::size_t done = 0;
    for (const ByteRange& part : match.submatches) {
      out += line.substr(done, part.begin - done);
      append(out, line.substr(part.begin, part.size()), kMatchColor);
      done = part.end;
    }
    out += line.substr(done);
  }

  TextStyle style_;
  std::string prefix_;
};

std::string message_head(std::string_view type, const std::string& path) {
  std::string out = fmt::format(R"({{"type":"{}","data":{{"path":)", type);
  append_json_bytes(out, path);
  return out;
}

}  // namespace

LineRenderer text_renderer(const TextStyle& style) {
  return TextRenderer(style);
}

LineRenderer json_renderer(const std::string& path) {
  return [head = message_head("match", path) + R"(,"lines":)"](std::string& out, const LineMatch& match) {
    const std::string_view line = to_text(match.line);
    out += head;
    append_json_bytes(out, match.end == LineEnd::Newline ? std::string{line} + "\n" : std::string{line});
    fmt::format_to(std::back_inserter(out), R"(,"line_number":{},"absolute_offset":{},"submatches":[)",
                   match.number, match.offset);
    std::string_view separator;
    for (const ByteRange& part : match.submatches) {
      out += separator;
      out += R"({"match":)";
      append_json_bytes(out, line.substr(part.begin, part.size()));
      fmt::format_to(std::back_inserter(out), R"(,"start":{},"end":{}}})", part.begin, part.end);
      separator = ",";
    }
    out += "]}}\n";
  };
}

std::string json_begin(const std::string& path) {
  return message_head("begin", path) + R"(,"schema":"folio.search/1"}})"
                                       "\n";
}

std::string json_end(const std::string& path, const SearchSummary& summary) {
  std::string out = message_head("end", path);
  fmt::format_to(std::back_inserter(out), R"(,"matched_lines":{},"matches":{},"binary":{},)", summary.lines,
                 summary.submatches, summary.binary_match);
  append_json_coverage(out, summary.report);
  return out + "}}\n";
}

}  // namespace folio::cli
