// SPDX-License-Identifier: Apache-2.0
// The tree of a condition.
//
// Ownership: a tree owns all. Threads: plain data.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "logs/query/field_pattern.h"
#include "logs/query/source.h"

namespace folio::logs {

enum class Comparison : std::uint8_t {
  Present,
  Equal,
  NotEqual,
  Less,
  LessEqual,
  Greater,
  GreaterEqual,
  OneOf,
  Contains,
  StartsWith,
  EndsWith,
  Matches,
  DoesNotMatch,
};

/// One comparison. It is false where the record does not have the source.
struct Test {
  Source source = Source::Path;
  Comparison comparison = Comparison::Present;
  // One, or those of OneOf; by the type of the source.
  std::vector<std::string> texts = {};  ///< Matches: the regular expression.
  std::vector<std::int64_t> numbers = {};
  std::optional<FieldPattern> pattern = std::nullopt;
};

struct Expression {
  enum class Kind : std::uint8_t { Test, And, Or, Not };
  Kind kind = Kind::Test;
  std::vector<Expression> parts = {};
  Test test = {};
};

/// Parentheses and "not" inside each other at most.
inline constexpr unsigned kQueryDepthMax = 100;

/// `now`: what times such as "2h" are before, in nanoseconds since 1970. Errors: one sentence with the
/// column.
[[nodiscard]] Result<Expression> parse_expression(std::string_view text, std::int64_t now);

/// A text that every line contains whose record meets the expression; nothing where that is not known.
[[nodiscard]] std::optional<std::string> required_literal(const Expression& expression);

}  // namespace folio::logs
