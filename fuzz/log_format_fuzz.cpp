// SPDX-License-Identifier: Apache-2.0
// Any bytes as a format, up to the first line end, and as lines to parse with it and with every named format.
// The fields must be views into the line, and absent ones empty.
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string_view>
#include <vector>

#include "logs/format/compile_format.h"
#include "logs/format/detect.h"
#include "logs/format/unescape.h"

namespace {

using folio::logs::Field;
using folio::logs::LineParser;
using folio::logs::Record;

constexpr std::size_t kInputSizeMax = 4096;

std::string_view take_line(std::string_view& text) {
  const std::size_t end = text.find('\n');
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  return line;
}

void check(const Record& record, std::string_view line, std::uint32_t fields) {
  if ((record.present & ~fields) != 0) std::abort();
  for (std::size_t i = 0; i < folio::logs::kTextFields; ++i) {
    const std::string_view text = record.texts[i];
    if (!record.has(static_cast<Field>(i)) && !text.empty()) std::abort();
    const bool is_inside =
        text.data() >= line.data() && text.data() + text.size() <= line.data() + line.size();
    if (!text.empty() && !is_inside) std::abort();
    if (folio::logs::unescape(text).size() > text.size()) std::abort();
  }
}

void parse_lines(LineParser& parser, std::string_view lines) {
  const auto copy = parser.clone();
  Record record;
  while (!lines.empty()) {
    const std::string_view line = take_line(lines);
    const bool fits = parser.parse(line, record).ok();
    if (fits) check(record, line, parser.fields());
    if (copy->parse(line, record).ok() != fits) std::abort();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size > kInputSizeMax) return 0;
  // SAFETY: char may alias any object.
  const std::string_view all{reinterpret_cast<const char*>(data), size};
  std::string_view lines = all;
  const auto custom = folio::logs::compile_format(take_line(lines));
  if (custom) parse_lines(**custom, lines);
  // Making all parsers anew for each input takes longer than parsing.
  static const auto named = folio::logs::candidates({});
  for (const auto& candidate : named) parse_lines(*candidate.parser, all);
  const auto by_header = folio::logs::make_named_parser("w3c", {.header = all});
  if (by_header) parse_lines(**by_header, all);
  return 0;
}
