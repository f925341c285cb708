// SPDX-License-Identifier: Apache-2.0
#include "logs/query/query.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "logs/query/expression.h"
#include "logs/query/query_oracle_for_test.h"
#include "logs/query/value.h"

namespace folio::logs {
namespace {

constexpr std::int64_t kSecond = 1'000'000'000;
constexpr std::int64_t kTime =
    (1'735'689'600 + 3 * 86'400 + 45'296) * kSecond;  // Saturday 2025-01-04T12:34:56Z
constexpr std::int64_t kNow = kTime + 3600 * kSecond;

Record request() {
  Record record;
  record.set(Field::Host, "192.0.2.1");
  record.set(Field::Method, "GET");
  record.set(Field::Target, "/api/v1?id=7&x");
  record.set(Field::UserAgent, "Mozilla/5.0 \\\"X\\\"");
  record.set(Field::Status, 404);
  record.set(Field::Bytes, 4096);
  record.set(Field::Latency, 250'000'000);
  record.set(Field::Time, kTime);
  return record;
}

bool holds(std::string_view condition, const Record& record = request()) {
  auto query = Query::compile(condition, kNow);
  EXPECT_TRUE(query) << condition << ": " << query.error().message();
  return query && query->matches(record);
}

std::string mistake(std::string_view condition) {
  const auto query = Query::compile(condition, kNow);
  return query ? "none" : query.error().message();
}

TEST(Query, ConditionsThatHold) {
  for (const char* const condition :
       {"status == 404",
        "status != 200",
        "status < 405 and status <= 404 and status > 403 and status >= 404",
        "bytes == 4K",
        "bytes == 4KiB and bytes < 1M and bytes < 1.5GB",
        "latency == 250ms and latency == 0.25s and latency == 250000us and latency < 1m and latency > 0",
        "method == \"GET\"",
        "method == 'GET'",
        "method != \"POST\"",
        "method < \"GETS\" and method >= \"GET\"",
        "path == \"/api/v1\"",
        "target == \"/api/v1?id=7&x\"",
        "query == \"id=7&x\"",
        "path ~ \"^/api\"",
        "path ~ '^/api/v\\d+$'",
        "path ~ \"^/api/v\\d+$\"",
        "path !~ \"admin\"",
        "path ~ \"(?i)^/API\"",
        "user_agent ~ \"Opera|Mozilla\"",
        "user_agent ~ \"(Mozilla|curl)/[0-9.]+ \"",
        "path ~ \"[vw][0-9]$\" and path ~ \"(?i)API\" and path !~ \"x|y|z\"",
        "path !~ \"api.*api\" and path !~ \"^api\" and path !~ \"v1.\"",
        "user_agent contains \"\\\"\"",
        "user_agent contains 'X'",
        "user_agent ends_with '\"'",
        "path starts_with \"/api\" and path ends_with \"v1\" and path contains \"i/v\"",
        "status in (200, 404)",
        "status not in (200, 304)",
        "method in (\"HEAD\", \"GET\")",
        "method IN ('GET') AND NOT status == 200 OR user",
        "method == 'GET' && !(status == 200) || user",
        "status_class == \"4xx\"",
        "status_class == 4xx and status_class < 5xx",
        "hour == 12 and hour in (11, 12)",
        "weekday == \"sat\" and weekday == \"Saturday\" and weekday in (\"sat\", \"sun\")",
        "day == \"2025-01-04\" and day > \"2025-01-03\"",
        "time >= \"2025-01-04T12:34\" and time < \"2025-01-04T12:35\"",
        "time == \"2025-01-04T12:34:56Z\" and time >= 1735689600",
        "time >= \"2h\" and time < \"30m\" and time >= \"today\"",
        "host and query and not user",
        "not user == \"x\"",
        "not (user != \"x\")",
        "ip == '192.0.2.1'"}) {
    EXPECT_TRUE(holds(condition)) << condition;
    EXPECT_FALSE(holds(std::string{"not ("} + condition + ")")) << condition;
  }
}

TEST(Query, AbsentFieldsMeetNoComparison) {
  for (const char* const condition :
       {"user", "user == \"x\"", "user != \"x\"", "user ~ \"\"", "user !~ \"x\"", "user in (\"x\")",
        "user < \"x\"", "upstream_status == 0", "upstream_status != 0", "upstream_latency < 1s",
        "referrer contains \"\""}) {
    EXPECT_FALSE(holds(condition)) << condition;
  }
  Record empty;
  for (const char* const condition :
       {"path", "query", "hour == 0", "weekday", "day", "status_class", "time < 9"}) {
    EXPECT_FALSE(holds(condition, empty)) << condition;
  }
}

TEST(Query, EmptyTextsAreMatchedToo) {
  Record record;
  record.set(Field::Target, "?");
  EXPECT_TRUE(
      holds("path == \"\" and query == '' and path ~ \"^$\" and query ~ \"x*\" and path !~ \"x\"", record));
  EXPECT_FALSE(holds("path ~ \"x\"", record));
}

TEST(Query, AndBindsCloserThanOrAndNotCloserThanBoth) {
  EXPECT_TRUE(holds("status == 404 or status == 1 and status == 2"));
  EXPECT_FALSE(holds("(status == 404 or status == 1) and status == 2"));
  EXPECT_TRUE(holds("not status == 1 and status == 404"));
  EXPECT_FALSE(holds("not (status == 1 or status == 404)"));
  EXPECT_TRUE(holds("not not status == 404"));
  EXPECT_TRUE(holds("status == 1 and status == 2 or status == 404"));
}

TEST(Query, WhatIsDerivedFromTimesIsUtcBefore1970Too) {
  Record record;
  record.set(Field::Time, -kSecond);  // Wednesday 1969-12-31T23:59:59Z
  EXPECT_TRUE(holds("hour == 23 and weekday == 'wed' and day == '1969-12-31'", record));
  record.set(Field::Time, 0);
  EXPECT_TRUE(holds("hour == 0 and weekday == 'thu' and day == '1970-01-01'", record));
}

TEST(Query, MistakesAreOneSentenceWithTheColumn) {
  const std::vector<std::pair<const char*, const char*>> cases{
      {"", "column 1: the condition is empty"},
      {"  ", "column 1: the condition is empty"},
      {"statu == 200", "column 1: 'statu' is no field; is status meant?"},
      {"qwertyuiop", "column 1: 'qwertyuiop' is no field"},
      {"status = 200", "column 8: write == to compare"},
      {"status == \"200\"", "column 11: a number is needed here, such as 404"},
      {"status == 404.5", "column 11: a number is needed here, such as 404"},
      {"status == 99999999999999999999", "column 11: a number is needed here, such as 404"},
      {"method == GET", "column 11: a text is needed here, between quotes"},
      {"method == 5", "column 11: a text is needed here, between quotes"},
      {"latency > 250", "column 11: a duration with its unit is needed here, such as 250ms or 1.5s"},
      {"bytes > 4X", "column 9: a number of bytes is needed here, such as 4096 or 4K"},
      {"status ~ \"4..\"", "column 8: '~' is for texts, and status is none"},
      {"hour contains \"1\"", "column 6: 'contains' is for texts, and hour is none"},
      {"hour == 24", "column 9: an hour is needed here, a number from 0 to 23"},
      {"weekday == \"someday\"",
       "column 12: a day of the week is needed here, such as \"mon\" or \"monday\""},
      {"day == \"2025-02-30\"", "column 8: a day is needed here, such as \"2025-01-31\""},
      {"status_class == \"4x\"", "column 17: a class of statuses is needed here, such as \"4xx\""},
      {"(status == 200", "column 1: this parenthesis is not closed"},
      {"status == 200)", "column 14: no parenthesis is open here"},
      {"status == 200 status", "column 15: and, or, or the end of the condition is missing here"},
      {"status 200", "column 8: a comparison, such as ==, is missing before this value"},
      {"status ==", "column 10: a value is missing here"},
      {"status == and", "column 11: a number is needed here, such as 404"},
      {"status in 200", "column 11: values in parentheses are missing here, such as (200, 304)"},
      {"status in (200", "column 11: this parenthesis is not closed"},
      {"status in ()", "column 12: a number is needed here, such as 404"},
      {"path == \"/a", "column 9: this text has no closing quote"},
      {"path == '/a\"", "column 9: this text has no closing quote"},
      {"and", "column 1: 'and' is no field"},
      {"status == 200 and", "column 18: a field is missing here"},
      {"not", "column 4: a field is missing here"},
      {"status == 200 ; x", "column 15: this character has no meaning here; texts need quotes"},
      {"()", "column 2: a field is missing here"}};
  for (const auto& [condition, wanted] : cases) EXPECT_EQ(mistake(condition), wanted) << condition;
  EXPECT_TRUE(mistake("path ~ \"(\"").starts_with("column 8: '(': ")) << mistake("path ~ \"(\"");
  EXPECT_TRUE(mistake("time > \"soon\"").starts_with("column 8: 'soon' is no time; "))
      << mistake("time > \"soon\"");
}

TEST(Query, NestingIsLimited) {
  EXPECT_EQ(mistake(std::string(90, '(') + "status" + std::string(90, ')')), "none");
  EXPECT_TRUE(mistake(std::string(100'000, '(')).ends_with("the condition is nested too deep"));
  std::string negated;
  for (int i = 0; i < 50'000; ++i) negated += "not ";
  EXPECT_TRUE(mistake(negated + "status").ends_with("the condition is nested too deep"));
}

TEST(ByteCount, HasUnits) {
  EXPECT_EQ(parse_byte_count("10000000000"), 10'000'000'000);
  EXPECT_EQ(parse_byte_count("4k"), 4096);
  EXPECT_EQ(parse_byte_count("1.5TiB"), 1'649'267'441'664);
  for (const char* const wrong : {"", "K", "1.5", "4KK", "4iB", "99999999T", "-1"}) {
    EXPECT_EQ(parse_byte_count(wrong), std::nullopt) << wrong;
  }
}

std::string literal(std::string_view condition) {
  const auto query = Query::compile(condition, kNow);
  EXPECT_TRUE(query) << condition;
  return query->required_literal().value_or("(none)");
}

TEST(RequiredLiteral, IsKnownWhereItCanBeProven) {
  EXPECT_EQ(literal("path == \"/admin\""), "/admin");
  EXPECT_EQ(literal("target contains \"x\""), "x");
  EXPECT_EQ(literal("status == 503"), "503");
  EXPECT_EQ(literal("status == 503 and path starts_with \"/api\""), "/api");
  EXPECT_EQ(literal("path ~ \"^/api/v\""), "/api/v");
  EXPECT_EQ(literal("path == \"/a b/index.html\""), "b/index.html");
  EXPECT_EQ(literal("path == \"/admin\" or path == \"/administrator\""), "/admin");
  EXPECT_EQ(literal("path in (\"/administrator\", \"/admin\")"), "/admin");
  EXPECT_EQ(literal("status in (404)"), "404");
  EXPECT_EQ(literal("user_agent contains 'bot' and not path == '/a-long-path'"), "bot");
  for (const char* const condition :
       {"not path == \"/admin\"", "path != \"/admin\"", "path == \"\"", "path == '?!?'", "status == 0",
        "status > 500", "path == '/a' or status > 500", "path == '/ab' or path == '/cd'",
        "path ~ '(?i)admin'", "path ~ 'ab|cd'", "level == 'error'", "tls_protocol == 'TLSv1.3'",
        "bytes == 503", "day == '2025-01-01'", "path", "hour == 3", "path !~ 'admin'",
        "status in (200, 404)"}) {
    EXPECT_EQ(literal(condition), "(none)") << condition;
  }
}

TEST(Query, DecidesAsTheSlowWayAndLinesHoldTheRequiredLiteral) {
  std::minstd_rand random{7};
  std::size_t matches = 0;
  std::size_t literals = 0;
  for (int round = 0; round < 1500; ++round) {
    const std::string condition = make_condition(random, 0);
    const auto expression = parse_expression(condition, kNow);
    auto query = Query::compile(condition, kNow);
    ASSERT_TRUE(expression && query) << condition;
    Query clone = query->clone();
    for (int i = 0; i < 15; ++i) {
      RequestForTest made;
      make_request(random, made);
      const bool wanted = oracle_holds(*expression, made.record);
      ASSERT_EQ(query->matches(made.record), wanted) << condition << "\n" << made.line;
      ASSERT_EQ(clone.matches(made.record), wanted) << condition << "\n" << made.line;
      if (!wanted || !query->required_literal()) continue;
      ++literals;
      ASSERT_TRUE(made.line.contains(*query->required_literal())) << condition << "\n" << made.line;
    }
    matches += query->required_literal() ? 1U : 0U;
  }
  EXPECT_GT(literals, 100U);
  EXPECT_GT(matches, 100U);
}

TEST(Query, AnyTextIsAConditionOrAMistake) {
  std::minstd_rand random{8};
  const std::string bytes = "()\"'=!<>~,&| andornotinstatuspath0123.5msKx\\\xC2\xB5";
  for (int round = 0; round < 5000; ++round) {
    std::string condition = make_condition(random, 3);
    for (std::size_t i = random() % 4; i > 0 && !condition.empty(); --i) {
      condition[random() % condition.size()] = bytes[random() % bytes.size()];
    }
    condition.resize(random() % (condition.size() + 1));
    const auto query = Query::compile(condition, kNow);
    EXPECT_TRUE(query || query.error().message().starts_with("column ")) << condition;
  }
}

}  // namespace
}  // namespace folio::logs
