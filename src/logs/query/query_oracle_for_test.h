// SPDX-License-Identifier: Apache-2.0
// Conditions decided slowly, straight from the tree, and records of lines in the combined format: for tests.
#pragma once

#include <algorithm>
#include <array>
#include <random>
#include <regex>
#include <string>

#include "logs/query/expression.h"

namespace folio::logs {

template <class Value>
bool oracle_compares(const Test& test, const Value& value, const std::vector<Value>& wanted) {
  const auto is_one = [&] { return std::find(wanted.begin(), wanted.end(), value) != wanted.end(); };
  switch (test.comparison) {
    case Comparison::Equal:
    case Comparison::OneOf:
      return is_one();
    case Comparison::NotEqual:
      return !is_one();
    case Comparison::Less:
      return value < wanted.front();
    case Comparison::LessEqual:
      return !(wanted.front() < value);
    case Comparison::Greater:
      return wanted.front() < value;
    default:
      return !(value < wanted.front());
  }
}

inline bool oracle_text_holds(const Test& test, const std::string& text) {
  const std::string& wanted = test.texts.front();
  switch (test.comparison) {
    case Comparison::Contains:
      return std::search(text.begin(), text.end(), wanted.begin(), wanted.end()) != text.end() ||
             wanted.empty();
    case Comparison::StartsWith:
      return text.substr(0, wanted.size()) == wanted;
    case Comparison::EndsWith:
      return text.size() >= wanted.size() && text.substr(text.size() - wanted.size()) == wanted;
    case Comparison::Matches:
      return std::regex_search(text, std::regex(wanted));
    case Comparison::DoesNotMatch:
      return !std::regex_search(text, std::regex(wanted));
    default:
      return oracle_compares(test, text, test.texts);
  }
}

inline bool oracle_holds(const Expression& expression, const Record& record) {
  const auto holds = [&](const Expression& part) { return oracle_holds(part, record); };
  switch (expression.kind) {
    case Expression::Kind::And:
      return std::all_of(expression.parts.begin(), expression.parts.end(), holds);
    case Expression::Kind::Or:
      return std::any_of(expression.parts.begin(), expression.parts.end(), holds);
    case Expression::Kind::Not:
      return !holds(expression.parts.front());
    case Expression::Kind::Test:
      break;
  }
  const Test& test = expression.test;
  if (test.comparison == Comparison::Present) return is_present(test.source, record);
  if (type_of(test.source) == ValueType::Text) {
    const auto text = text_of(test.source, record);
    return text && oracle_text_holds(test, std::string{*text});
  }
  const auto number = number_of(test.source, record);
  return number && oracle_compares(test, *number, test.numbers);
}

/// A request, as record and as line of a log.
struct RequestForTest {
  std::string line;
  std::array<std::string, 5> texts;  // host, method, target, referrer, user agent
  Record record;
};

// The record's views are of `texts`: made in place, never copied.
inline void make_request(std::minstd_rand& random, RequestForTest& request) {
  const auto pick = [&](std::initializer_list<const char*> from) {
    return std::string{from.begin()[random() % from.size()]};
  };
  request.texts = {pick({"192.0.2.1", "192.0.2.17", "2001:db8::1"}), pick({"GET", "POST", "HEAD"}),
                   pick({"/", "/admin", "/api/v1?id=7", "/api?", "/a b\\\"c", "/index.html", "?"}),
                   pick({"-", "https://example.org/a", "https://example.com/"}),
                   pick({"-", "curl/8.0", "Mozilla/5.0 (X11)", "a \\\"b\\\""})};
  constexpr std::array<Field, 5> kFieldsOfTexts{Field::Host, Field::Method, Field::Target, Field::Referrer,
                                                Field::UserAgent};
  request.record = {};
  for (std::size_t i = 0; i < kFieldsOfTexts.size(); ++i) {
    if (request.texts[i] != "-") request.record.set(kFieldsOfTexts[i], request.texts[i]);
  }
  const std::string status = pick({"200", "304", "404", "500", "503"});
  const std::string bytes = pick({"-", "0", "503", "4096", "123456"});
  const std::int64_t second = static_cast<std::int64_t>(random() % 86'400);
  request.record.set(Field::Status, std::stoll(status));
  if (bytes != "-") request.record.set(Field::Bytes, std::stoll(bytes));
  request.record.set(Field::Time, (1'735'689'600 + second) * 1'000'000'000);
  if (random() % 2 == 0) {
    request.record.set(Field::Latency, static_cast<std::int64_t>(random() % 1000) * 1'000'000);
  }
  const auto& [host, method, target, referrer, agent] = request.texts;
  request.line = host;
  request.line.append(" - - [01/Jan/2025:").append(std::to_string(second)).append("] \"").append(method);
  request.line.append(" ").append(target).append(" HTTP/1.1\" ").append(status).append(" ").append(bytes);
  request.line.append(" \"").append(referrer).append("\" \"").append(agent).append("\"");
}

/// A condition that is valid.
inline std::string make_condition(std::minstd_rand& random, unsigned depth) {
  const auto pick = [&](std::initializer_list<const char*> from) {
    return std::string{from.begin()[random() % from.size()]};
  };
  const std::size_t kind = random() % (depth > 4 ? 4 : 8);
  if (kind == 4) return "not " + make_condition(random, depth + 1);
  if (kind == 5) return "(" + make_condition(random, depth + 1) + ")";
  if (kind > 5) {
    return make_condition(random, depth + 1) + (kind == 6 ? " and " : " or ") +
           make_condition(random, depth + 1);
  }
  if (kind == 0) {
    return pick({"status", "upstream_status"}) + pick({" == ", " != ", " < ", " <= ", " > ", " >= "}) +
           pick({"200", "404", "503"});
  }
  if (kind == 1) {
    return pick({"path", "target", "query", "host", "method", "referrer", "user_agent", "user"}) +
           pick(
               {" == ", " != ", " < ", " >= ", " contains ", " starts_with ", " ends_with ", " ~ ", " !~ "}) +
           pick({R"("/admin")", R"("GET")", R"("192.0.2.1")", R"("api")", R"("")", R"('/a b')",
                 R"("example.org")", R"("^/api")", R"("a|b")", R"("(curl|Mozilla)/[0-9.]+$")", R"('"')"});
  }
  if (kind == 2) {
    return pick({"bytes >= 4K", "bytes == 503", "latency > 250ms", "latency <= 0.5s", "hour == 3",
                 "hour < 12", "weekday == \"wed\"", "weekday in ('sat', 'sun')", "day == \"2025-01-01\"",
                 "day < \"2025-01-01\"", "status_class == \"4xx\"", "status_class >= 5xx",
                 "time >= \"2025-01-01T06:00\"", "time < \"2025-01-01T12:00:00Z\"", "status in (503)"});
  }
  return pick({"user", "latency", "query", "bytes", "referrer", "status in (200, 404)", "status not in (500)",
               "method in (\"GET\", 'HEAD')", "path in (\"/admin\")", "path not in (\"/\", \"/admin\")"});
}

}  // namespace folio::logs
