// SPDX-License-Identifier: Apache-2.0
// Lines of every named format, with what they say.
#include "logs/format/named.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "logs/format/show_for_test.h"

namespace folio::logs {
namespace {

const std::string kTime = "time=1697034772000000000";  // 2023-10-11T14:32:52Z

struct Fixture {
  std::string_view line;
  std::string expected;
};

std::unique_ptr<LineParser> make(std::string_view name, std::string_view header = {}) {
  auto parser = make_named_parser(name, {.header = header});
  if (!parser) ADD_FAILURE() << parser.error().message();
  return parser ? *std::move(parser) : nullptr;
}

void check(std::string_view name, const std::vector<Fixture>& fixtures, std::string_view header = {}) {
  const auto parser = make(name, header);
  const auto copy = parser->clone();
  for (const Fixture& fixture : fixtures) {
    EXPECT_EQ(parse_and_show(*parser, fixture.line), fixture.expected) << name << '\n' << fixture.line;
    EXPECT_EQ(parse_and_show(*copy, fixture.line), fixture.expected) << name << '\n' << fixture.line;
  }
}

TEST(NamedFormat, CommonAndItsVariants) {
  check("common", {
                      {R"(192.0.2.1 - - [11/Oct/2023:14:32:52 +0000] "GET /a HTTP/1.0" 200 2326)",
                       "host=192.0.2.1 | method=GET | target=/a | protocol=HTTP/1.0 | " + kTime +
                           " | status=200 | bytes=2326"},
                      {R"(192.0.2.1 - - [11/Oct/2023:14:32:52 +0000] "GET /a HTTP/1.0" 304 -)",
                       "host=192.0.2.1 | method=GET | target=/a | protocol=HTTP/1.0 | " + kTime +
                           " | status=304 | bytes=0"},
                      {R"(192.0.2.1 - - [11/Oct/2023:14:32:52 +0000] "GET /a HTTP/1.0" 200 2326 "-" "x")",
                       "no number where one belongs at 65: a number"},
                  });
  check("combined",
        {
            {R"(2001:db8::1 - a [11/Oct/2023:14:32:52 +0000] "\x16\x03\x01" 400 484 "-" "-")",
             R"(host=2001:db8::1 | user=a | target=\x16\x03\x01 | )" + kTime + " | status=400 | bytes=484"},
        });
  check("vhost_common",
        {
            {R"(example.org h - - [11/Oct/2023:14:32:52 +0000] "GET / HTTP/1.1" 200 1)",
             "host=h | virtual_host=example.org | method=GET | target=/ | protocol=HTTP/1.1 | " + kTime +
                 " | status=200 | bytes=1"},
        });
  check("vhost_combined",
        {
            {R"(example.org:443 h - - [11/Oct/2023:14:32:52 +0000] "GET / HTTP/1.1" 200 1 "-" "curl/8")",
             "host=h | virtual_host=example.org | method=GET | target=/ | protocol=HTTP/1.1 | "
             "user_agent=curl/8 | " +
                 kTime + " | status=200 | bytes=1 | server_port=443"},
        });
  check("combined_io",
        {
            {R"(h - - [11/Oct/2023:14:32:52 +0000] "GET / HTTP/1.1" 200 1 "-" "curl/8" 70 260)",
             "host=h | method=GET | target=/ | protocol=HTTP/1.1 | user_agent=curl/8 | " + kTime +
                 " | status=200 | bytes=1 | bytes_received=70"},
        });
  check("combined_io", {{R"(h - - [11/Oct/2023:14:32:52 +0000] "GET / HTTP/1.1" 200 1 "-" "curl/8" 70 x)",
                         "no number where one belongs at 74: a number"}});
  check(
      "traefik",
      {{R"(h - - [11/Oct/2023:14:32:52 +0000] "GET / HTTP/1.1" 200 1 "-" "curl/8" 5 "a@docker" "http://10.0.0.1:80" 12ms)",
        "host=h | method=GET | target=/ | protocol=HTTP/1.1 | user_agent=curl/8 | "
        "upstream=http://10.0.0.1:80 | " +
            kTime + " | status=200 | bytes=1 | latency=12000000"}});
  check("combined_more",
        {
            {R"(h - - [11/Oct/2023:14:32:52 +0000] "GET / HTTP/1.1" 200 1 "-" "curl/8" whatever "it" is)",
             "host=h | method=GET | target=/ | protocol=HTTP/1.1 | user_agent=curl/8 | " + kTime +
                 " | status=200 | bytes=1"},
        });
}

TEST(NamedFormat, Nginx) {
  check(
      "nginx",
      {
          {R"(h - john [11/Oct/2023:14:32:52 +0000] "GET /\x22 HTTP/1.1" 200 1 "http://e/\x5C" "curl/8")",
           R"(host=h | user=john | method=GET | target=/\x22 | protocol=HTTP/1.1 | referrer=http://e/\x5C | )"
           "user_agent=curl/8 | " +
               kTime + " | status=200 | bytes=1"},
          {R"(h - - [11/Oct/2023:14:32:52 +0000] "" 400 0 "-" "-")",
           "host=h | " + kTime + " | status=400 | bytes=0"},
          {R"(h - - [11/Oct/2023:14:32:52 +0000] "GET / HTTP/1.1" 000 0 "-" "-")",
           "host=h | method=GET | target=/ | protocol=HTTP/1.1 | " + kTime + " | status=0 | bytes=0"},
      });
  check("nginx_main",
        {
            {R"(h - - [11/Oct/2023:14:32:52 +0000] "GET / HTTP/1.1" 200 1 "-" "curl/8" "192.0.2.7")",
             "host=h | method=GET | target=/ | protocol=HTTP/1.1 | user_agent=curl/8 | "
             "forwarded_for=192.0.2.7 | " +
                 kTime + " | status=200 | bytes=1"},
        });
}

TEST(NamedFormat, NginxErrors) {
  check(
      "nginx_error",
      {
          {R"(2023/10/11 14:32:52 [error] 1234#5678: *90 open() "/srv/x" failed (2: No such file or directory), client: 192.0.2.1, server: example.org, request: "GET /x, y HTTP/1.1", upstream: "http://10.0.0.1:80/x", host: "www.example.org", referrer: "http://r.org/")",
           R"(host=192.0.2.1 | virtual_host=www.example.org | method=GET | target=/x, y | protocol=HTTP/1.1 | referrer=http://r.org/ | upstream=http://10.0.0.1:80/x | level=error | process=1234 | message=open() "/srv/x" failed (2: No such file or directory) | )" +
               kTime},
          {"2023/10/11 14:32:52 [notice] 1#1: start worker processes",
           "level=notice | process=1 | message=start worker processes | " + kTime},
          {"2023/10/11 14:32:52 [alert] 1#1: *7 x, client: 192.0.2.1",
           "host=192.0.2.1 | level=alert | process=1 | message=x | " + kTime},
          {"2023/10/11 14:32:52 [alert] 1#1: ", "level=alert | process=1 | " + kTime},
          {"2023/10/11 14:32:52 [alert] 1#1",
           "not the form of this format at 28: a process such as 1234#5678:"},
          {"2023/10/11 14:32:52 alert", "not the form of this format at 19: a level in brackets"},
          {"2023/02/29 14:32:52 [error] 1#1: x",
           "no time, or one that does not exist at 0: a time such as 2023/10/11 14:32:52"},
      });
}

TEST(NamedFormat, ApacheErrors) {
  check("apache_error",
        {
            {"[Wed Oct 11 14:32:52.000000 2023] [core:error] [pid 35708:tid 4328636416] [client "
             "192.0.2.1:51234] AH00124: "
             "too many redirects [x], referer: http://e.org/",
             "host=192.0.2.1 | referrer=http://e.org/ | level=error | program=core | process=35708 | "
             "message=AH00124: too "
             "many redirects [x] | " +
                 kTime},
            {"[Wed Oct 11 14:32:52 2023] [error] [client 2001:db8::ff] File does not exist: /srv/x",
             "host=2001:db8::ff | level=error | message=File does not exist: /srv/x | " + kTime},
            {"[Wed Oct 11 14:32:52 2023] [notice] [x] started",
             "level=notice | message=[x] started | " + kTime},
            {"[Wed Oct 11 14:32:52.000000 2023] [:warn] [pid 7] [client [2001:db8::1]:80] m",
             "host=2001:db8::1 | level=warn | process=7 | message=m | " + kTime},
            {"[Wed Oct 11 14:32:52 2023] [error]", "level=error | " + kTime},
            {"[Wed Oct 11 14:32:52 2023] error", "not the form of this format at 27: a level in brackets"},
            {"[Wed Oct 11 2023] [error] x",
             "no time, or one that does not exist at 1: a time such as Wed Oct 11 14:32:52 2023"},
            {"Wed Oct 11", "not the form of this format at 0: a time in brackets"},
        });
}

TEST(NamedFormat, LoadBalancersOfAws) {
  check(
      "elb",
      {
          {R"(2023-10-11T14:32:52.000000Z my-lb 192.0.2.1:2817 10.0.0.1:80 0.000073 0.001048 0.000057 200 201 12 29 "GET http://e.org:80/ HTTP/1.1" "curl/7.38.0" - -)",
           "host=192.0.2.1 | method=GET | target=http://e.org:80/ | protocol=HTTP/1.1 | "
           "user_agent=curl/7.38.0 | "
           "upstream=10.0.0.1 | " +
               kTime +
               " | status=200 | bytes=29 | bytes_received=12 | latency=1178000 | upstream_latency=1048000 | "
               "upstream_status=201"},
          {R"(2023-10-11T14:32:52Z my-lb [2001:db8::1]:2817 - -1 -1 -1 503 0 0 0 "- - - " "-" ECDHE-X TLSv1.2)",
           "host=2001:db8::1 | tls_protocol=TLSv1.2 | tls_cipher=ECDHE-X | " + kTime +
               " | status=503 | bytes=0 | bytes_received=0 | upstream_status=0"},
      });
  check(
      "alb",
      {
          {R"(h2 2023-10-11T14:32:52.000000Z app/my-lb/50dc 192.0.2.1:46532 10.0.1.252:80 0.086 0.048 0.037 200 200 34 366 "GET https://e.org:443/ HTTP/2.0" "curl/7.46.0" ECDHE-X TLSv1.2 arn:aws:tg/73 "Root=1-58" "www.e.org" "arn:cert" 0 2023-10-11T14:32:51.364000Z "forward" "-" "-" "10.0.1.252:80" "200" "-" "-")",
           "host=192.0.2.1 | virtual_host=www.e.org | method=GET | target=https://e.org:443/ | "
           "protocol=HTTP/2.0 | "
           "user_agent=curl/7.46.0 | upstream=10.0.1.252 | tls_protocol=TLSv1.2 | tls_cipher=ECDHE-X | "
           "request_id=Root=1-58 | " +
               kTime +
               " | status=200 | bytes=366 | bytes_received=34 | latency=171000000 | "
               "upstream_latency=48000000 | "
               "upstream_status=200"},
          {R"(http 2023-10-11T14:32:52Z lb 192.0.2.1:46532 - -1 -1 -1 502 - 34 366 "GET / HTTP/1.1" "-" - - - "-" "-" "-")",
           "host=192.0.2.1 | method=GET | target=/ | protocol=HTTP/1.1 | " + kTime +
               " | status=502 | bytes=366 | bytes_received=34"},
      });
}

TEST(NamedFormat, S3) {
  check(
      "s3",
      {
          {R"(79a5 bucket [11/Oct/2023:14:32:52 +0000] 192.0.2.3 arn:aws:iam::1:user/x 3E57 REST.GET.OBJECT a/b.jpg "GET /bucket/a/b.jpg?x HTTP/1.1" 200 - 113 4096 7 5 "http://e.org/" "S3Console/0.4 x" - s9lz SigV4 ECDHE-X AuthHeader bucket.s3.amazonaws.com TLSv1.2 - -)",
           "host=192.0.2.3 | user=arn:aws:iam::1:user/x | virtual_host=bucket | method=GET | "
           "target=/bucket/a/b.jpg?x | "
           "protocol=HTTP/1.1 | referrer=http://e.org/ | user_agent=S3Console/0.4 x | request_id=3E57 | " +
               kTime + " | status=200 | bytes=113 | latency=7000000"},
          {R"(79a5 bucket [11/Oct/2023:14:32:52 +0000] - AmazonS3 3E57 S3.EXPIRE.OBJECT k - - - - 4096 - - - - -)",
           "user=AmazonS3 | virtual_host=bucket | request_id=3E57 | " + kTime},
      });
}

constexpr std::string_view kCloudFrontHeader =
    "#Version: 1.0\n#Fields: date time x-edge-location sc-bytes c-ip cs-method cs(Host) cs-uri-stem "
    "sc-status "
    "cs(Referer) cs(User-Agent) cs-uri-query cs(Cookie) x-edge-result-type x-edge-request-id x-host-header "
    "cs-protocol cs-bytes time-taken\n";

TEST(NamedFormat, CloudFront) {
  const Fixture fixture{
      "2023-10-11\t14:32:52\tLAX1\t2390282\t192.0.2.202\tGET\td111.cloudfront.net\t/index.html\t200\t-\t"
      "Mozilla/5.0%20(X)\ta=b\t-\tHit\t4_XnIr==\twww.e.org\thttps\t23\t0.25",
      "host=192.0.2.202 | virtual_host=www.e.org | method=GET | target=/index.html | "
      "user_agent=Mozilla/5.0%20(X) | "
      "cache_status=Hit | request_id=4_XnIr== | " +
          kTime + " | status=200 | bytes=2390282 | bytes_received=23 | latency=250000000"};
  check("cloudfront",
        {fixture, {"#Version: 1.0", ""}, {"#Fields: c-ip sc-status", ""}, {"h\t404", "host=h | status=404"}},
        kCloudFrontHeader);
  std::string full{fixture.line};
  full += "\t192.0.2.9\tTLSv1.2\tECDHE-X\tHit\tHTTP/2.0\t-\t-\t11040\t0.001\tHit\ttext/html\t78\t-\t-";
  check("cloudfront",
        {{full,
          "host=192.0.2.202 | virtual_host=www.e.org | method=GET | target=/index.html | "
          "protocol=HTTP/2.0 | user_agent=Mozilla/5.0%20(X) | forwarded_for=192.0.2.9 | "
          "cache_status=Hit | tls_protocol=TLSv1.2 | tls_cipher=ECDHE-X | request_id=4_XnIr== | " +
              kTime + " | status=200 | bytes=2390282 | bytes_received=23 | latency=250000000"}});
}

constexpr std::string_view kIisHeader =
    "#Software: Microsoft Internet Information Services 10.0\r\n#Version: 1.0\r\n#Date: 2023-10-11 "
    "00:00:00\r\n"
    "#Fields: date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) "
    "cs(Referer) "
    "sc-status sc-substatus sc-win32-status time-taken\r\n";
constexpr std::string_view kIisLine =
    "2023-10-11 14:32:52 10.0.0.1 GET /a.aspx b=c 443 DOM\\joe 192.0.2.1 Mozilla/5.0+(X) - 200 0 0 15";

TEST(NamedFormat, IisAndW3c) {
  const std::string expected =
      "host=192.0.2.1 | user=DOM\\joe | method=GET | target=/a.aspx | user_agent=Mozilla/5.0+(X) | " + kTime +
      " | status=200 | latency=15000000 | server_port=443";
  for (const char* name : {"iis", "w3c"}) {
    check(name, {{kIisLine, expected}, {"#Software: x", ""}, {"", ""}}, kIisHeader);
    check(name,
          {{kIisLine, "not the form of this format at 0: a #Fields line that says what the fields are"},
           {"#Fields: date time c-ip", ""},
           {"2023-10-11 14:32:52 h", "host=h | " + kTime},
           {"2023-10-11 14:32:52 h i",
            "not the form of this format at 21: the fields that the #Fields line names"},
           {"2023-10-11", "not the form of this format at 10: the fields that the #Fields line names"},
           {"2023-10-11 24:32:52 h", "no time, or one that does not exist at 0: a time that exists"},
           {"#Fields: time c-ip cs(Referer)", ""},
           {"14:32:52 h \"http://e.org/a b\"", "host=h | referrer=http://e.org/a b"},
           {"14:32:52 h \"http", "host=h | referrer=\"http"},
           {"#Fields: nothing known", ""},
           {"14:32:52 h", "not the form of this format at 0: a #Fields line that says what the fields are"}});
  }
  std::string many = "#Fields:";
  for (int i = 0; i < 200'000; ++i) many += " c-ip";
  check("w3c", {{many, ""},
                {"h", "not the form of this format at 0: a #Fields line that says what the fields are"}});
  check("w3c", {{"0.5 h", "host=h | latency=500000000"}}, "#Fields: time-taken c-ip\n");
  check("iis", {{"500 h", "host=h | latency=500000000"}}, "#Fields: time-taken c-ip\n");
  check("w3c", {{"1\t\"h i\"", "user=h i | latency=1000000000"}},
        "#Fields: time-taken cs-username\n1\th i\n");
}

TEST(NamedFormat, Haproxy) {
  const std::string expected =
      "host=10.0.1.2 | method=GET | target=/index.html | protocol=HTTP/1.1 | upstream=srv1 | "
      "time=1697034772655000000 | status=200 | bytes=2750 | latency=109000000 | upstream_latency=69000000";
  check(
      "haproxy_http",
      {
          {R"(Oct 11 14:32:52 localhost haproxy[14389]: 10.0.1.2:33317 [11/Oct/2023:14:32:52.655] http-in static/srv1 10/0/30/69/109 200 2750 - - ---- 1/1/1/1/0 0/0 {1wt.eu} {} "GET /index.html HTTP/1.1")",
           expected},
          {R"(10.0.1.2:33317 [11/Oct/2023:14:32:52.655] http-in static/srv1 10/0/30/69/+109 200 +2750 - - ---- 1/1/1/1/0 0/0 "GET /index.html HTTP/1.1")",
           expected},
          {R"(2001:db8::1:33317 [11/Oct/2023:14:32:52.655] f~ f/<NOSRV> -1/-1/-1/-1/0 -1 0 - - PR-- 1/1/0/0/3 0/0 "<BADREQ>")",
           "host=2001:db8::1 | target=<BADREQ> | upstream=<NOSRV> | time=1697034772655000000 | status=0 | "
           "bytes=0 | "
           "latency=0"},
          {"Oct 11 14:32:52 localhost haproxy[14389]: Proxy http-in started.",
           "the line ends too early at 64: ' [' after the host"},
          {"x [1", "no time, or one that does not exist at 3: a time that exists"},
      });
}

TEST(NamedFormat, Squid) {
  check("squid",
        {
            {"1697034772.586    921 192.168.0.68 TCP_MISS/200 507 POST http://e.org/services - "
             "DIRECT/192.0.2.97 text/xml",
             "host=192.168.0.68 | method=POST | target=http://e.org/services | upstream=192.0.2.97 | "
             "cache_status=TCP_MISS | "
             "time=1697034772586000000 | status=200 | bytes=507 | latency=921000000"},
            {"1697034772.586 100921 192.168.0.68 TCP_DENIED/000 0 NONE error:x joe HIER_NONE/- -",
             "host=192.168.0.68 | user=joe | method=NONE | target=error:x | cache_status=TCP_DENIED | "
             "time=1697034772586000000 | status=0 | bytes=0 | latency=100921000000"},
            {"x 1 h", "no time, or one that does not exist at 0: a time that exists"},
        });
}

TEST(NamedFormat, Envoy) {
  check(
      "envoy",
      {
          {R"([2023-10-11T14:32:52.310Z] "POST /api/v1 HTTP/2" 204 - 154 0 226 100 "10.0.35.28" "nsq2http" "cc21d9b0" "locations" "tcp://10.0.2.1:80")",
           "virtual_host=locations | method=POST | target=/api/v1 | protocol=HTTP/2 | user_agent=nsq2http | "
           "forwarded_for=10.0.35.28 | upstream=tcp://10.0.2.1 | request_id=cc21d9b0 | "
           "time=1697034772310000000 | "
           "status=204 | bytes=0 | bytes_received=154 | latency=226000000 | upstream_latency=100000000"},
          {R"([2023-10-11T14:32:52Z] "- - -" 0 UC 0 0 1 - "-" "-" "-" "-" "-")",
           kTime + " | status=0 | bytes=0 | bytes_received=0 | latency=1000000"},
      });
}

TEST(NamedFormat, AllHaveADescriptionAndCanBeMade) {
  std::map<std::string_view, int> names;
  for (const NamedFormat& format : named_formats()) {
    EXPECT_EQ(++names[format.name], 1) << format.name;
    EXPECT_GT(format.description.size(), 10U);
    EXPECT_TRUE(make_named_parser(format.name, {})) << format.name;
  }
  const auto unknown = make_named_parser("klingon", {});
  ASSERT_FALSE(unknown);
  EXPECT_EQ(unknown.error().message().find("no log format is called klingon; the names are combined, common"),
            0U);
}

std::vector<std::string> good_lines() {
  return {
      R"(192.0.2.1 - f [11/Oct/2023:14:32:52 +0000] "GET /\" HTTP/1.1" 200 2326 "http://e.org/" "M/5.0")",
      R"(e.org:80 192.0.2.1 - f [11/Oct/2023:14:32:52 +0000] "GET / HTTP/1.1" 200 2326 "-" "M/5.0")",
      R"(2023/10/11 14:32:52 [error] 1#2: *3 m, client: h, request: "GET / HTTP/1.1", host: "e.org")",
      "[Wed Oct 11 14:32:52.000000 2023] [core:error] [pid 3:tid 4] [client h:5] m, referer: r",
      R"(h2 2023-10-11T14:32:52Z a 192.0.2.1:4 10.0.1.2:80 0.0 0.0 0.0 200 200 34 366 "GET / HTTP/2.0" "c" - - a "R" "w" "c" 0)",
      R"(o b [11/Oct/2023:14:32:52 +0000] 192.0.2.3 u 3E57 R k "GET / HTTP/1.1" 200 - 113 4096 7 5 "-" "S3" - s)",
      R"(x haproxy[1]: 10.0.1.2:3 [11/Oct/2023:14:32:52.655] h s/v 1/0/3/6/1 200 27 - - ---- 1/1/1/1/0 0/0 "GET / HTTP/1.1")",
      "1697034772.586    921 192.168.0.68 TCP_MISS/200 507 POST http://e.org/services - DIRECT/192.0.2.97 "
      "text/xml",
      R"([2023-10-11T14:32:52.310Z] "POST / HTTP/2" 204 - 154 0 226 100 "h" "n" "c" "l" "tcp://10.0.2.1:80")",
      std::string{kIisLine},
      "#Fields: date time c-ip",
  };
}

// No line of one format or any part or mutation of it makes a parser of another read outside the line, which
// is for a sanitizer to see, or forget to empty a field.
TEST(NamedFormat, NothingIsReadOutsideOfAnyLine) {
  std::mt19937 random{7};
  std::vector<std::string> lines;
  for (const std::string& line : good_lines()) {
    for (std::size_t size = 0; size <= line.size(); ++size) lines.push_back(line.substr(0, size));
    for (int i = 0; i < 100; ++i) {
      std::string changed = line;
      for (auto count = random() % 3 + 1; count > 0; --count) {
        changed[random() % changed.size()] = "\0\xff \"[]-\\:/09"[random() % 12];
      }
      lines.push_back(changed);
    }
  }
  for (int i = 0; i < 2000; ++i) {
    std::string bytes(random() % 40, '\0');
    std::ranges::generate(bytes, [&] { return static_cast<char>(random()); });
    lines.push_back(bytes);
  }
  for (const NamedFormat& format : named_formats()) {
    const auto parser = make(format.name, kIisHeader);
    for (const std::string& line : lines) {
      const std::string result = parse_and_show(*parser, line);
      ASSERT_NE(result, "absent fields are not empty") << format.name << '\n' << line;
      ASSERT_FALSE(result.starts_with("a field that")) << format.name << '\n' << result;
    }
  }
}

}  // namespace
}  // namespace folio::logs
