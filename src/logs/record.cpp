// SPDX-License-Identifier: Apache-2.0
#include "logs/record.h"

#include <algorithm>
#include <utility>

namespace folio::logs {

namespace {

constexpr std::array<std::string_view, kFields> kNames{"host",
                                                       "ident",
                                                       "user",
                                                       "virtual_host",
                                                       "method",
                                                       "target",
                                                       "protocol",
                                                       "referrer",
                                                       "user_agent",
                                                       "forwarded_for",
                                                       "upstream",
                                                       "cache_status",
                                                       "tls_protocol",
                                                       "tls_cipher",
                                                       "request_id",
                                                       "level",
                                                       "machine",
                                                       "program",
                                                       "process",
                                                       "message",
                                                       "time",
                                                       "status",
                                                       "bytes",
                                                       "bytes_received",
                                                       "latency",
                                                       "upstream_latency",
                                                       "upstream_status",
                                                       "server_port"};

constexpr std::array<std::pair<std::string_view, Field>, 15> kOtherNames{{
    {"ip", Field::Host},
    {"client", Field::Host},
    {"remote_addr", Field::Host},
    {"remote_user", Field::User},
    {"vhost", Field::VirtualHost},
    {"path", Field::Target},
    {"url", Field::Target},
    {"uri", Field::Target},
    {"referer", Field::Referrer},
    {"http_referer", Field::Referrer},
    {"ua", Field::UserAgent},
    {"agent", Field::UserAgent},
    {"size", Field::Bytes},
    {"severity", Field::Level},
    {"request_time", Field::Latency},
}};

}  // namespace

std::string_view field_name(Field field) {
  return kNames[static_cast<std::size_t>(field)];
}

std::optional<Field> parse_field(std::string_view name) {
  const auto found = std::find(kNames.begin(), kNames.end(), name);
  if (found != kNames.end()) return static_cast<Field>(found - kNames.begin());
  for (const auto& [other, field] : kOtherNames) {
    if (other == name) return field;
  }
  return std::nullopt;
}

std::string_view reject_name(Reject reject) {
  switch (reject) {
    case Reject::None:
      break;
    case Reject::TooShort:
      return "the line ends too early";
    case Reject::BadTime:
      return "no time, or one that does not exist";
    case Reject::BadStatus:
      return "no status of three digits";
    case Reject::BadNumber:
      return "no number where one belongs";
    case Reject::BadRequest:
      return "a broken request line";
    case Reject::BadJson:
      return "not one JSON object";
    case Reject::BadForm:
      return "not the form of this format";
  }
  return "it fits";
}

}  // namespace folio::logs
