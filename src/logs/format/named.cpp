// SPDX-License-Identifier: Apache-2.0
#include "logs/format/named.h"

#include <array>
#include <string>
#include <utility>

#include "core/fail.h"
#include "core/try.h"
#include "logs/format/apache_error.h"
#include "logs/format/compile_format.h"
#include "logs/format/delimited_parser.h"
#include "logs/format/haproxy.h"
#include "logs/format/nginx_error.h"
#include "logs/format/nginx_format.h"
#include "logs/format/w3c.h"
#include "logs/time/civil_time.h"

namespace folio::logs {

namespace {

using Made = Result<std::unique_ptr<LineParser>>;

constexpr std::int64_t kMillisecond = 1'000'000;

template <const char* kFormat>
Made make_compiled(const FormatHints& /*hints*/) {
  return compile_format(kFormat);
}

constexpr char kCommon[] = R"(%h %l %u %t "%r" %>s %b)";
constexpr char kCombined[] = R"(%h %l %u %t "%r" %>s %b "%{Referer}i" "%{User-Agent}i")";
constexpr char kCombinedMore[] = R"(%h %l %u %t "%r" %>s %b "%{Referer}i" "%{User-Agent}i" %{more}n)";
constexpr char kCombinedIo[] = R"(%h %l %u %t "%r" %>s %b "%{Referer}i" "%{User-Agent}i" %I %O)";
constexpr char kTraefik[] =
    R"(%h %l %u %t "%r" %>s %b "%{Referer}i" "%{User-Agent}i" %{count}n "%{router}n" "%{balancer_worker_name}e" )"
    R"(%{ms}Tms)";
constexpr char kVhostCommon[] = R"(%v %h %l %u %t "%r" %>s %b)";
constexpr char kVhostCombined[] = R"(%v:%p %h %l %u %t "%r" %>s %O "%{Referer}i" "%{User-Agent}i")";
constexpr char kNginx[] =
    R"($remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent "$http_referer" )"
    R"("$http_user_agent")";
constexpr char kNginxMain[] =
    R"($remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent "$http_referer" )"
    R"("$http_user_agent" "$http_x_forwarded_for")";

// Formats that are told in nginx's language with these variables.
FieldSpec spec(Conversion conversion, Field field, std::int64_t unit = 1) {
  FieldSpec made;
  made.conversion = conversion;
  made.field = field;
  made.unit = unit;
  return made;
}

FieldSpec quotable(FieldSpec made) {
  made.may_be_quoted = true;
  return made;
}

FieldSpec padded(FieldSpec made) {
  made.is_padded = true;
  return made;
}

FieldSpec haproxy_time() {
  FieldSpec made = spec(Conversion::TimePart, Field::Time);
  made.pattern = "%d/%b/%Y:%H:%M:%S.%f";
  return made;
}

Made make_told(std::string_view format, Rest rest) {
  constexpr std::int64_t second = kNanosecondsPerSecond;
  const Variable own[] = {
      {"client", spec(Conversion::HostPort, Field::Host)},
      {"server", spec(Conversion::HostPort, Field::Upstream)},
      {"virtual_host", spec(Conversion::Text, Field::VirtualHost)},
      {"user", spec(Conversion::Text, Field::User)},
      {"iso_time", spec(Conversion::IsoTime, Field::Time)},
      {"epoch_time", spec(Conversion::EpochTime, Field::Time, second)},
      {"haproxy_time", haproxy_time()},
      {"part_s", spec(Conversion::DurationSum, Field::Latency, second)},
      {"upstream_part_s", spec(Conversion::DurationSum, Field::UpstreamLatency, second)},
      {"ms", spec(Conversion::Duration, Field::Latency, kMillisecond)},
      {"padded_ms", padded(spec(Conversion::Duration, Field::Latency, kMillisecond))},
      {"upstream_ms", spec(Conversion::Duration, Field::UpstreamLatency, kMillisecond)},
      {"upstream_code", spec(Conversion::Status, Field::UpstreamStatus)},
      {"received", spec(Conversion::Count, Field::BytesReceived)},
      {"sent", spec(Conversion::Count, Field::Bytes)},
      {"sent_so_far", spec(Conversion::Duration, Field::Bytes)},  // perhaps "+2750"
      {"cache", spec(Conversion::Text, Field::CacheStatus)},
      {"cipher", spec(Conversion::Text, Field::TlsCipher)},
      {"tls", spec(Conversion::Text, Field::TlsProtocol)},
      {"id", spec(Conversion::Text, Field::RequestId)},
      {"method", spec(Conversion::Text, Field::Method)},
      {"target", spec(Conversion::Text, Field::Target)},
      {"upstream", spec(Conversion::Text, Field::Upstream)},
      {"maybe_request", quotable(spec(Conversion::Request, Field::Target))},
      {"maybe_referrer", quotable(spec(Conversion::Text, Field::Referrer))},
      {"maybe_agent", quotable(spec(Conversion::Text, Field::UserAgent))},
  };
  const FormatPieces pieces = FOLIO_TRY(read_nginx_format(format, own));
  return std::make_unique<DelimitedParser>(FOLIO_TRY(build_program(pieces, rest)));
}

template <const char* kFormat>
Made make_own(const FormatHints& /*hints*/) {
  return make_told(kFormat, Rest::Anything);
}

constexpr char kElb[] =
    R"($iso_time $elb $client $server $part_s $upstream_part_s $part_s $status $upstream_code $received $sent )"
    R"("$request" "$http_user_agent" $cipher $tls)";
constexpr char kAlb[] =
    R"($type $iso_time $elb $client $server $part_s $upstream_part_s $part_s $status $upstream_code $received )"
    R"($sent "$request" "$http_user_agent" $cipher $tls $target_group "$id" "$virtual_host" "$certificate")";
constexpr char kS3[] =
    R"($owner $virtual_host [$time_local] $remote_addr $user $id $operation $key $maybe_request $status $error )"
    R"($sent $size $ms $turn_around $maybe_referrer $maybe_agent $version)";
constexpr char kHaproxy[] =
    R"($client [$haproxy_time] $frontend $backend/$upstream $a/$b/$c/$upstream_ms/$ms $status $sent_so_far )"
    R"($d $e $f $g/$h/$i/$j/$k $queues "$request")";
constexpr char kSquid[] =
    R"($epoch_time $padded_ms $remote_addr $cache/$status $sent $method $target $user $hierarchy/$upstream $type)";
constexpr char kEnvoy[] =
    R"([$iso_time] "$request" $status $flags $received $sent $ms $upstream_ms "$http_x_forwarded_for" )"
    R"("$http_user_agent" "$id" "$virtual_host" "$server")";

Made make_haproxy(const FormatHints& /*hints*/) {
  return std::make_unique<HaproxyParser>(FOLIO_TRY(make_told(kHaproxy, Rest::Anything)));
}

Made make_nginx_error(const FormatHints& /*hints*/) {
  return std::make_unique<NginxErrorParser>();
}

Made make_apache_error(const FormatHints& /*hints*/) {
  return std::make_unique<ApacheErrorParser>();
}

template <W3cKind kKind>
Made make_w3c(const FormatHints& hints) {
  return make_w3c_parser(kKind, hints.header);
}

template <W3cKind kKind>
bool may_be_w3c(const FormatHints& hints) {
  return looks_like_w3c(kKind, hints.header);
}

constexpr std::array<NamedFormat, 20> kFormats{{
    {"combined", "Apache's and nginx's usual access log, with referrer and user agent",
     make_compiled<kCombined>},
    {"common", "the Common Log Format of NCSA's server, without them", make_compiled<kCommon>},
    {"vhost_combined", "Debian's for Apache: virtual host, port, then combined",
     make_compiled<kVhostCombined>},
    {"vhost_common", "virtual host, then common", make_compiled<kVhostCommon>},
    {"nginx", "nginx's default, the same as combined", make_compiled<kNginx>},
    {"nginx_main", "of nginx's packages: combined, then the forwarded address in quotes",
     make_compiled<kNginxMain>},
    {"combined_io", "combined, then bytes in and out (Apache's mod_logio)", make_compiled<kCombinedIo>},
    {"traefik", "Traefik's default: combined, then router, server and duration", make_compiled<kTraefik>},
    {"combined_more", "combined, then anything else", make_compiled<kCombinedMore>},
    {"nginx_error", "nginx's error log", make_nginx_error},
    {"apache_error", "Apache's error log, of 2.2 and 2.4", make_apache_error},
    {"alb", "AWS Application Load Balancer", make_own<kAlb>},
    {"elb", "AWS Classic Load Balancer", make_own<kElb>},
    {"cloudfront", "AWS CloudFront, separated by tabs", make_w3c<W3cKind::CloudFront>,
     may_be_w3c<W3cKind::CloudFront>},
    {"s3", "AWS S3 server access log", make_own<kS3>},
    {"haproxy_http", "HAProxy with option httplog, perhaps behind a syslog header", make_haproxy},
    {"squid", "Squid's native access log", make_own<kSquid>},
    {"envoy", "Envoy's default access log", make_own<kEnvoy>},
    {"iis", "Microsoft IIS, fields as its #Fields line has them", make_w3c<W3cKind::Iis>,
     may_be_w3c<W3cKind::Iis>},
    {"w3c", "W3C Extended Log File, fields as its #Fields line has them", make_w3c<W3cKind::Plain>,
     may_be_w3c<W3cKind::Plain>},
}};

}  // namespace

std::span<const NamedFormat> named_formats() {
  return kFormats;
}

Result<std::unique_ptr<LineParser>> make_named_parser(std::string_view name, const FormatHints& hints) {
  for (const NamedFormat& format : named_formats()) {
    if (format.name == name) return format.make(hints);
  }
  std::string detail = "no log format is called ";
  detail += name;
  detail += "; the names are";
  for (const NamedFormat& format : named_formats()) {
    detail += format.name == named_formats().front().name ? " " : ", ";
    detail += format.name;
  }
  return fail(Errc::InvalidArgument, {}, std::move(detail));
}

}  // namespace folio::logs
