// SPDX-License-Identifier: Apache-2.0
// Conditions to trees by recursive descent; types are checked here, so that evaluation cannot fail.
#include <algorithm>
#include <array>
#include <string_view>
#include <utility>
#include <variant>

#include "core/try.h"
#include "logs/query/expression.h"
#include "logs/query/token.h"
#include "logs/query/value.h"

namespace folio::logs {

namespace {

using Kind = Expression::Kind;

bool is_word(const Token& token, std::string_view word) {
  return token.kind == Token::Kind::Word &&
         std::ranges::equal(token.shown, word, [](char shown, char wanted) {
           return (shown >= 'A' && shown <= 'Z' ? static_cast<char>(shown + ('a' - 'A')) : shown) == wanted;
         });
}

bool is_sign(const Token& token, std::string_view sign) {
  return token.kind == Token::Kind::Sign && token.shown == sign;
}

std::optional<Comparison> comparison_of(const Token& token) {
  constexpr std::array<std::pair<std::string_view, Comparison>, 8> kSigns{{{"==", Comparison::Equal},
                                                                           {"!=", Comparison::NotEqual},
                                                                           {"<", Comparison::Less},
                                                                           {"<=", Comparison::LessEqual},
                                                                           {">", Comparison::Greater},
                                                                           {">=", Comparison::GreaterEqual},
                                                                           {"~", Comparison::Matches},
                                                                           {"!~", Comparison::DoesNotMatch}}};
  for (const auto& [sign, comparison] : kSigns) {
    if (is_sign(token, sign)) return comparison;
  }
  if (is_word(token, "in")) return Comparison::OneOf;
  if (is_word(token, "contains")) return Comparison::Contains;
  if (is_word(token, "starts_with")) return Comparison::StartsWith;
  if (is_word(token, "ends_with")) return Comparison::EndsWith;
  return std::nullopt;
}

bool is_for_texts_only(Comparison comparison) {
  return comparison >= Comparison::Contains;
}

std::string quoted(std::string_view text, std::string_view rest) {
  std::string all{"'"};
  return all.append(text).append("'").append(rest);
}

Result<FieldPattern> pattern_of(const Token& token) {
  auto pattern = FieldPattern::compile(token.text);
  if (pattern) return pattern;
  return query_mistake(token.column, quoted(token.text, ": ").append(pattern.error().detail));
}

class Parser {
 public:
  Parser(const std::vector<Token>& tokens, std::int64_t now) : tokens_(tokens), now_(now) {}

  Result<Expression> whole() {
    if (current().kind == Token::Kind::End) return query_mistake(1, "the condition is empty");
    auto expression = FOLIO_TRY(any_of(0));
    if (is_sign(current(), ")")) return query_mistake(current().column, "no parenthesis is open here");
    if (current().kind != Token::Kind::End) {
      return query_mistake(current().column, "and, or, or the end of the condition is missing here");
    }
    return expression;
  }

 private:
  [[nodiscard]] const Token& current() const { return tokens_[at_]; }
  const Token& take() { return tokens_[at_++]; }
  bool take_if(bool is_wanted) {
    at_ += is_wanted ? 1 : 0;
    return is_wanted;
  }

  // a or b or c
  Result<Expression> any_of(unsigned depth) {
    Expression all{.kind = Kind::Or};
    do {
      all.parts.push_back(FOLIO_TRY(each_of(depth)));
    } while (take_if(is_word(current(), "or") || is_sign(current(), "||")));
    return simplified(std::move(all));
  }

  // a and b and c
  Result<Expression> each_of(unsigned depth) {
    Expression all{.kind = Kind::And};
    do {
      all.parts.push_back(FOLIO_TRY(one(depth)));
    } while (take_if(is_word(current(), "and") || is_sign(current(), "&&")));
    return simplified(std::move(all));
  }

  static Expression simplified(Expression all) {
    if (all.parts.size() > 1) return all;
    Expression only = std::move(all.parts.front());
    return only;
  }

  // not a, (a), or a comparison
  Result<Expression> one(unsigned depth) {
    const std::size_t column = current().column;
    if (depth > kQueryDepthMax) return query_mistake(column, "the condition is nested too deep");
    if (take_if(is_word(current(), "not") || is_sign(current(), "!"))) {
      Expression negated{.kind = Kind::Not};
      negated.parts.push_back(FOLIO_TRY(one(depth + 1)));
      return negated;
    }
    if (!take_if(is_sign(current(), "("))) return comparison();
    auto inside = FOLIO_TRY(any_of(depth + 1));
    if (!take_if(is_sign(current(), ")"))) return query_mistake(column, "this parenthesis is not closed");
    return inside;
  }

  Result<Source> source() {
    const Token& token = take_checked();
    if (token.kind != Token::Kind::Word) return query_mistake(token.column, "a field is missing here");
    if (const auto known = parse_source(token.shown)) return *known;
    const std::string_view similar = similar_source(token.shown);
    std::string what = quoted(token.shown, " is no field");
    if (!similar.empty()) what.append("; is ").append(similar).append(" meant?");
    return query_mistake(token.column, what);
  }

  // Never moves behind the end.
  const Token& take_checked() { return current().kind == Token::Kind::End ? current() : take(); }

  Result<Expression> comparison() {
    const std::string_view name = current().shown;
    Expression expression;
    Test& test = expression.test;
    test.source = FOLIO_TRY(source());
    const bool is_negated = is_word(current(), "not") && is_word(tokens_[at_ + 1], "in");
    take_if(is_negated);
    const Token sign = current();
    const auto comparison = comparison_of(sign);
    if (!comparison) return present_or_mistake(std::move(expression));
    ++at_;
    test.comparison = *comparison;
    if (is_for_texts_only(*comparison) && type_of(test.source) != ValueType::Text) {
      return query_mistake(sign.column,
                           quoted(sign.shown, " is for texts, and ").append(name).append(" is none"));
    }
    FOLIO_TRY(*comparison == Comparison::OneOf ? values(test) : value(test));
    if (!is_negated) return expression;
    Expression negated{.kind = Kind::Not};
    negated.parts.push_back(std::move(expression));
    return negated;
  }

  // A field alone.
  Result<Expression> present_or_mistake(Expression expression) const {
    const Token& token = current();
    const bool is_value = token.kind == Token::Kind::Text || token.kind == Token::Kind::Number;
    if (is_value)
      return query_mistake(token.column, "a comparison, such as ==, is missing before this value");
    return expression;
  }

  Result<std::monostate> value(Test& test) {
    const Token& token = take_checked();
    if (token.kind == Token::Kind::End) return query_mistake(token.column, "a value is missing here");
    if (type_of(test.source) != ValueType::Text) {
      test.numbers.push_back(FOLIO_TRY(parse_value(type_of(test.source), token, now_)));
      return std::monostate{};
    }
    if (token.kind != Token::Kind::Text) {
      return query_mistake(token.column, "a text is needed here, between quotes");
    }
    test.texts.push_back(token.text);
    if (test.comparison == Comparison::Matches || test.comparison == Comparison::DoesNotMatch) {
      test.pattern = FOLIO_TRY(pattern_of(token));
    }
    return std::monostate{};
  }

  Result<std::monostate> values(Test& test) {
    const std::size_t column = current().column;
    if (!take_if(is_sign(current(), "("))) {
      return query_mistake(column, "values in parentheses are missing here, such as (200, 304)");
    }
    do {
      FOLIO_TRY(value(test));
    } while (take_if(is_sign(current(), ",")));
    if (!take_if(is_sign(current(), ")"))) return query_mistake(column, "this parenthesis is not closed");
    return std::monostate{};
  }

  const std::vector<Token>& tokens_;
  std::int64_t now_;
  std::size_t at_ = 0;
};

}  // namespace

Result<Expression> parse_expression(std::string_view text, std::int64_t now) {
  const std::vector<Token> tokens = FOLIO_TRY(tokens_of(text));
  return Parser(tokens, now).whole();
}

}  // namespace folio::logs
