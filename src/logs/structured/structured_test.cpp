// SPDX-License-Identifier: Apache-2.0
#include "logs/structured/structured.h"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "logs/structured/record_text_for_test.h"

namespace folio::logs {
namespace {

std::string of(std::string_view format, std::string_view line) {
  return parsed(*parser_for_test(format), line);
}

TEST(Mapping, NamesFieldsPathsAndUnits) {
  const auto mapping = parse_mapping("status=resp.code,latency=took:ms,time=when:epoch_ns,ip=a[0].b");
  ASSERT_TRUE(mapping);
  ASSERT_EQ(mapping->size(), 4U);
  EXPECT_EQ((*mapping)[0].path, "resp.code");
  EXPECT_EQ((*mapping)[1].field, Field::Latency);
  EXPECT_EQ((*mapping)[1].unit, Unit::Milliseconds);
  EXPECT_EQ((*mapping)[2].unit, Unit::Nanoseconds);
  EXPECT_EQ((*mapping)[3].field, Field::Host);
}

TEST(Mapping, SaysWhatIsWrong) {
  for (const char* const wrong :
       {"", "status", "nothing=a", "status=", "status=a,", ",status=a", "latency=a:hours", "status=a:ms",
        "time=a:line", "status=a..b", "status=.a", "status=a.", "latency=:ms", "a.b=c",
        "status=a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a"}) {
    const auto mapping = parse_mapping(wrong);
    ASSERT_FALSE(mapping) << wrong;
    EXPECT_EQ(mapping.error().code, Errc::InvalidArgument);
    EXPECT_TRUE(mapping.error().message().contains("in the mapping of keys: ")) << mapping.error().message();
  }
}

TEST(Structured, EveryNameMakesAParser) {
  for (const StructuredFormat& format : structured_formats()) {
    EXPECT_NE(parser_for_test(format.name), nullptr);
    EXPECT_FALSE(format.description.empty());
  }
  EXPECT_FALSE(make_structured_parser("yaml", nullptr, 0));
  const JsonMapping mapping;
  EXPECT_FALSE(make_structured_parser("syslog", &mapping, 0));
}

TEST(Structured, EmptyLinesAreNoRecords) {
  for (const StructuredFormat& format : structured_formats())
    EXPECT_EQ(of(format.name, ""), "") << format.name;
}

TEST(Logfmt, PairsMeanTheirFields) {
  EXPECT_EQ(
      of("logfmt",
         R"(time=2025-01-01T00:00:00Z level=info msg="a \"quoted\" text" status=200 flag dur=1 path=/x)"),
      R"(target=/x level=info message=a \"quoted\" text time=1735689600000000000 status=200)");
  EXPECT_EQ(of("logfmt", R"(  method=GET	path="/a=b" host=  fwd="1.2.3.4" )"),
            "method=GET target=/a=b forwarded_for=1.2.3.4");
  EXPECT_EQ(of("logfmt", "duration=1.5ms http.method=PUT ts=1735689600"),
            "method=PUT time=1735689600000000000 latency=1500000");
  EXPECT_EQ(of("logfmt", "a=b"), "message=a=b");
  EXPECT_EQ(of("logfmt", R"(msg="ends with \\" level=warn)"), R"(level=warn message=ends with \\)");
}

TEST(Logfmt, SaysWhereALineIsWrong) {
  EXPECT_EQ(of("logfmt", "no pair at all"), "not the form of this format @14");
  EXPECT_EQ(of("logfmt", "a=b =c"), "not the form of this format @4");
  EXPECT_EQ(of("logfmt", R"(a=b msg="open)"), "not the form of this format @8");
  EXPECT_EQ(of("logfmt", R"(a="b"c)"), "not the form of this format @5");
  EXPECT_EQ(of("logfmt", R"(a=b"c")"), "not the form of this format @3");
  EXPECT_EQ(of("logfmt", R"(a"b=c)"), "not the form of this format @1");
  EXPECT_EQ(of("logfmt", R"(a="b\")"), "not the form of this format @2");
  EXPECT_EQ(of("logfmt", "ts=never a=b"), "no time, or one that does not exist @3");
}

TEST(Syslog, Rfc3164) {
  EXPECT_EQ(of("syslog", "<34>Oct 11 22:14:15 mymachine su[1234]: 'su root' failed on /dev/pts/8"),
            "level=crit machine=mymachine program=su process=1234 message='su root' failed on /dev/pts/8 "
            "time=1760220855000000000");
  EXPECT_EQ(of("syslog", "Jan  1 00:00:01 web kernel: [  12.5] eth0: up"),
            "machine=web program=kernel message=[  12.5] eth0: up time=1767225601000000000");
  EXPECT_EQ(of("syslog", "<13>Jan  1 00:00:01 su: no machine"),
            "level=notice program=su message=no machine time=1767225601000000000");
  EXPECT_EQ(of("syslog", "Jan  1 00:00:01 web -- MARK --"),
            "machine=web message=-- MARK -- time=1767225601000000000");
  EXPECT_EQ(of("syslog", "2024-01-02T03:04:05.678901+02:00 web postfix/smtpd[7]: connect"),
            "machine=web program=postfix/smtpd process=7 message=connect time=1704157445678901000");
  EXPECT_EQ(of("syslog", "Jan  1 00:00:01 web app:"), "machine=web program=app time=1767225601000000000");
}

TEST(Syslog, SaysWhereALineIsWrong) {
  EXPECT_EQ(of("syslog", "<192>Jan  1 00:00:01 web a: b"), "not the form of this format @0");
  EXPECT_EQ(of("syslog", "<>Jan  1 00:00:01 web a: b"), "not the form of this format @0");
  EXPECT_EQ(of("syslog", "<0034>Jan  1 00:00:01 web a: b"), "not the form of this format @0");
  EXPECT_EQ(of("syslog", "<34>Feb 30 00:00:01 web a: b"), "no time, or one that does not exist @4");
  EXPECT_EQ(of("syslog", "hello"), "no time, or one that does not exist @0");
  EXPECT_EQ(of("syslog", "Jan  1 00:00:01"), "the line ends too early @15");
  EXPECT_EQ(of("syslog", "Jan  1 00:00:01 "), "the line ends too early @16");
  EXPECT_EQ(of("syslog", "Jan  1 00:00:01 web"), "the line ends too early @19");
}

TEST(Syslog, Rfc5424) {
  EXPECT_EQ(of("syslog5424", R"(<165>1 2003-10-11T22:14:15.003Z host app 42 ID47 [a@1 x="y \"]" z=""][b] )"
                             "\xEF\xBB\xBF"
                             "a message"),
            "level=notice machine=host program=app process=42 message=a message time=1065910455003000000");
  EXPECT_EQ(of("syslog5424", "<0>1 - - - - - -"), "level=emerg");
  EXPECT_EQ(of("syslog5424", "<7>1 - - app - - - m"), "level=debug program=app message=m");
}

TEST(Syslog, SaysWhereALineOf5424IsWrong) {
  EXPECT_EQ(of("syslog5424", "1 - - - - - -"), "not the form of this format @0");
  EXPECT_EQ(of("syslog5424", "<1>2 - - - - - -"), "not the form of this format @3");
  EXPECT_EQ(of("syslog5424", "<1>1 Oct 11 - - - -"), "no time, or one that does not exist @5");
  EXPECT_EQ(of("syslog5424", "<1>1 - - - - - x"), "not the form of this format @15");
  EXPECT_EQ(of("syslog5424", "<1>1 - - - -"), "the line ends too early @12");
  EXPECT_EQ(of("syslog5424", R"(<1>1 - - - - - [a b="c)"), "the line ends too early @22");
  EXPECT_EQ(of("syslog5424", R"(<1>1 - - - - - [a b="c" d])"), "not the form of this format @25");
  EXPECT_EQ(of("syslog5424", "<1>1 - - - - - -x"), "not the form of this format @16");
}

TEST(Structured, PrefixesAndAnyBytesAreNoCrash) {
  const std::vector<std::string> lines{
      R"(time=2025-01-01T00:00:00Z level=info msg="a \"quoted\" text" status=200)",
      "<34>Oct 11 22:14:15 mymachine su[1234]: message",
      R"(<165>1 2003-10-11T22:14:15.003Z host app 42 ID47 [a@1 x="y \"]" z=""][b] m)"};
  std::minstd_rand random{1};
  for (const StructuredFormat& format : structured_formats()) {
    const auto parser = parser_for_test(format.name);
    for (const std::string& line : lines) {
      for (std::size_t size = 0; size <= line.size(); ++size) {
        std::vector<char> bytes(line.begin(), line.begin() + static_cast<std::ptrdiff_t>(size));
        for (int round = 0; round < 10; ++round) {
          Record record;
          const Verdict verdict = parser->parse({bytes.data(), bytes.size()}, record);
          ASSERT_LE(verdict.column, bytes.size());
          ASSERT_EQ(record.present & ~parser->fields(), 0U);
          if (!bytes.empty()) bytes[random() % bytes.size()] = static_cast<char>(random());
        }
      }
    }
  }
}

}  // namespace
}  // namespace folio::logs
