// SPDX-License-Identifier: Apache-2.0
// Conditions: no text crashes the compiler, and what compiles decides as the slow way does. The text is the
// condition; its size chooses the records. Regular expressions are not compared: std::regex recurses.
#include <cstdint>
#include <cstdlib>
#include <random>
#include <string_view>

#include "logs/query/query.h"
#include "logs/query/query_oracle_for_test.h"

namespace {

using folio::logs::Comparison;
using folio::logs::Expression;

bool has_regex(const Expression& expression) {
  const Comparison comparison = expression.test.comparison;
  return comparison == Comparison::Matches || comparison == Comparison::DoesNotMatch ||
         std::any_of(expression.parts.begin(), expression.parts.end(), has_regex);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr std::int64_t kNow = 1'735'700'000'000'000'000;
  // SAFETY: bytes are read as characters.
  const std::string_view condition(reinterpret_cast<const char*>(data), size);
  const auto expression = folio::logs::parse_expression(condition, kNow);
  auto query = folio::logs::Query::compile(condition, kNow);
  if (expression.has_value() != query.has_value()) std::abort();
  if (!query) {
    if (!query.error().message().starts_with("column ")) std::abort();
    return 0;
  }
  std::minstd_rand random{static_cast<unsigned>(size) + 1};
  for (int i = 0; i < 10; ++i) {
    folio::logs::RequestForTest request;
    folio::logs::make_request(random, request);
    const bool matches = query->matches(request.record);
    if (!has_regex(*expression) && matches != folio::logs::oracle_holds(*expression, request.record))
      std::abort();
    const auto& literal = query->required_literal();
    if (matches && literal && !request.line.contains(*literal)) std::abort();
  }
  return 0;
}
