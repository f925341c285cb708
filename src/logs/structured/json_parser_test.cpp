// SPDX-License-Identifier: Apache-2.0
#include "logs/structured/json_parser.h"

#include <gtest/gtest.h>

#include <array>
#include <random>
#include <string>
#include <vector>

#include "core/json_object.h"
#include "logs/structured/record_text_for_test.h"

namespace folio::logs {
namespace {

std::string of_json(std::string_view line, std::string_view mapping = {}) {
  return parsed(*parser_for_test("json", mapping), line);
}

TEST(Json, UsualKeysMeanTheirFields) {
  EXPECT_EQ(of_json(R"({"time":"2025-01-01T00:00:00Z","remote_addr":"192.0.2.1","method":"GET","uri":"/a?b",)"
                    R"("status":200,"bytes":512,"request_time":0.25,"referer":"-","user_agent":"curl/8"})"),
            "host=192.0.2.1 method=GET target=/a?b user_agent=curl/8 time=1735689600000000000 status=200 "
            "bytes=512 latency=250000000");
  EXPECT_EQ(of_json(R"({"level":30,"time":1735689600123,"pid":42,"hostname":"web","msg":"hi \"there\""})"),
            R"(level=info machine=web process=42 message=hi \"there\" time=1735689600123000000)");
  EXPECT_EQ(of_json(R"({"ts":1735689600.5,"lvl":"WARN","logger":"db","message":"slow","ok":true})"),
            "level=WARN program=db message=slow time=1735689600500000000");
  EXPECT_EQ(of_json(R"({"request":"POST /x y HTTP/1.1","status":"404","latency":"1.5ms"})"),
            "method=POST target=/x y protocol=HTTP/1.1 status=404 latency=1500000");
  EXPECT_EQ(of_json(R"({"log.level":"error","http":{"request":{"method":"PUT"}},"event.duration":7})"),
            "method=PUT level=error latency=7");
}

TEST(Json, TheBestKeyOfAFieldCounts) {
  EXPECT_EQ(of_json(R"({"host":"h","client_ip":"c","remote_ip":"r"})"), "host=c virtual_host=h");
  EXPECT_EQ(of_json(R"({"remote_ip":"r","client_ip":"c","host":"h"})"), "host=c virtual_host=h");
  EXPECT_EQ(of_json(R"({"host":"h"})"), "host=h");
  EXPECT_EQ(of_json(R"({"time":"12:30:00","date":"2025-01-01T00:00:00Z"})"), "time=1735689600000000000");
  EXPECT_EQ(of_json(R"({"status":200,"status":404})"), "status=404");
}

TEST(Json, ValuesOfAnotherKindAreAbsent) {
  EXPECT_EQ(of_json(R"({"status":"ok","bytes":-1,"latency":"soon","msg":"m"})"), "message=m");
  EXPECT_EQ(of_json(R"({"status":null,"method":"","user":"-","msg":"m","uri":["a"],"path":{"status":1}})"),
            "message=m");
  EXPECT_EQ(of_json(R"({"time":"yesterday","msg":"m"})"), "no time, or one that does not exist @9");
}

TEST(Json, LinesWithoutKnownKeysAreMessages) {
  EXPECT_EQ(of_json(R"({"a":1})"), R"(message={"a":1})");
  EXPECT_EQ(of_json("{}"), "message={}");
  EXPECT_EQ(of_json(""), "");
}

TEST(Json, OwnMappingsReplaceTheUsualKeysOfTheirFields) {
  const std::string mapping =
      "status=resp.code,latency=took:ms,time=when:epoch_ms,user_agent=h.ua[1],host=a.b";
  EXPECT_EQ(of_json(R"({"resp":{"code":201},"took":1.5,"when":1735689600000,"h":{"ua":["x","y","z"]},)"
                    R"("status":500,"method":"GET","a.b":"flat"})",
                    mapping),
            "host=flat method=GET user_agent=y time=1735689600000000000 status=201 latency=1500000");
  EXPECT_EQ(of_json(R"({"resp":{"code":"bad"}})", mapping), "no status of three digits @17");
  EXPECT_EQ(of_json(R"({"took":-1})", mapping), "no number where one belongs @8");
  EXPECT_EQ(of_json(R"({"when":true})", mapping), "no time, or one that does not exist @8");
  EXPECT_EQ(of_json(R"({"resp":{"code":"bad"}} x)", mapping), "not one JSON object @24");
  EXPECT_EQ(of_json(R"({"req":"GET / HTTP/2"})", "target=req:line"), "method=GET target=/ protocol=HTTP/2");
}

TEST(Json, StatusIsThreeDigitsOrNone) {
  const std::string mapping = "status=s";
  EXPECT_EQ(of_json(R"({"s":0})", mapping), "status=0");
  EXPECT_EQ(of_json(R"({"s":999})", mapping), "status=999");
  for (const char* const wrong : {"99", "1000", "2e2", "200.0", "-200", "true"}) {
    EXPECT_EQ(of_json(std::string{R"({"s":)"} + wrong + "}", mapping), "no status of three digits @5")
        << wrong;
  }
}

TEST(Json, StatusMayBeAText) {
  EXPECT_EQ(of_json(R"({"s":"204"})", "status=s"), "status=204");
  EXPECT_EQ(of_json(R"({"s":"20x"})", "status=s"), "no status of three digits @6");
  EXPECT_EQ(of_json(R"({"s":"099"})", "status=s"), "no status of three digits @6");
}

TEST(Json, Caddy) {
  const std::string line =
      R"({"level":"info","ts":1735689600.25,"logger":"http.log.access","msg":"handled request","request":)"
      R"({"remote_ip":"10.0.0.1","remote_port":"4","client_ip":"192.0.2.9","proto":"HTTP/2.0","method":"GET",)"
      R"("host":"example.org","uri":"/a","headers":{"Accept":["*/*"],"User-Agent":["curl/8"],)"
      R"("Referer":["https://r.example/"]},"tls":{"resumed":false,"version":772,"cipher_suite":4865}},)"
      R"("bytes_read":0,"user_id":"","duration":0.000929675,"size":10900,"status":200,"resp_headers":{"X":[]}})";
  EXPECT_EQ(parsed(*parser_for_test("caddy"), line),
            "host=192.0.2.9 virtual_host=example.org method=GET target=/a protocol=HTTP/2.0 "
            "referrer=https://r.example/ user_agent=curl/8 tls_protocol=TLSv1.3 tls_cipher=4865 level=info "
            "program=http.log.access message=handled request time=1735689600250000000 status=200 bytes=10900 "
            "bytes_received=0 latency=929675");
  EXPECT_EQ(parsed(*parser_for_test("caddy"), R"({"status":"x"})"), "no status of three digits @11");
}

TEST(Json, Traefik) {
  const std::string line =
      R"({"ClientHost":"192.0.2.1","DownstreamContentSize":12,"DownstreamStatus":404,"Duration":1500,)"
      R"("OriginDuration":1200,"OriginStatus":503,"RequestHost":"example.org","RequestMethod":"GET",)"
      R"("RequestPath":"/a","RequestProtocol":"HTTP/1.1","ServiceAddr":"10.0.0.2:80","StartUTC":)"
      R"("2025-01-01T00:00:00.5Z","level":"info","msg":"","request_User-Agent":"curl/8","request_Referer":"r",)"
      R"("TLSVersion":"1.3","time":"2025-01-01T01:00:00Z"})";
  EXPECT_EQ(parsed(*parser_for_test("traefik"), line),
            "host=192.0.2.1 virtual_host=example.org method=GET target=/a protocol=HTTP/1.1 referrer=r "
            "user_agent=curl/8 upstream=10.0.0.2:80 tls_protocol=1.3 level=info time=1735689600500000000 "
            "status=404 bytes=12 latency=1500 upstream_latency=1200 upstream_status=503");
  EXPECT_EQ(parsed(*parser_for_test("traefik"), R"({"OriginStatus":200})"), "status=200 upstream_status=200");
}

TEST(Json, SaysWhereALineIsWrong) {
  EXPECT_EQ(of_json(R"({"a":1} {"b":2})"), "not one JSON object @8");
  EXPECT_EQ(of_json(R"({"a" 1})"), "not one JSON object @5");
  EXPECT_EQ(of_json(R"(["a"])"), "not one JSON object @0");
  EXPECT_EQ(of_json("{\"a\":\"b\tc\"}"), "not one JSON object @7");
  EXPECT_EQ(of_json("{\"msg\":\"\xFF\xC0\"}"), "message=\xFF\xC0");
}

TEST(Json, CloneKnowsTheSameKeys) {
  const auto parser = parser_for_test("json", "status=s");
  EXPECT_EQ(parsed(*parser->clone(), R"({"s":200,"status":500})"), "status=200");
  EXPECT_EQ(parser->fields(), parser->clone()->fields());
}

// Against the strict reader of the core.

class Generator {
 public:
  explicit Generator(unsigned seed) : random_(seed) {}

  std::string line() { return space() + object(1) + space(); }
  std::size_t below(std::size_t limit) { return random_() % limit; }
  std::string mutated(std::string text) {
    constexpr std::string_view kBytes = "{}[]\":,\\/ \t0123.-+eEtrufalsn\x01\x1F\x20x\x7F";
    for (std::size_t i = 1 + below(3); i > 0 && !text.empty(); --i) {
      const std::size_t at = below(text.size());
      const char byte = kBytes[below(kBytes.size())];
      switch (below(3)) {
        case 0:
          text[at] = byte;
          break;
        case 1:
          text.erase(at, 1);
          break;
        default:
          text.insert(at, 1, byte);
      }
    }
    return text;
  }

 private:
  std::string pick(std::initializer_list<const char*> texts) { return texts.begin()[below(texts.size())]; }
  std::string space() { return pick({"", "", "", " ", "\t ", "\r"}); }
  std::string name() {
    return pick({"status", "request", "headers", "User-Agent", "ts", "a", "", "client_ip", "method", "uri",
                 "a rather long name of a member", "st\\u0061tus", "http", "response"});
  }
  std::string value(unsigned depth) {
    switch (below(depth > 5 ? 4 : 6)) {
      case 0:
        return pick({"0", "-0", "12", "-1.5", "1e9", "200", "0.1E-7", "123456789012345678901234567890"});
      case 1:
        return pick({"true", "false", "null"});
      case 2:
        return '"' +
               pick(
                   {"", "a", "\\\"", "\\u00e9\\n", "a text of more than sixteen bytes", "\xC3\xA9", "\\\\"}) +
               '"';
      case 3:
        return pick({"[]", "{}", "[ ]", "{ }"});
      case 4:
        return object(depth + 1);
      default:
        return array(depth + 1);
    }
  }
  std::string array(unsigned depth) {
    std::string text = "[" + space();
    const std::size_t count = below(4);
    for (std::size_t i = 0; i < count; ++i) text += (i == 0 ? "" : "," + space()) + value(depth) + space();
    return text + "]";
  }
  std::string object(unsigned depth) {
    std::string text = "{" + space();
    const std::size_t count = below(5);
    for (std::size_t i = 0; i < count; ++i) {
      text += (i == 0 ? "" : "," + space()) + '"' + name() + '"' + space() + ":" + space() + value(depth) +
              space();
    }
    return text + "}";
  }

  std::minstd_rand random_;
};

void expect_as_oracle(LineParser& parser, const std::string& line) {
  if (line.empty()) return;
  Record record;
  const Verdict verdict = parser.parse(line, record);
  ASSERT_EQ(verdict.reject != Reject::BadJson, json_members(line).has_value())
      << line << " at " << verdict.column << ", expected " << verdict.expected;
  ASSERT_LE(verdict.column, line.size());
}

TEST(Json, AcceptsWhatTheCoreAccepts) {
  const std::array parsers{parser_for_test("json"), parser_for_test("caddy"),
                           parser_for_test("json", "status=a.a.a,method=headers[1].a,uri=request[0][1]")};
  Generator generator(1);
  for (int round = 0; round < 20'000; ++round) {
    const std::string line = generator.line();
    for (const auto& parser : parsers) {
      expect_as_oracle(*parser, line);
      expect_as_oracle(*parser, generator.mutated(line));
    }
  }
}

TEST(Json, EveryPrefixIsDecidedAsInTheCore) {
  Generator generator(2);
  const auto parser = parser_for_test("json");
  for (int round = 0; round < 200; ++round) {
    const std::string line = generator.line();
    for (std::size_t size = 1; size <= line.size(); ++size) expect_as_oracle(*parser, line.substr(0, size));
  }
}

TEST(Json, DepthIsLimitedAsInTheCore) {
  const auto parser = parser_for_test("caddy");
  for (const std::string_view name : {"x", "request"}) {
    for (const std::size_t depth : {62U, 63U, 64U, 65U, 5000U}) {
      std::string line = "{\"" + std::string{name} + "\":";
      line.append(depth, '[').append(depth, ']').append("}");
      expect_as_oracle(*parser, line);
      std::string nested;
      for (std::size_t i = 0; i < depth; ++i) nested.append("{\"").append(name).append("\":");
      expect_as_oracle(*parser, nested + "1" + std::string(depth, '}'));
    }
  }
}

TEST(Json, StringsOfAnyLengthAndAlignmentAreClosedInTheRightPlace) {
  const auto parser = parser_for_test("json");
  for (std::size_t size = 0; size < 40; ++size) {
    for (std::size_t at = 0; at <= size; ++at) {
      for (const std::string_view inside : {"", "\\\"", "\x01", "\\", "\x80"}) {
        std::string text(size, '#');
        text.insert(at, inside);
        expect_as_oracle(*parser, "{\"m\":\"" + text + "\"}");
      }
    }
  }
}

TEST(Json, AnyBytesAreNoCrash) {
  const auto parser = parser_for_test("json");
  std::minstd_rand random{3};
  for (int round = 0; round < 20'000; ++round) {
    std::vector<char> bytes(random() % 40);
    for (char& byte : bytes) byte = static_cast<char>(random());
    Record record;
    (void)parser->parse({bytes.data(), bytes.size()}, record);
  }
}

}  // namespace
}  // namespace folio::logs
