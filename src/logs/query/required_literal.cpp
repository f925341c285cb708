// SPDX-License-Identifier: Apache-2.0
// Asks less than it could, never more: a line that does not hold the literal does not meet the condition.
#include <algorithm>
#include <string_view>
#include <utility>

#include "logs/query/expression.h"
#include "logs/query/field_pattern.h"

namespace folio::logs {

namespace {

using Literal = std::optional<std::string>;

// What no log escapes, and no browser or server encodes.
constexpr bool is_never_escaped(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '/' || c == '.' ||
         c == '_' || c == '-';
}

// The longest part of a text that stands in the line as it is.
Literal plain_part(std::string_view text) {
  std::string_view best;
  while (!text.empty()) {
    const auto end = std::ranges::find_if_not(text, is_never_escaped) - text.begin();
    const std::string_view part = text.substr(0, static_cast<std::size_t>(end));
    if (part.size() > best.size()) best = part;
    text.remove_prefix(std::min(part.size() + 1, text.size()));
  }
  return best.empty() ? Literal{} : Literal{best};
}

// Of both texts.
Literal common_part(const Literal& left, const Literal& right) {
  if (!left || !right) return std::nullopt;
  if (left->find(*right) != std::string::npos) return right;
  if (right->find(*left) != std::string::npos) return left;
  return std::nullopt;
}

Literal of_regex(std::string_view regex) {
  const pattern::Requirement requirement = requirement_of(regex);
  if (requirement.folding != pattern::CaseFolding::None || requirement.literals.empty()) return std::nullopt;
  Literal common = plain_part(requirement.literals.front());
  for (const std::string& literal : requirement.literals) common = common_part(common, plain_part(literal));
  return common;
}

// Levels and versions of TLS may be numbers in the log.
bool is_as_in_the_line(Source source) {
  const Field field = field_of(source);
  return field != Field::Level && field != Field::TlsProtocol;
}

Literal of_texts(const Test& test) {
  if (test.texts.empty() || !is_as_in_the_line(test.source)) return std::nullopt;
  switch (test.comparison) {
    case Comparison::Matches:
      return of_regex(test.texts.front());
    case Comparison::Equal:
    case Comparison::Contains:
    case Comparison::StartsWith:
    case Comparison::EndsWith:
    case Comparison::OneOf:
      break;
    default:
      return std::nullopt;
  }
  Literal common = plain_part(test.texts.front());
  for (const std::string& text : test.texts) common = common_part(common, plain_part(text));
  return common;
}

// Formats write a status as its three digits.
Literal of_status(const Test& test) {
  const bool is_one = test.comparison == Comparison::Equal || test.comparison == Comparison::OneOf;
  if (test.source != source_of(Field::Status) || !is_one || test.numbers.size() != 1) return std::nullopt;
  const std::int64_t status = test.numbers.front();
  return status >= 100 && status <= 999 ? Literal{std::to_string(status)} : std::nullopt;
}

}  // namespace

std::optional<std::string> required_literal(const Expression& expression) {
  if (expression.kind == Expression::Kind::Not) return std::nullopt;
  if (expression.kind == Expression::Kind::Test) {
    return expression.test.texts.empty() ? of_status(expression.test) : of_texts(expression.test);
  }
  const bool needs_all = expression.kind == Expression::Kind::And;
  Literal best = required_literal(expression.parts.front());
  for (const Expression& part : expression.parts) {
    Literal next = required_literal(part);
    if (!needs_all) {
      best = common_part(best, next);
    } else if (next && (!best || next->size() > best->size())) {
      best = std::move(next);
    }
  }
  return best;
}

}  // namespace folio::logs
