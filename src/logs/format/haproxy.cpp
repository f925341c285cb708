// SPDX-License-Identifier: Apache-2.0
#include "logs/format/haproxy.h"

#include "logs/time/text_reader.h"

namespace folio::logs {

namespace {

// Where "192.0.2.1:33317 [06/Feb/2009:..." begins: at the word before the first bracket with a digit in it.
// The bracket of "haproxy[14389]:" has no space before it.
std::size_t message_begin(std::string_view line) {
  std::size_t bracket = line.find(" [");
  while (bracket != std::string_view::npos &&
         (bracket + 2 >= line.size() || digit_value(line[bracket + 2]) > 9)) {
    bracket = line.find(" [", bracket + 1);
  }
  if (bracket == std::string_view::npos || bracket == 0) return 0;
  const std::size_t space = line.rfind(' ', bracket - 1);
  return space == std::string_view::npos ? 0 : space + 1;
}

}  // namespace

Verdict HaproxyParser::parse(std::string_view line, Record& record) {
  const std::size_t begin = message_begin(line);
  Verdict verdict = inner_->parse(line.substr(begin), record);
  verdict.column += static_cast<std::uint32_t>(begin);
  return verdict;
}

std::unique_ptr<LineParser> HaproxyParser::clone() const {
  return std::make_unique<HaproxyParser>(inner_->clone());
}

}  // namespace folio::logs
