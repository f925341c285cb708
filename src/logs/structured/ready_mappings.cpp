// SPDX-License-Identifier: Apache-2.0
// The keys that common servers, libraries and schemas write.
#include <span>

#include "logs/structured/json_mapping.h"

namespace folio::logs {

namespace {

struct Key {
  std::string_view path;
  Field field;
  Unit unit = Unit::Plain;
};

JsonMapping mapping_of(std::span<const Key> keys, Mismatch mismatch) {
  JsonMapping mapping;
  mapping.reserve(keys.size());
  for (const Key& key : keys) mapping.push_back({std::string{key.path}, key.field, key.unit, mismatch});
  return mapping;
}

// Of one field, the keys that mean it most surely come first.
constexpr Key kUsualRequestKeys[] = {
    {"client_ip", Field::Host},
    {"clientip", Field::Host},
    {"client_addr", Field::Host},
    {"remote_addr", Field::Host},
    {"remote_ip", Field::Host},
    {"remoteAddr", Field::Host},
    {"remoteAddress", Field::Host},
    {"remoteIp", Field::Host},
    {"ip", Field::Host},
    {"client.ip", Field::Host},
    {"source.ip", Field::Host},
    {"req.remoteAddress", Field::Host},
    {"request.client_ip", Field::Host},
    {"request.remote_ip", Field::Host},
    {"httpRequest.remoteIp", Field::Host},
    {"client", Field::Host},
    {"remote_host", Field::Host},
    {"host", Field::Host},
    {"remote_user", Field::User},
    {"user", Field::User},
    {"username", Field::User},
    {"user_id", Field::User},
    {"user.name", Field::User},
    {"server_name", Field::VirtualHost},
    {"http_host", Field::VirtualHost},
    {"vhost", Field::VirtualHost},
    {"virtual_host", Field::VirtualHost},
    {"request_host", Field::VirtualHost},
    {"request.host", Field::VirtualHost},
    {"req.headers.host", Field::VirtualHost},
    {"url.domain", Field::VirtualHost},
    {"host", Field::VirtualHost},
    {"method", Field::Method},
    {"request_method", Field::Method},
    {"http_method", Field::Method},
    {"verb", Field::Method},
    {"request.method", Field::Method},
    {"req.method", Field::Method},
    {"http.method", Field::Method},
    {"http.request.method", Field::Method},
    {"httpRequest.requestMethod", Field::Method},
    {"request_uri", Field::Target},
    {"uri", Field::Target},
    {"url", Field::Target},
    {"path", Field::Target},
    {"request_path", Field::Target},
    {"target", Field::Target},
    {"request.uri", Field::Target},
    {"request.url", Field::Target},
    {"request.path", Field::Target},
    {"req.url", Field::Target},
    {"http.target", Field::Target},
    {"http.url", Field::Target},
    {"url.original", Field::Target},
    {"url.path", Field::Target},
    {"httpRequest.requestUrl", Field::Target},
    {"request", Field::Target, Unit::RequestLine},
    {"request_line", Field::Target, Unit::RequestLine},
    {"protocol", Field::Protocol},
    {"proto", Field::Protocol},
    {"server_protocol", Field::Protocol},
    {"http_version", Field::Protocol},
    {"request.proto", Field::Protocol},
    {"http.version", Field::Protocol},
    {"httpRequest.protocol", Field::Protocol},
    {"referrer", Field::Referrer},
    {"referer", Field::Referrer},
    {"http_referer", Field::Referrer},
    {"http_referrer", Field::Referrer},
    {"request.headers.Referer[0]", Field::Referrer},
    {"req.headers.referer", Field::Referrer},
    {"http.request.referrer", Field::Referrer},
    {"httpRequest.referer", Field::Referrer},
    {"user_agent", Field::UserAgent},
    {"userAgent", Field::UserAgent},
    {"useragent", Field::UserAgent},
    {"http_user_agent", Field::UserAgent},
    {"ua", Field::UserAgent},
    {"agent", Field::UserAgent},
    {"request.headers.User-Agent[0]", Field::UserAgent},
    {"req.headers.user-agent", Field::UserAgent},
    {"user_agent.original", Field::UserAgent},
    {"httpRequest.userAgent", Field::UserAgent},
    {"x_forwarded_for", Field::ForwardedFor},
    {"http_x_forwarded_for", Field::ForwardedFor},
    {"forwarded_for", Field::ForwardedFor},
    {"fwd", Field::ForwardedFor},
    {"upstream", Field::Upstream},
    {"upstream_addr", Field::Upstream},
    {"cache_status", Field::CacheStatus},
    {"upstream_cache_status", Field::CacheStatus},
    {"tls_protocol", Field::TlsProtocol},
    {"ssl_protocol", Field::TlsProtocol},
    {"tls_version", Field::TlsProtocol},
    {"tls_cipher", Field::TlsCipher},
    {"ssl_cipher", Field::TlsCipher},
    {"request_id", Field::RequestId},
    {"requestId", Field::RequestId},
    {"req_id", Field::RequestId},
    {"reqId", Field::RequestId},
    {"req.id", Field::RequestId},
    {"trace_id", Field::RequestId},
    {"traceId", Field::RequestId},
    {"correlation_id", Field::RequestId},
    {"status", Field::Status},
    {"status_code", Field::Status},
    {"statusCode", Field::Status},
    {"response_status", Field::Status},
    {"http_status", Field::Status},
    {"response_code", Field::Status},
    {"response", Field::Status},
    {"code", Field::Status},
    {"res.statusCode", Field::Status},
    {"response.status", Field::Status},
    {"http.status_code", Field::Status},
    {"http.response.status_code", Field::Status},
    {"httpRequest.status", Field::Status},
    {"body_bytes_sent", Field::Bytes},
    {"bytes_sent", Field::Bytes},
    {"bytes_out", Field::Bytes},
    {"response_size", Field::Bytes},
    {"response_bytes", Field::Bytes},
    {"bytes", Field::Bytes},
    {"size", Field::Bytes},
    {"content_length", Field::Bytes},
    {"http.response.body.bytes", Field::Bytes},
    {"httpRequest.responseSize", Field::Bytes},
    {"bytes_received", Field::BytesReceived},
    {"bytes_in", Field::BytesReceived},
    {"bytes_read", Field::BytesReceived},
    {"request_length", Field::BytesReceived},
    {"request_size", Field::BytesReceived},
    {"httpRequest.requestSize", Field::BytesReceived},
    {"latency_human", Field::Latency},
    {"duration", Field::Latency},
    {"request_time", Field::Latency},
    {"latency", Field::Latency},
    {"response_time", Field::Latency},
    {"elapsed", Field::Latency},
    {"took", Field::Latency},
    {"time_taken", Field::Latency},
    {"duration_s", Field::Latency, Unit::Seconds},
    {"duration_ms", Field::Latency, Unit::Milliseconds},
    {"durationMs", Field::Latency, Unit::Milliseconds},
    {"latency_ms", Field::Latency, Unit::Milliseconds},
    {"elapsed_ms", Field::Latency, Unit::Milliseconds},
    {"took_ms", Field::Latency, Unit::Milliseconds},
    {"response_time_ms", Field::Latency, Unit::Milliseconds},
    {"responseTime", Field::Latency, Unit::Milliseconds},
    {"duration_us", Field::Latency, Unit::Microseconds},
    {"latency_us", Field::Latency, Unit::Microseconds},
    {"duration_ns", Field::Latency, Unit::Nanoseconds},
    {"latency_ns", Field::Latency, Unit::Nanoseconds},
    {"event.duration", Field::Latency, Unit::Nanoseconds},
    {"httpRequest.latency", Field::Latency},
    {"upstream_response_time", Field::UpstreamLatency},
    {"upstream_time", Field::UpstreamLatency},
    {"upstream_latency", Field::UpstreamLatency},
    {"upstream_status", Field::UpstreamStatus},
    {"server_port", Field::ServerPort},
    {"port", Field::ServerPort},
};

constexpr Key kUsualProgramKeys[] = {
    {"@timestamp", Field::Time},
    {"timestamp", Field::Time},
    {"time", Field::Time},
    {"ts", Field::Time},
    {"datetime", Field::Time},
    {"date", Field::Time},
    {"time_iso8601", Field::Time},
    {"time_local", Field::Time},
    {"msec", Field::Time},
    {"t", Field::Time},
    {"asctime", Field::Time},
    {"eventTime", Field::Time},
    {"created_at", Field::Time},
    {"level", Field::Level},
    {"lvl", Field::Level},
    {"severity", Field::Level},
    {"loglevel", Field::Level},
    {"log_level", Field::Level},
    {"levelname", Field::Level},
    {"log.level", Field::Level},
    {"hostname", Field::Machine},
    {"machine", Field::Machine},
    {"host.name", Field::Machine},
    {"host.hostname", Field::Machine},
    {"program", Field::Program},
    {"logger", Field::Program},
    {"logger_name", Field::Program},
    {"loggerName", Field::Program},
    {"log.logger", Field::Program},
    {"service", Field::Program},
    {"service.name", Field::Program},
    {"app", Field::Program},
    {"appname", Field::Program},
    {"component", Field::Program},
    {"module", Field::Program},
    {"unit", Field::Program},
    {"name", Field::Program},
    {"pid", Field::Process},
    {"process_id", Field::Process},
    {"process.pid", Field::Process},
    {"message", Field::Message},
    {"msg", Field::Message},
    {"event", Field::Message},
    {"log", Field::Message},
    {"textPayload", Field::Message},
    {"error.message", Field::Message},
};

// https://caddyserver.com/docs/logging: `ts` and `duration` are seconds with a fraction by default.
constexpr Key kCaddyKeys[] = {
    {"ts", Field::Time},
    {"request.client_ip", Field::Host},
    {"request.remote_ip", Field::Host},
    {"request.remote_addr", Field::Host},
    {"user_id", Field::User},
    {"request.host", Field::VirtualHost},
    {"request.method", Field::Method},
    {"request.uri", Field::Target},
    {"request.proto", Field::Protocol},
    {"request.headers.User-Agent[0]", Field::UserAgent},
    {"request.headers.Referer[0]", Field::Referrer},
    {"request.headers.X-Forwarded-For[0]", Field::ForwardedFor},
    {"request.tls.version", Field::TlsProtocol},
    {"request.tls.cipher_suite", Field::TlsCipher},
    {"status", Field::Status},
    {"size", Field::Bytes},
    {"bytes_read", Field::BytesReceived},
    {"duration", Field::Latency},
    {"level", Field::Level},
    {"logger", Field::Program},
    {"msg", Field::Message},
};

// https://doc.traefik.io/traefik/observability/access-logs/: durations are nanoseconds.
constexpr Key kTraefikKeys[] = {
    {"StartUTC", Field::Time},
    {"time", Field::Time},
    {"ClientHost", Field::Host},
    {"ClientUsername", Field::User},
    {"RequestHost", Field::VirtualHost},
    {"RequestMethod", Field::Method},
    {"RequestPath", Field::Target},
    {"RequestProtocol", Field::Protocol},
    {"request_Referer", Field::Referrer},
    {"request_User-Agent", Field::UserAgent},
    {"request_X-Forwarded-For", Field::ForwardedFor},
    {"request_X-Request-Id", Field::RequestId},
    {"ServiceAddr", Field::Upstream},
    {"ServiceURL", Field::Upstream},
    {"TLSVersion", Field::TlsProtocol},
    {"TLSCipher", Field::TlsCipher},
    {"DownstreamStatus", Field::Status},
    {"OriginStatus", Field::Status},
    {"OriginStatus", Field::UpstreamStatus},
    {"DownstreamContentSize", Field::Bytes},
    {"RequestContentSize", Field::BytesReceived},
    {"Duration", Field::Latency, Unit::Nanoseconds},
    {"OriginDuration", Field::UpstreamLatency, Unit::Nanoseconds},
    {"level", Field::Level},
    {"msg", Field::Message},
};

JsonMapping make_usual_mapping() {
  JsonMapping mapping = mapping_of(kUsualRequestKeys, Mismatch::Ignore);
  const JsonMapping programs = mapping_of(kUsualProgramKeys, Mismatch::Ignore);
  mapping.insert(mapping.end(), programs.begin(), programs.end());
  return mapping;
}

}  // namespace

const JsonMapping& usual_mapping() {
  static const JsonMapping mapping = make_usual_mapping();
  return mapping;
}

const JsonMapping& caddy_mapping() {
  static const JsonMapping mapping = mapping_of(kCaddyKeys, Mismatch::Reject);
  return mapping;
}

const JsonMapping& traefik_mapping() {
  static const JsonMapping mapping = mapping_of(kTraefikKeys, Mismatch::Reject);
  return mapping;
}

}  // namespace folio::logs
