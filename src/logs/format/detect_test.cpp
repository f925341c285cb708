// SPDX-License-Identifier: Apache-2.0
#include "logs/format/detect.h"

#include <gtest/gtest.h>

#include <string>

#include "logs/format/compile_format.h"

namespace folio::logs {
namespace {

std::string repeated(std::string_view line, int count) {
  std::string text;
  for (int i = 0; i < count; ++i) {
    text += line;
    text += '\n';
  }
  return text;
}

Result<Detection> detect(std::string_view head) {
  return detect_format(head, candidates({.header = head}));
}

std::string name_for(std::string_view head) {
  const auto detection = detect(head);
  return detection ? detection->name : detection.error().message();
}

constexpr std::string_view kCommon = R"(192.0.2.1 - - [11/Oct/2023:14:32:52 +0000] "GET /a HTTP/1.0" 200 23)";
constexpr std::string_view kCombined =
    R"(h - - [11/Oct/2023:14:32:52 +0000] "GET /a HTTP/1.0" 200 23 "-" "x")";

TEST(Detection, TellsFormatsApart) {
  const std::string combined{kCombined};
  EXPECT_EQ(name_for(kCommon), "common");
  EXPECT_EQ(name_for(combined), "combined");
  EXPECT_EQ(name_for("e.org " + std::string{kCommon}), "vhost_common");
  EXPECT_EQ(name_for("e.org:80 " + combined), "vhost_combined");
  EXPECT_EQ(name_for(combined + " \"192.0.2.1\""), "nginx_main");
  EXPECT_EQ(name_for(combined + " 12 13"), "combined_io");
  EXPECT_EQ(name_for(combined + " 5 \"r@docker\" \"http://h:80\" 12ms"), "traefik");
  EXPECT_EQ(name_for(combined + " 0.5 anything"), "combined_more");
  EXPECT_EQ(name_for("2023/10/11 14:32:52 [error] 1#2: m"), "nginx_error");
  EXPECT_EQ(name_for("[Wed Oct 11 14:32:52 2023] [error] m"), "apache_error");
  EXPECT_EQ(
      name_for(
          R"(2023-10-11T14:32:52Z l 192.0.2.1:2 10.0.0.1:8 0.0 0.0 0.0 200 200 0 29 "GET / HTTP/1.1" "c" - -)"),
      "elb");
  EXPECT_EQ(
      name_for(
          R"(h2 2023-10-11T14:32:52Z a h:4 h:80 0.0 0.0 0.0 200 200 34 366 "GET / HTTP/2.0" "c" - - a "R" "w" "c" 0)"),
      "alb");
  EXPECT_EQ(
      name_for(
          R"(o b [11/Oct/2023:14:32:52 +0000] h u 3 R k "GET / HTTP/1.1" 200 - 113 4096 7 5 "-" "S3" - s)"),
      "s3");
  EXPECT_EQ(
      name_for(
          R"(x: h:3 [11/Oct/2023:14:32:52.655] h s/v 1/0/3/6/1 200 27 - - ---- 1/1/1/1/0 0/0 "GET / HTTP/1.1")"),
      "haproxy_http");
  EXPECT_EQ(
      name_for("1697034772.586    921 h TCP_MISS/200 507 POST http://e.org/ - DIRECT/192.0.2.97 text/xml"),
      "squid");
  EXPECT_EQ(
      name_for(
          R"([2023-10-11T14:32:52.310Z] "POST / HTTP/2" 204 - 154 0 226 100 "h" "n" "c" "l" "tcp://h:80")"),
      "envoy");
  EXPECT_EQ(name_for("#Software: Microsoft IIS\r\n#Fields: c-ip sc-status\r\nh 200\r\n"), "iis");
  EXPECT_EQ(name_for("#Version: 1.0\n#Fields: c-ip sc-status\nh 200\n"), "w3c");
  EXPECT_EQ(name_for("#Version: 1.0\n#Fields: x-edge-location c-ip\nX\th\n"), "cloudfront");
}

TEST(Detection, ExplainsItself) {
  const auto detection = detect(repeated(kCombined, 300));
  ASSERT_TRUE(detection);
  EXPECT_EQ(
      detection->explanation,
      "combined fits 200 of 200 lines and has 8 fields; the next best, nginx fits 200 of 200 lines and has 8 "
      "fields");
  EXPECT_EQ(detection->ranking.size(), candidates({}).size());
  EXPECT_EQ(detection->ranking.back().accepted, 0U);
  Record record;
  EXPECT_TRUE(detection->parser->parse(kCombined, record).ok());
}

TEST(Detection, BearsBrokenLinesUpToHalf) {
  const std::string good = repeated(kCombined, 10);
  EXPECT_EQ(name_for(good + repeated("broken", 10)), "combined");
  EXPECT_EQ(name_for("\n\r\n" + good + "cut li"), "combined");
  EXPECT_EQ(
      name_for(good + repeated("broken", 11)),
      "no known log format fits at least half of the lines; combined fits 10 of 21 lines and has 8 fields");
}

TEST(Detection, SaysWhyNothingFits) {
  EXPECT_EQ(name_for(""), "there is no line to tell the log format by");
  EXPECT_EQ(name_for("\n\n"), "there is no line to tell the log format by");
  EXPECT_EQ(
      name_for(R"(h - - [11/Oct/2023:14:32:52 +0000] "GET /a HTTP/1.0" 2x0 23 "-" "x")"),
      "no known log format fits at least half of the lines; combined comes closest on the first line, but a "
      "status of three digits is missing at byte 54");
  const auto none = detect_format(kCombined, {});
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().code, Errc::BadData);
}

TEST(Detection, TakesOthersCandidates) {
  auto list = candidates({});
  list.push_back({.name = "mine", .parser = *compile_format("<%h> %>s")});
  const auto detection = detect_format("<h> 200\n<h> 404\n", std::move(list));
  ASSERT_TRUE(detection);
  EXPECT_EQ(detection->explanation, "mine fits 2 of 2 lines and has 2 fields; no other format fits any");
}

TEST(Detection, LeavesOutALastLineThatMayBeCut) {
  std::string head = repeated(kCombined, 2);
  head.resize(kDetectionBytes, 'x');
  const auto detection = detect(head);
  ASSERT_TRUE(detection);
  EXPECT_EQ(detection->ranking.front().lines, 2U);
}

}  // namespace
}  // namespace folio::logs
