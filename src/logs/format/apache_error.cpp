// SPDX-License-Identifier: Apache-2.0
#include "logs/format/apache_error.h"

#include <algorithm>
#include <optional>

#include "logs/format/field_bits.h"
#include "logs/format/field_values.h"
#include "logs/time/timestamp.h"

namespace folio::logs {

namespace {

constexpr std::string_view kReferrer = ", referer: ";

// What stands in brackets at the front of `rest`, which moves behind it and a space.
std::optional<std::string_view> take_bracket(std::string_view& rest) {
  if (!rest.starts_with('[')) return std::nullopt;
  const std::size_t end = rest.find(']');
  if (end == std::string_view::npos) return std::nullopt;
  const std::string_view inside = rest.substr(1, end - 1);
  rest.remove_prefix(end + 1);
  if (rest.starts_with(' ')) rest.remove_prefix(1);
  return inside;
}

// "core:error" or "error".
void set_level(std::string_view text, Record& record) {
  const std::size_t colon = text.find(':');
  const std::size_t level = colon == std::string_view::npos ? 0 : colon + 1;
  // "[:error]" of modules that have no name.
  if (level > 1) record.set(Field::Program, text.substr(0, colon));
  if (level < text.size()) record.set(Field::Level, text.substr(level));
}

// False for brackets that belong to the message.
bool set_detail(std::string_view text, Record& record) {
  if (text.starts_with("pid ")) {
    text.remove_prefix(4);
    record.set(Field::Process, text.substr(0, text.find(':')));
    return true;
  }
  if (text.starts_with("client ") || text.starts_with("remote ")) {
    record.set(Field::Host, without_port(text.substr(7)));
    return true;
  }
  return text.starts_with("tid ");
}

Verdict rejected(Reject reason, std::size_t column, std::string_view expected) {
  return {.reject = reason, .column = static_cast<std::uint32_t>(column), .expected = expected};
}

}  // namespace

Verdict ApacheErrorParser::parse(std::string_view line, Record& record) {
  record = Record{};
  if (line.empty()) return {};
  std::string_view rest = line;
  const auto time_text = take_bracket(rest);
  if (!time_text) return rejected(Reject::BadForm, 0, "a time in brackets");
  const auto time = parse_apache_error_time(*time_text);
  if (!time) return rejected(Reject::BadTime, 1, "a time such as Wed Oct 11 14:32:52 2023");
  record.set(Field::Time, *time);
  const auto level = take_bracket(rest);
  if (!level) return rejected(Reject::BadForm, line.size() - rest.size(), "a level in brackets");
  set_level(*level, record);
  for (std::string_view ahead = rest; const auto detail = take_bracket(ahead); rest = ahead) {
    if (!set_detail(*detail, record)) break;
  }
  if (const std::size_t referrer = rest.rfind(kReferrer); referrer != std::string_view::npos) {
    record.set(Field::Referrer, rest.substr(referrer + kReferrer.size()));
    rest = rest.substr(0, referrer);
  }
  if (!rest.empty()) record.set(Field::Message, rest);
  return {};
}

std::unique_ptr<LineParser> ApacheErrorParser::clone() const {
  return std::make_unique<ApacheErrorParser>();
}

std::uint32_t ApacheErrorParser::fields() const {
  return field_bits({Field::Time, Field::Level, Field::Program, Field::Process, Field::Host, Field::Message,
                     Field::Referrer});
}

}  // namespace folio::logs
