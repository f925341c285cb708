// SPDX-License-Identifier: Apache-2.0
#include "logs/format/compile_format.h"

#include <gtest/gtest.h>

#include <string>
#include <tuple>

#include "logs/format/show_for_test.h"

namespace folio::logs {
namespace {

using Table = std::initializer_list<std::tuple<const char*, std::string_view, std::string>>;

constexpr char kCombined[] = R"(%h %l %u %t "%r" %>s %b "%{Referer}i" "%{User-Agent}i")";
const std::string kTime = "time=1697034772000000000";

std::string run(std::string_view format, std::string_view line) {
  const auto parser = compile_format(format);
  return parser ? parse_and_show(**parser, line) : parser.error().message();
}

void check(const Table& table) {
  for (const auto& [format, line, expected] : table)
    EXPECT_EQ(run(format, line), expected) << format << '\n' << line;
}

TEST(CompileFormat, ReadsApachesDirectives) {
  check({
      {kCombined,
       R"(192.0.2.1 - frank [11/Oct/2023:14:32:52 +0000] "GET /a?b=c HTTP/1.1" 200 2326 "http://e.org/" "M/5.0 [X]")",
       "host=192.0.2.1 | user=frank | method=GET | target=/a?b=c | protocol=HTTP/1.1 | "
       "referrer=http://e.org/ | "
       "user_agent=M/5.0 [X] | " +
           kTime + " | status=200 | bytes=2326"},
      {kCombined, R"(::1 id John Smith [11/Oct/2023:16:32:52 +0200] "-" 408 - "-" "-")",
       "host=::1 | ident=id | user=John Smith | " + kTime + " | status=408 | bytes=0"},
      {R"(%a %D %T %{ms}T)", "192.0.2.1 1500 0 1", "host=192.0.2.1 | latency=1500000"},
      {R"(%T/%{ms}T)", "2/1999", "latency=1999000000"},
      {R"(%{us}T)", "-", ""},
      {R"(%T)", "3", "latency=3000000000"},
      {R"(%D)", "-17", ""},
      {R"(%v:%p %I %O %B)", "example.org:8443 10 20 30",
       "virtual_host=example.org | bytes=20 | bytes_received=10 | server_port=8443"},
      {R"(%V %v)", "a b", "virtual_host=b"},
      {R"(%m %U%q %H)", "GET /a?b HTTP/2.0", "method=GET | target=/a?b | protocol=HTTP/2.0"},
      {R"(%m|%U|%q|%H)", "GET|/a|?b|HTTP/2.0", "method=GET | target=/a | protocol=HTTP/2.0"},
      {R"("%r" %m %U)", R"("GET /a HTTP/1.1" POST /b)", "method=GET | target=/a | protocol=HTTP/1.1"},
      {R"(%s %>s)", "301 200", "status=200"},
      {R"(%s %<s)", "301 200", "status=301"},
      {R"(%X %k %f %A %L %P)", "+ 0 /srv/x 192.0.2.9 AbC 4711", "process=4711 | request_id=AbC"},
      {R"("%{X-Forwarded-For}i" %{Host}i %{x-request-id}o)", R"("192.0.2.1, 192.0.2.2" a.org 77)",
       "virtual_host=a.org | forwarded_for=192.0.2.1, 192.0.2.2 | request_id=77"},
      {R"(%{SSL_PROTOCOL}x %{SSL_CIPHER}x %h)", "TLSv1.3 TLS_AES_256_GCM_SHA384 h",
       "host=h | tls_protocol=TLSv1.3 | tls_cipher=TLS_AES_256_GCM_SHA384"},
      {R"("%!200,304,302{Referer}i" %400,501{User-agent}i %h)", R"("http://x/" - h)",
       "host=h | referrer=http://x/"},
      {R"(%{X}^ti %h)", "a h", "host=h"},
      {R"(%% %h 100%%)", "% h 100%", "host=h"},
      {R"(%h\t%l\t\"%u\")", "h\t-\t\"u\"", "host=h | user=u"},
      {R"([%{%d/%b/%Y %T}t.%{msec_frac}t %{%z}t] %h)", "[11/Oct/2023 16:32:52.250 +0200] h",
       "host=h | time=1697034772250000000"},
      {R"(%{sec}t.%{usec_frac}t)", "1697034772.000250", "time=1697034772000250000"},
      {R"(%t %{msec_frac}t)", "[11/Oct/2023:14:32:52 +0000] 250", "time=1697034772250000000"},
      {R"(%{begin:%s}t %h)", "1697034772 h", "host=h | " + kTime},
      {R"(%{%F %T}t)", "2023-02-30 14:32:52", "no time, or one that does not exist at 0: a time that exists"},
      {R"(LogFormat "%h \"%r\" %>s" short)", R"(h "GET / HTTP/1.0" 200)",
       "host=h | method=GET | target=/ | protocol=HTTP/1.0 | status=200"},
      {"  logformat '%h $1' x\n", "h $1", "host=h"},
  });
}

TEST(CompileFormat, ReadsNginxsVariables) {
  check({
      {R"($remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent "$http_referer" "$http_user_agent" $request_time)",
       R"(192.0.2.1 - - [11/Oct/2023:14:32:52 +0000] "GET /a HTTP/2.0" 200 5 "-" "\x22quoted\x22" 0.042)",
       R"(host=192.0.2.1 | method=GET | target=/a | protocol=HTTP/2.0 | user_agent=\x22quoted\x22 | )" +
           kTime + " | status=200 | bytes=5 | latency=42000000"},
      {"$msec $time_iso8601 ${host}x$server_name", "1697034772.250 2023-10-11T14:32:52+00:00 axb",
       "virtual_host=a | time=1697034772250000000"},
      {"$time_iso8601|$bytes_sent|$request_length", "2023-10-11T16:32:52+02:00|7|8",
       kTime + " | bytes=7 | bytes_received=8"},
      {"$scheme $ssl_protocol $ssl_cipher $request_id $nothing $pid", "https TLSv1.2 ECDHE-X abc ? 12",
       "tls_protocol=TLSv1.2 | tls_cipher=ECDHE-X | request_id=abc | process=12"},
      {"$upstream_addr $upstream_status $upstream_response_time $upstream_cache_status $host",
       "10.0.0.1:80, 10.0.0.2:80 : unix:/s 502, - : 200 0.001, - : 0.002 MISS h",
       "virtual_host=h | upstream=10.0.0.1:80, 10.0.0.2:80 : unix:/s | cache_status=MISS | "
       "upstream_latency=3000000 | upstream_status=200"},
      {"$upstream_addr $upstream_status $upstream_response_time", "- - -", ""},
      {R"(rt=$request_time uct="$upstream_connect_time" urt="$upstream_response_time")",
       R"(rt=1.5 uct="0.1, 0.2" urt="0.5, 0.25")", "latency=1500000000 | upstream_latency=750000000"},
      {R"({"ip":"$remote_addr","ua":"$http_user_agent","status":$status})",
       R"({"ip":"h","ua":"a\"b","status":404})", R"(host=h | user_agent=a\"b | status=404)"},
      {"$request_method $request_uri $server_protocol $http_x_forwarded_for", "GET /a?b HTTP/3.0 x",
       "method=GET | target=/a?b | protocol=HTTP/3.0 | forwarded_for=x"},
      {"log_format main escape=default '$remote_addr - \"$request\" '\n    '$status % \\'$host\\'';",
       R"(h - "GET / HTTP/1.1" 200 % 'v')",
       "host=h | virtual_host=v | method=GET | target=/ | protocol=HTTP/1.1 | status=200"},
      {"log_format tiny $remote_addr;", "h;", "host=h;"},
  });
}

TEST(CompileFormat, SaysWhatIsWrong) {
  check({
      {"", "", "the format has neither a % of Apache's language nor a $ of nginx's"},
      {"hello", "", "the format has neither a % of Apache's language nor a $ of nginx's"},
      {"%h $host", "",
       "the format has both % of Apache's language, at position 1, and $ of nginx's, at position 4"},
      {"%h%l", "",
       "the format has no text between %h and %l at position 3, so that nobody can tell where one ends"},
      {"a $host$uri", "",
       "the format has no text between $host and $uri at position 8, so that nobody can tell where one ends"},
      {"%h %", "", "the directive % at position 4 of the format has no letter"},
      {"%h %>", "", "the directive %> at position 4 of the format has no letter"},
      {"%{Referer", "", "the directive % at position 1 of the format has no closing }"},
      {"%{%Q}t", "", "the time pattern has an unknown conversion %Q at position 1, in %{%Q}t at position 1"},
      {"%X %k", "", "the format has no field that folio knows"},
      {"%%", "", "the format has no field"},
      {"a $ b", "", "no name of a variable behind the $ at position 3 of the format"},
      {"${host", "", "no closing } behind the ${ at position 1 of the format"},
      {"LogFormat \"%h", "", "the string of the format has no closing quote"},
      {"log_format x '$host", "", "the string of the format has no closing quote"},
  });
}

TEST(Request, IsTakenApartOrKeptWhole) {
  const std::tuple<std::string_view, std::string> table[] = {
      {"GET / HTTP/1.1", "method=GET | target=/ | protocol=HTTP/1.1"},
      {"GET /a b c HTTP/1.1", "method=GET | target=/a b c | protocol=HTTP/1.1"},
      {"GET /index.html", "method=GET | target=/index.html"},
      {"GET  HTTP/1.1", "method=GET | protocol=HTTP/1.1"},
      {"GET HTTP/1.1", "method=GET | protocol=HTTP/1.1"},
      {"GET / HTTP/2", "method=GET | target=/ | protocol=HTTP/2"},
      {"GET / HTTP/1.", "method=GET | target=/ | protocol=HTTP/1."},
      {"GET / HTTP/x", "method=GET | target=/ HTTP/x"},
      {"M-SEARCH * HTTP/1.1", "method=M-SEARCH | target=* | protocol=HTTP/1.1"},
      {"OPTIONS rtsp://x RTSP/1.0", "method=OPTIONS | target=rtsp://x | protocol=RTSP/1.0"},
      {"get / http/1.0", "method=get | target=/ http/1.0"},
      {"GET", "target=GET"},
      {"GET ", "method=GET"},
      {" ", "target= "},
      {"-", ""},
      {"", ""},
      {"- - -", "target=- -"},
      {R"(\x16\x03\x01\x02)", R"(target=\x16\x03\x01\x02)"},
      {"\x16\x03 / HTTP/1.1", "target=\x16\x03 / HTTP/1.1"},
      {"ABCDEFGHIJKLMNOPQRSTUVWXYZ / HTTP/1.1", "target=ABCDEFGHIJKLMNOPQRSTUVWXYZ / HTTP/1.1"},
  };
  for (const auto& [request, expected] : table) {
    EXPECT_EQ(run(R"("%r" %h)", '"' + std::string{request} + "\" -"), expected) << request;
  }
}

TEST(Quotes, EndWhereNoBackslashEscapesThem) {
  check({
      {R"("%{Referer}i" %h)", R"("a\"b" h)", R"(host=h | referrer=a\"b)"},
      {R"("%{Referer}i" %h)", R"("a\\" h)", R"(host=h | referrer=a\\)"},
      {R"("%{Referer}i" %h)", R"("a\\\" b" h)", R"(host=h | referrer=a\\\" b)"},
      {R"("%{Referer}i" %h)", R"("a"b" h)", R"(host=h | referrer=a"b)"},
      {R"("%{Referer}i" %h)", R"("" h)", "host=h"},
      {R"(%h "%{Referer}i")", R"(h "a" "b")", "not the form of this format at 5: the end of the line"},
      {R"(%h "%{Referer}i")", R"(h "a)", "not the form of this format at 3: a closing quote"},
      {R"(%h "%{Referer}i")", R"(h "a\")", "not the form of this format at 3: a closing quote"},
      {R"(%h "%{Referer}i")", R"(h ")", "not the form of this format at 3: a closing quote"},
  });
}

TEST(BrokenLines, AreRejectedWithTheirPlace) {
  const std::string good = R"(h - - [11/Oct/2023:14:32:52 +0000] "GET / HTTP/1.1" 200 5 "-" "x")";
  check({
      {kCombined, "", ""},
      {kCombined, "h", "the line ends too early at 1: a space after the host"},
      {kCombined, "h - - [11/Oct/2023:14:32",
       "the line ends too early at 24: a time such as 10/Oct/2000:13:55:36 -0700"},
      {kCombined, R"(h - - [31/Feb/2023:14:32:52 +0000] "GET / HTTP/1.1" 200 5 "-" "x")",
       "no time, or one that does not exist at 7: a time such as 10/Oct/2000:13:55:36 -0700"},
      {kCombined, R"(h - - [11/Oct/2023:14:32:52 +0000] "GET / HTTP/1.1" 20 5 "-" "x")",
       "no status of three digits at 52: a status of three digits"},
      {kCombined, R"(h - - [11/Oct/2023:14:32:52 +0000] "GET / HTTP/1.1" 099 5 "-" "x")",
       "no status of three digits at 52: a status of three digits"},
      {kCombined, R"(h - - [11/Oct/2023:14:32:52 +0000] "GET / HTTP/1.1" 2000 5 "-" "x")",
       "no status of three digits at 52: a status of three digits"},
      {kCombined, R"(h - - [11/Oct/2023:14:32:52 +0000] "GET / HTTP/1.1" 200 -5 "-" "x")",
       "no number where one belongs at 56: a number"},
      {kCombined, R"(h - - [11/Oct/2023:14:32:52 +0000] "GET / HTTP/1.1" 200 9223372036854775808 "-" "x")",
       "no number where one belongs at 56: a number"},
      {kCombined, R"(h - - [11/Oct/2023:14:32:52 +0000] "GET / HTTP/1.1" 200 9223372036854775807 "-" "-")",
       "host=h | method=GET | target=/ | protocol=HTTP/1.1 | " + kTime +
           " | status=200 | bytes=9223372036854775807"},
      {kCombined, R"(h - - [11/Oct/2023:14:32:52 +0000]x"GET / HTTP/1.1" 200 5 "-" "x")",
       "not the form of this format at 33: '] \"' after the time"},
      {"%h x%>s", "a b c x200 ", "no status of three digits at 7: a status of three digits"},
      {"[%h] %>s", "(a] 200", "not the form of this format at 0: ["},
      {"%>s", "000", "status=0"},
      {"%b0 %h", "120 h", "host=h | bytes=12"},
  });
}

// Only the whole line fits: the last field ends with a quote.
TEST(BrokenLines, NoPrefixOfAGoodLineFits) {
  const std::string good =
      R"(192.0.2.1 - frank [11/Oct/2023:14:32:52 +0000] "GET /a\"b HTTP/1.1" 200 2326 "http://e.org/" "a\\ \"b")";
  const auto parser = *compile_format(kCombined);
  for (std::size_t size = 1; size <= good.size(); ++size) {
    const bool is_rejected = parse_and_show(*parser, good.substr(0, size)).find(" at ") != std::string::npos;
    EXPECT_EQ(is_rejected, size < good.size()) << size;
  }
}

TEST(BrokenLines, AnyBytesMayStandInTexts) {
  const std::string_view line(
      "h\0\xff - \xc3 [11/Oct/2023:14:32:52 +0000] \"GET /\x80\0 HTTP/1.1\" 200 - \"\xf0\x9f\" \"\n\r\t\"",
      82);
  const auto parser = *compile_format(kCombined);
  Record record;
  const Verdict verdict = parser->parse(line, record);
  ASSERT_TRUE(verdict.ok()) << show(verdict);
  EXPECT_EQ(record.text(Field::Host), std::string_view("h\0\xff", 3));
  EXPECT_EQ(record.text(Field::Target), std::string_view("/\x80\0", 3));
  EXPECT_EQ(record.text(Field::UserAgent), "\n\r\t");
}

TEST(Clone, ParsesAsTheOriginal) {
  auto parser = *compile_format(kCombined);
  const auto copy = parser->clone();
  const std::string line = R"(h - - [11/Oct/2023:14:32:52 +0000] "GET / HTTP/1.1" 200 5 "-" "x")";
  const std::string expected = parse_and_show(*parser, line);
  const Verdict verdict = copy->parse("h", *std::make_unique<Record>());
  parser.reset();
  EXPECT_EQ(verdict.expected, "a space after the host");
  EXPECT_EQ(parse_and_show(*copy, line), expected);
}

}  // namespace
}  // namespace folio::logs
