// SPDX-License-Identifier: Apache-2.0
#include "logs/format/nginx_format.h"

#include <utility>
#include <vector>

#include "core/fail.h"
#include "core/try.h"
#include "logs/format/escape_sequence.h"
#include "logs/time/civil_time.h"

namespace folio::logs {

namespace {

Variable text(std::string_view name, Field field, unsigned rank = 1) {
  return {name, {.conversion = Conversion::Text, .field = field, .rank = rank}};
}

Variable number(std::string_view name, Conversion conversion, Field field, unsigned rank = 1) {
  return {name, {.conversion = conversion, .field = field, .rank = rank}};
}

Variable seconds(std::string_view name, Conversion conversion, Field field, unsigned rank = 1) {
  return {name, {.conversion = conversion, .field = field, .unit = kNanosecondsPerSecond, .rank = rank}};
}

Variable list(Variable variable) {
  variable.spec.is_list = true;
  return variable;
}

const std::vector<Variable>& nginx_variables() {
  static const std::vector<Variable> variables{
      text("remote_addr", Field::Host),
      text("remote_user", Field::User),
      number("time_local", Conversion::ClfTime, Field::Time, 1),
      number("time_iso8601", Conversion::IsoTime, Field::Time, 1),
      seconds("msec", Conversion::EpochTime, Field::Time, 2),
      number("request", Conversion::Request, Field::Target, 3),
      text("request_method", Field::Method),
      text("request_uri", Field::Target, 2),
      text("uri", Field::Target),
      text("document_uri", Field::Target),
      text("server_protocol", Field::Protocol),
      number("status", Conversion::Status, Field::Status),
      number("body_bytes_sent", Conversion::Count, Field::Bytes, 2),
      number("bytes_sent", Conversion::Count, Field::Bytes),
      number("request_length", Conversion::Count, Field::BytesReceived),
      text("http_referer", Field::Referrer),
      text("http_user_agent", Field::UserAgent),
      text("http_x_forwarded_for", Field::ForwardedFor, 2),
      text("proxy_add_x_forwarded_for", Field::ForwardedFor),
      seconds("request_time", Conversion::Duration, Field::Latency),
      list(seconds("upstream_response_time", Conversion::DurationList, Field::UpstreamLatency)),
      list(text("upstream_addr", Field::Upstream)),
      list(number("upstream_status", Conversion::StatusList, Field::UpstreamStatus)),
      list(number("upstream_connect_time", Conversion::Skip, Field::Message)),
      list(number("upstream_header_time", Conversion::Skip, Field::Message)),
      list(number("upstream_response_length", Conversion::Skip, Field::Message)),
      list(number("upstream_bytes_received", Conversion::Skip, Field::Message)),
      list(number("upstream_bytes_sent", Conversion::Skip, Field::Message)),
      text("upstream_cache_status", Field::CacheStatus),
      text("host", Field::VirtualHost, 3),
      text("http_host", Field::VirtualHost, 2),
      text("server_name", Field::VirtualHost),
      number("server_port", Conversion::Count, Field::ServerPort),
      text("ssl_protocol", Field::TlsProtocol),
      text("ssl_cipher", Field::TlsCipher),
      text("request_id", Field::RequestId, 2),
      text("http_x_request_id", Field::RequestId),
      text("pid", Field::Process),
      text("hostname", Field::Machine),
  };
  return variables;
}

FieldSpec find(std::string_view name, std::span<const Variable> own) {
  for (const Variable& variable : own) {
    if (variable.name == name) return variable.spec;
  }
  for (const Variable& variable : nginx_variables()) {
    if (variable.name == name) return variable.spec;
  }
  return {};
}

bool is_name_byte(char byte) {
  return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9') ||
         byte == '_';
}

// "$name" or "${name}" at `at`, which moves behind it.
Result<std::string_view> read_name(std::string_view format, std::size_t& at) {
  const std::size_t begin = at++;
  const bool has_brace = at < format.size() && format[at] == '{';
  if (has_brace) ++at;
  const std::size_t first = at;
  while (at < format.size() && is_name_byte(format[at])) ++at;
  const std::string_view name = format.substr(first, at - first);
  const bool is_closed = !has_brace || (at < format.size() && format[at] == '}');
  if (has_brace && is_closed) ++at;
  if (!name.empty() && is_closed) return name;
  std::string detail = is_closed ? "no name of a variable behind the $ at position "
                                 : "no closing } behind the ${ at position ";
  detail += std::to_string(begin + 1) + " of the format";
  return fail(Errc::InvalidArgument, {}, std::move(detail));
}

}  // namespace

Result<FormatPieces> read_nginx_format(std::string_view format, std::span<const Variable> own) {
  FormatPieces pieces;
  for (std::size_t at = 0; at < format.size();) {
    const std::size_t position = at;
    if (format[at] != '$') {
      append_literal(pieces, read_escape(format, at), position);
      continue;
    }
    const std::string_view name = FOLIO_TRY(read_name(format, at));
    pieces.push_back({.spec = find(name, own), .position = position});
    pieces.back().name = '$';
    pieces.back().name += name;
  }
  return pieces;
}

}  // namespace folio::logs
