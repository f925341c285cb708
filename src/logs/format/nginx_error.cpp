// SPDX-License-Identifier: Apache-2.0
#include "logs/format/nginx_error.h"

#include <algorithm>
#include <array>

#include "logs/format/field_bits.h"
#include "logs/format/request_line.h"
#include "logs/time/text_reader.h"
#include "logs/time/timestamp.h"

namespace folio::logs {

namespace {

constexpr std::string_view kClient = ", client: ";

// "name: value" or `name: "value"` at the front of `tail`, which moves behind it.
struct Detail {
  std::string_view name;
  std::string_view value;
};

Detail take_detail(std::string_view& tail) {
  const std::size_t colon = tail.find(": ");
  if (colon == std::string_view::npos) {
    tail = {};
    return {};
  }
  const std::string_view name = tail.substr(0, colon);
  tail.remove_prefix(colon + 2);
  const bool is_quoted = tail.starts_with('"');
  std::size_t end = std::min(is_quoted ? tail.find("\", ", 1) : tail.find(", "), tail.size());
  std::string_view value = tail.substr(0, end);
  if (is_quoted) {
    value.remove_prefix(1);
    if (end == tail.size() && value.ends_with('"')) value.remove_suffix(1);
    if (end < tail.size()) ++end;
  }
  tail.remove_prefix(std::min(end + 2, tail.size()));
  return {name, value};
}

void set_detail(const Detail& detail, Record& record) {
  constexpr std::array<std::pair<std::string_view, Field>, 5> names{{{"client", Field::Host},
                                                                     {"server", Field::VirtualHost},
                                                                     {"host", Field::VirtualHost},
                                                                     {"upstream", Field::Upstream},
                                                                     {"referrer", Field::Referrer}}};
  if (detail.value.empty()) return;
  if (detail.name == "request") return set_request(detail.value, record);
  for (const auto& [name, field] : names) {
    if (detail.name == name) return record.set(field, detail.value);
  }
}

Verdict rejected(Reject reason, std::size_t column, std::string_view expected) {
  return {.reject = reason, .column = static_cast<std::uint32_t>(column), .expected = expected};
}

// "1234#5678: " or "1234#5678: *90 ". False if it is not there.
bool take_process(std::string_view& rest, Record& record) {
  std::size_t size = 0;
  while (size < rest.size() && digit_value(rest[size]) <= 9) ++size;
  const std::size_t colon = rest.find(": ");
  if (size == 0 || size >= rest.size() || rest[size] != '#' || colon == std::string_view::npos) return false;
  record.set(Field::Process, rest.substr(0, size));
  rest.remove_prefix(colon + 2);
  if (!rest.starts_with('*')) return true;
  const std::size_t space = rest.find(' ');
  if (space != std::string_view::npos) rest.remove_prefix(space + 1);
  return true;
}

}  // namespace

Verdict NginxErrorParser::parse(std::string_view line, Record& record) {
  record = Record{};
  if (line.empty()) return {};
  const auto time = scan_nginx_error_time(line);
  if (!time) return rejected(Reject::BadTime, 0, "a time such as 2023/10/11 14:32:52");
  record.set(Field::Time, time->nanoseconds);
  std::string_view rest = line.substr(time->size);
  const std::size_t bracket = rest.find("] ");
  if (!rest.starts_with(" [") || bracket == std::string_view::npos) {
    return rejected(Reject::BadForm, time->size, "a level in brackets");
  }
  record.set(Field::Level, rest.substr(2, bracket - 2));
  rest.remove_prefix(bracket + 2);
  if (!take_process(rest, record)) {
    return rejected(Reject::BadForm, line.size() - rest.size(), "a process such as 1234#5678:");
  }
  const std::size_t details = std::min(rest.find(kClient), rest.size());
  if (details > 0) record.set(Field::Message, rest.substr(0, details));
  for (auto tail = rest.substr(std::min(details + 2, rest.size())); !tail.empty();) {
    set_detail(take_detail(tail), record);
  }
  return {};
}

std::unique_ptr<LineParser> NginxErrorParser::clone() const {
  return std::make_unique<NginxErrorParser>();
}

std::uint32_t NginxErrorParser::fields() const {
  return field_bits({Field::Time, Field::Level, Field::Process, Field::Message, Field::Host,
                     Field::VirtualHost, Field::Method, Field::Target, Field::Protocol, Field::Upstream,
                     Field::Referrer});
}

}  // namespace folio::logs
