// SPDX-License-Identifier: Apache-2.0
// Classes in brackets. The operators &&, -- and ~~ bind weaker than union, and from left to right.
#include "pattern/class_parser.h"

#include <utility>
#include <variant>

#include "pattern/escape_parser.h"
#include "pattern/unicode_class.h"

namespace folio::pattern {
namespace {

enum class Operator : std::uint8_t { Union, Intersect, Subtract, SymmetricDifference };

CodeSet combined(const CodeSet& left, Operator op, const CodeSet& right) {
  switch (op) {
    case Operator::Intersect:
      return intersected(left, right);
    case Operator::Subtract:
      return subtracted(left, right);
    case Operator::SymmetricDifference:
      return symmetric_difference(left, right);
    case Operator::Union:
      break;
  }
  return united(left, right);
}

using Item = std::variant<char32_t, CodeSet>;

class ClassParser {
 public:
  explicit ClassParser(ParseCursor& cursor) : cursor_{cursor}, opened_{cursor.at()} {}

  Result<CodeSet> parse() {
    FOLIO_TRY(cursor_.enter(opened_));
    cursor_.take();
    cursor_.skip_space();
    const bool is_negated = cursor_.accept(U'^');
    take_leading_literals();
    while (FOLIO_TRY(parse_next())) continue;
    apply();
    cursor_.leave();
    return is_negated ? negated(set_, cursor_.flags.universe()) : std::move(set_);
  }

 private:
  // Hyphens at the front are themselves, and so is a ] there.
  void take_leading_literals() {
    cursor_.skip_space();
    while (cursor_.accept(U'-')) {
      items_.push_back({'-', '-'});
      cursor_.skip_space();
    }
    if (items_.empty() && cursor_.accept(U']')) items_.push_back({']', ']'});
  }

  // False when the class is closed.
  Result<bool> parse_next() {
    cursor_.skip_space();
    if (cursor_.at_end()) return ParseCursor::fail(opened_, "a class is opened and never closed by a ]");
    if (cursor_.accept(U']')) return false;
    if (const Operator op = accept_operator(); op != Operator::Union) {
      apply();
      operator_ = op;
      return true;
    }
    if (cursor_.peek() == '[') {
      add(FOLIO_TRY(parse_inner_class()));
    } else {
      FOLIO_TRY(parse_range());
    }
    return true;
  }

  Operator accept_operator() {
    if (cursor_.accept(U"&&")) return Operator::Intersect;
    if (cursor_.accept(U"--")) return Operator::Subtract;
    if (cursor_.accept(U"~~")) return Operator::SymmetricDifference;
    return Operator::Union;
  }

  // The operand read so far goes into the set.
  void apply() {
    const CodeSet operand = folded(canonical(std::exchange(items_, {})), cursor_.flags.folding());
    set_ = combined(set_, operator_, operand);
  }

  void add(const CodeSet& set) { items_.insert(items_.end(), set.begin(), set.end()); }

  Result<CodeSet> parse_inner_class() {
    if (auto set = parse_posix_class()) return *std::move(set);
    return parse_bracket_class(cursor_);
  }

  // [:name:]; what looks otherwise is a class in brackets.
  std::optional<CodeSet> parse_posix_class() {
    const std::size_t start = cursor_.at();
    if (!cursor_.accept(U"[:")) return std::nullopt;
    const bool is_negated = cursor_.accept(U'^');
    const auto name = cursor_.take_until(':');
    auto set = name && cursor_.accept(U']') ? posix_class(*name) : std::nullopt;
    if (!set) {
      cursor_.go_to(start);
      return std::nullopt;
    }
    *set = folded(*set, cursor_.flags.folding());
    return is_negated ? negated(*set, cursor_.flags.universe()) : set;
  }

  Result<void> parse_range() {
    const std::size_t start = cursor_.at();
    const Item first = FOLIO_TRY(parse_item());
    cursor_.skip_space();
    if (!is_range()) {
      if (const auto* set = std::get_if<CodeSet>(&first)) {
        add(*set);
      } else {
        items_.push_back({std::get<char32_t>(first), std::get<char32_t>(first)});
      }
      return {};
    }
    cursor_.take();
    cursor_.skip_space();
    const Item last = FOLIO_TRY(parse_item());
    if (std::holds_alternative<CodeSet>(first) || std::holds_alternative<CodeSet>(last)) {
      return ParseCursor::fail(start, "a range goes from one character to another, not to a class");
    }
    const CodeRange range{std::get<char32_t>(first), std::get<char32_t>(last)};
    if (range.first > range.last) return ParseCursor::fail(start, "the range ends before it begins");
    items_.push_back(range);
    return {};
  }

  // A hyphen before the closing bracket is itself; two are an operator.
  [[nodiscard]] bool is_range() const {
    return cursor_.peek() == '-' && cursor_.peek(1) != ']' && cursor_.peek(1) != '-';
  }

  Result<Item> parse_item() {
    const std::size_t start = cursor_.at();
    if (cursor_.at_end()) return ParseCursor::fail(opened_, "a class is opened and never closed by a ]");
    if (cursor_.peek() != '\\') return Item{FOLIO_TRY(checked(cursor_.take(), start))};
    const Escape escape = FOLIO_TRY(parse_escape(cursor_));
    if (const auto* set = std::get_if<CodeSet>(&escape)) return Item{*set};
    const auto* literal = std::get_if<EscapedLiteral>(&escape);
    if (literal == nullptr) return ParseCursor::fail(start, "this escape has no meaning inside a class");
    if (literal->form == EscapedLiteral::Form::Byte) return Item{literal->code};
    return Item{FOLIO_TRY(checked(literal->code, start))};
  }

  // Under (?-u) a class holds bytes.
  [[nodiscard]] Result<char32_t> checked(char32_t code, std::size_t at) const {
    if (cursor_.flags.unicode || code < 0x80) return code;
    return ParseCursor::fail(at, "after (?-u) a class holds ASCII and bytes written as \\xHH only");
  }

  ParseCursor& cursor_;
  std::size_t opened_;
  std::vector<CodeRange> items_;
  CodeSet set_;
  Operator operator_ = Operator::Union;
};

}  // namespace

Result<CodeSet> parse_bracket_class(ParseCursor& cursor) {
  return ClassParser{cursor}.parse();
}

}  // namespace folio::pattern
