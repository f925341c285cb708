// SPDX-License-Identifier: Apache-2.0
#include "logs/query/query.h"

#include <algorithm>
#include <ranges>
#include <utility>

#include "core/try.h"
#include "logs/query/expression.h"

namespace folio::logs {

namespace {

constexpr std::int32_t kTrue = -1;
constexpr std::int32_t kFalse = -2;

// One comparison, and where to go on behind it: another step, kTrue or kFalse. "and", "or" and "not" are
// nothing but these ways.
struct Step {
  Source source = Source::Path;
  Comparison comparison = Comparison::Present;
  bool is_text = false;
  std::int32_t on_true = kTrue;
  std::int32_t on_false = kFalse;
  std::uint32_t index = 0;  // of the text, the list or the pattern
  std::int64_t number = 0;
};

}  // namespace

struct Query::Program {
  std::vector<Step> steps;
  std::int32_t begin = kTrue;
  std::vector<std::string> texts;
  std::vector<std::vector<std::string>> text_lists;     // sorted
  std::vector<std::vector<std::int64_t>> number_lists;  // sorted
  std::vector<FieldPattern> patterns;
  std::optional<std::string> required_literal;
  std::uint32_t fields = 0;
};

namespace {

using Program = Query::Program;

// About how long a part takes, for the order within "and" and "or".
unsigned cost_of(const Expression& expression) {
  if (expression.kind != Expression::Kind::Test) {
    unsigned sum = 0;
    for (const Expression& part : expression.parts) sum += cost_of(part);
    return sum;
  }
  const bool is_number = type_of(expression.test.source) != ValueType::Text;
  switch (expression.test.comparison) {
    case Comparison::Matches:
    case Comparison::DoesNotMatch:
      return 100;
    case Comparison::Contains:
      return 20;
    case Comparison::OneOf:
      return is_number ? 3 : 6;
    default:
      return is_number || expression.test.comparison == Comparison::Present ? 1 : 3;
  }
}

// Nothing has side effects, so the cheap parts go first.
void order_by_cost(Expression& expression) {
  for (Expression& part : expression.parts) order_by_cost(part);
  std::ranges::sort(expression.parts, {}, cost_of);
}

template <class Value>
std::uint32_t appended(std::vector<Value>& list, Value value) {
  list.push_back(std::move(value));
  return static_cast<std::uint32_t>(list.size() - 1);
}

template <class Value>
std::vector<Value> sorted(std::vector<Value> values) {
  std::ranges::sort(values);
  return values;
}

// Steps are written from the last to the first, since each needs to know where those behind it are.
class Writer {
 public:
  explicit Writer(Program& program) : program_(program) {}

  std::int32_t write(Expression& expression, std::int32_t on_true, std::int32_t on_false) {
    switch (expression.kind) {
      case Expression::Kind::Not:
        return write(expression.parts.front(), on_false, on_true);
      case Expression::Kind::And:
        for (Expression& part : std::views::reverse(expression.parts)) {
          on_true = write(part, on_true, on_false);
        }
        return on_true;
      case Expression::Kind::Or:
        for (Expression& part : std::views::reverse(expression.parts)) {
          on_false = write(part, on_true, on_false);
        }
        return on_false;
      case Expression::Kind::Test:
        break;
    }
    Step step = step_of(expression.test);
    step.on_true = on_true;
    step.on_false = on_false;
    return static_cast<std::int32_t>(appended(program_.steps, step));
  }

 private:
  Step step_of(Test& test) {
    Step step{.source = test.source, .comparison = test.comparison};
    step.is_text = type_of(test.source) == ValueType::Text;
    program_.fields |= 1U << static_cast<unsigned>(field_of(test.source));
    if (test.pattern) {
      step.index = appended(program_.patterns, *std::move(test.pattern));
    } else if (test.comparison == Comparison::OneOf) {
      step.index = step.is_text ? appended(program_.text_lists, sorted(std::move(test.texts)))
                                : appended(program_.number_lists, sorted(std::move(test.numbers)));
    } else if (!test.texts.empty()) {
      step.index = appended(program_.texts, std::move(test.texts.front()));
    } else if (!test.numbers.empty()) {
      step.number = test.numbers.front();
    }
    return step;
  }

  Program& program_;
};

template <class Value>
bool compares(Comparison comparison, const Value& left, const Value& right) {
  switch (comparison) {
    case Comparison::Equal:
      return left == right;
    case Comparison::NotEqual:
      return left != right;
    case Comparison::Less:
      return left < right;
    case Comparison::LessEqual:
      return left <= right;
    case Comparison::Greater:
      return left > right;
    default:
      return left >= right;
  }
}

bool number_holds(const Program& program, const Step& step, const Record& record) {
  const auto number = number_of(step.source, record);
  if (!number) return false;
  if (step.comparison != Comparison::OneOf) return compares(step.comparison, *number, step.number);
  return std::ranges::binary_search(program.number_lists[step.index], *number);
}

bool text_compares(const Program& program, const Step& step, std::string_view text) {
  if (step.comparison == Comparison::OneOf) {
    return std::ranges::binary_search(program.text_lists[step.index], text, std::less<>{});
  }
  const std::string_view wanted = program.texts[step.index];
  switch (step.comparison) {
    case Comparison::Contains:
      return text.find(wanted) != std::string_view::npos;
    case Comparison::StartsWith:
      return text.starts_with(wanted);
    case Comparison::EndsWith:
      return text.ends_with(wanted);
    default:
      return compares(step.comparison, text, wanted);
  }
}

}  // namespace

Query::Query(std::shared_ptr<const Program> program) : program_(std::move(program)) {
  matchers_.reserve(program_->patterns.size());
  for (const FieldPattern& pattern : program_->patterns) matchers_.emplace_back(pattern);
}

Result<Query> Query::compile(std::string_view text, std::int64_t now) {
  Expression expression = FOLIO_TRY(parse_expression(text, now));
  auto program = std::make_shared<Program>();
  program->required_literal = logs::required_literal(expression);
  order_by_cost(expression);
  program->begin = Writer(*program).write(expression, kTrue, kFalse);
  return Query(std::move(program));
}

bool Query::matches(const Record& record) {
  const Program& program = *program_;
  const auto holds = [&](const Step& step) {
    if (step.comparison == Comparison::Present) return is_present(step.source, record);
    if (!step.is_text) return number_holds(program, step, record);
    const auto text = text_of(step.source, record);
    if (!text) return false;
    if (step.comparison < Comparison::Matches) return text_compares(program, step, *text);
    return matchers_[step.index].matches(*text) == (step.comparison == Comparison::Matches);
  };
  std::int32_t at = program.begin;
  while (at >= 0) {
    const Step& step = program.steps[static_cast<std::size_t>(at)];
    at = holds(step) ? step.on_true : step.on_false;
  }
  return at == kTrue;
}

const std::optional<std::string>& Query::required_literal() const {
  return program_->required_literal;
}

std::uint32_t Query::fields() const {
  return program_->fields;
}

}  // namespace folio::logs
