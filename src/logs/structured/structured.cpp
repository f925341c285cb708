// SPDX-License-Identifier: Apache-2.0
#include "logs/structured/structured.h"

#include <array>
#include <string>

#include "core/fail.h"
#include "logs/structured/json_parser.h"
#include "logs/structured/key_table.h"
#include "logs/structured/logfmt_parser.h"
#include "logs/structured/syslog_parser.h"

namespace folio::logs {

namespace {

constexpr std::array<StructuredFormat, 6> kFormats{
    {{"json", "one JSON object per line, with the usual keys or a mapping of your own"},
     {"caddy", "Caddy's access log in JSON"},
     {"traefik", "Traefik's access log in JSON"},
     {"logfmt", "key=value key=\"quoted value\""},
     {"syslog", "RFC 3164, also with the times of rsyslog: Oct 11 22:14:15 machine su[123]: message"},
     {"syslog5424", "RFC 5424: <165>1 2003-10-11T22:14:15Z machine program 123 id - message"}}};

std::unique_ptr<LineParser> parser_without_keys(std::string_view name, std::int64_t reference) {
  if (name == "syslog") return std::make_unique<SyslogParser>(reference);
  if (name == "syslog5424") return std::make_unique<Syslog5424Parser>();
  return nullptr;
}

const JsonMapping* own_mapping(std::string_view name) {
  if (name == "json" || name == "logfmt") return &usual_mapping();
  if (name == "caddy") return &caddy_mapping();
  return name == "traefik" ? &traefik_mapping() : nullptr;
}

}  // namespace

std::span<const StructuredFormat> structured_formats() {
  return kFormats;
}

Result<std::unique_ptr<LineParser>> make_structured_parser(std::string_view name, const JsonMapping* mapping,
                                                           std::int64_t reference) {
  if (auto parser = parser_without_keys(name, reference)) {
    if (mapping == nullptr) return parser;
    return fail(Errc::InvalidArgument, "", std::string{name}.append(" has no keys that could be mapped"));
  }
  const JsonMapping* const own = own_mapping(name);
  if (own == nullptr) {
    return fail(Errc::InvalidArgument, "",
                std::string{"'"}.append(name).append("' is no format of structured logs"));
  }
  auto keys = std::make_shared<const KeyTable>(mapping == nullptr ? *own : completed(*mapping, *own));
  if (name == "logfmt") return std::make_unique<LogfmtParser>(std::move(keys));
  return std::make_unique<JsonParser>(std::move(keys));
}

}  // namespace folio::logs
