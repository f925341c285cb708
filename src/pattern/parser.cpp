// SPDX-License-Identifier: Apache-2.0
// Recursive descent over alternations, concatenations, repeats and groups.
#include "pattern/parser.h"

#include <algorithm>
#include <utility>

#include "pattern/class_parser.h"
#include "pattern/escape_parser.h"
#include "pattern/group_parser.h"
#include "pattern/pattern_error.h"
#include "pattern/utf8_code.h"

namespace folio::pattern {
namespace {

struct Atom {
  enum class Repeatable : std::uint8_t { No, Yes };
  NodePtr node;
  Repeatable repeatable = Repeatable::Yes;
};

class Parser {
 public:
  Parser(std::u32string text, const ParseOptions& options) : cursor_{std::move(text), options} {}

  Result<Tree> parse() {
    tree_.root = FOLIO_TRY(parse_alternation());
    if (!cursor_.at_end()) return ParseCursor::fail(cursor_.at(), "a group is closed that was never opened");
    if (unrolled_size(*tree_.root) > kUnrolledSizeMax) {
      return pattern_error("the pattern is too large with all its repeats written out");
    }
    return std::move(tree_);
  }

 private:
  Result<NodePtr> parse_alternation() {
    std::vector<NodePtr> branches;
    do {
      branches.push_back(FOLIO_TRY(parse_concat()));
    } while (cursor_.accept(U'|'));
    return alternate_node(std::move(branches));
  }

  Result<NodePtr> parse_concat() {
    std::vector<NodePtr> parts;
    while (true) {
      cursor_.skip_space();
      if (cursor_.at_end() || cursor_.peek() == '|' || cursor_.peek() == ')') break;
      NodePtr part = FOLIO_TRY(parse_repeated());
      if (part->kind != Node::Kind::Empty) parts.push_back(std::move(part));
    }
    return concat_node(std::move(parts));
  }

  Result<NodePtr> parse_repeated() {
    Atom atom = FOLIO_TRY(parse_atom());
    for (bool is_stacked = false;; is_stacked = true) {
      cursor_.skip_space();
      const std::size_t at = cursor_.at();
      const auto bounds = FOLIO_TRY(parse_bounds());
      if (!bounds) return std::move(atom.node);
      if (atom.repeatable == Atom::Repeatable::No) return ParseCursor::fail(at, "there is nothing to repeat");
      if (is_stacked && ++stacked_repeats_ > kNestingMax) {
        return ParseCursor::fail(at, "there are more than 250 repeats of repeats");
      }
      const bool is_lazy = cursor_.accept(U'?') != cursor_.flags.swap_greed;
      const auto greed = is_lazy ? Node::Greed::Lazy : Node::Greed::Greedy;
      atom.node = repeat_node(std::move(atom.node), *bounds, greed);
    }
  }

  // Nothing where no repeat follows.
  Result<std::optional<RepeatBounds>> parse_bounds() {
    if (cursor_.accept(U'*')) return RepeatBounds{0, kUnlimited};
    if (cursor_.accept(U'+')) return RepeatBounds{1, kUnlimited};
    if (cursor_.accept(U'?')) return RepeatBounds{0, 1};
    if (cursor_.peek() != '{') return std::nullopt;
    return parse_counts();
  }

  Result<std::optional<RepeatBounds>> parse_counts() {
    const std::size_t start = cursor_.at();
    cursor_.take();
    const auto least = FOLIO_TRY(parse_number());
    RepeatBounds bounds{least.value_or(0), least.value_or(0)};
    if (cursor_.accept(U',')) {
      const auto most = FOLIO_TRY(parse_number());
      if (!least && !most) return ParseCursor::fail(start, "the repeat names no number; \\{ is a brace");
      bounds.most = most.value_or(kUnlimited);
    } else if (!least) {
      return ParseCursor::fail(start, "the repeat names no number; \\{ is a brace");
    }
    if (!cursor_.accept(U'}')) return ParseCursor::fail(start, "a repeat is opened and never closed by a }");
    if (bounds.least > bounds.most)
      return ParseCursor::fail(start, "the repeat's limits are in the wrong order");
    return bounds;
  }

  Result<std::optional<std::uint32_t>> parse_number() {
    const auto skip_blanks = [this] {
      while (cursor_.peek() == ' ' || cursor_.peek() == '\t') cursor_.take();
    };
    skip_blanks();
    const std::size_t start = cursor_.at();
    std::optional<std::uint32_t> value;
    while (cursor_.peek() >= '0' && cursor_.peek() <= '9') {
      value = value.value_or(0) * 10 + (cursor_.take() - '0');
      if (*value > kRepeatMax) return ParseCursor::fail(start, "more than 10000 repeats are too many");
    }
    skip_blanks();
    return value;
  }

  Result<Atom> parse_atom() {
    const std::size_t start = cursor_.at();
    switch (cursor_.peek()) {
      case '(':
        return parse_group();
      case '[':
        return parse_class();
      case '\\':
        return Atom{FOLIO_TRY(parse_escaped())};
      case '*':
      case '+':
      case '?':
      case '{':
        return ParseCursor::fail(start, "there is nothing to repeat");
      default:
        break;
    }
    switch (const char32_t code = cursor_.take()) {
      case '.':
        return Atom{FOLIO_TRY(cursor_.class_of(dot(), start))};
      case '^':
        return Atom{assertion_node(line_begin())};
      case '$':
        return Atom{assertion_node(line_end())};
      default:
        return Atom{FOLIO_TRY(cursor_.literal(code, start))};
    }
  }

  Result<Atom> parse_class() {
    const std::size_t start = cursor_.at();
    CodeSet set = FOLIO_TRY(parse_bracket_class(cursor_));
    return Atom{FOLIO_TRY(cursor_.class_of(std::move(set), start))};
  }

  Result<NodePtr> parse_escaped() {
    const std::size_t start = cursor_.at();
    Escape escape = FOLIO_TRY(parse_escape(cursor_));
    if (const auto* assertion = std::get_if<Assertion>(&escape)) return assertion_node(*assertion);
    if (auto* set = std::get_if<CodeSet>(&escape)) return cursor_.class_of(std::move(*set), start);
    const auto literal = std::get<EscapedLiteral>(escape);
    const bool is_byte = literal.form == EscapedLiteral::Form::Byte && literal.code >= 0x80;
    if (is_byte && !cursor_.flags.unicode) return cursor_.byte_literal(literal.code, start);
    return cursor_.literal(literal.code, start);
  }

  Result<Atom> parse_group() {
    const std::size_t start = cursor_.at();
    GroupHead head = FOLIO_TRY(parse_group_head(cursor_));
    if (head.kind == GroupHead::Kind::FlagsOnly) {
      cursor_.flags = head.flags;
      return Atom{empty_node(), Atom::Repeatable::No};
    }
    FOLIO_TRY(cursor_.enter(start));
    std::uint32_t index = 0;
    if (head.kind == GroupHead::Kind::Capture) index = FOLIO_TRY(add_capture(std::move(head.name), start));
    const ParseFlags outer = std::exchange(cursor_.flags, head.flags);
    NodePtr inner = FOLIO_TRY(parse_alternation());
    if (!cursor_.accept(U')')) return ParseCursor::fail(start, "a group is opened and never closed");
    cursor_.flags = outer;
    cursor_.leave();
    return Atom{index == 0 ? std::move(inner) : capture_node(std::move(inner), index)};
  }

  Result<std::uint32_t> add_capture(std::string name, std::size_t at) {
    auto& names = tree_.capture_names;
    if (!name.empty() && std::ranges::find(names, name) != names.end()) {
      return ParseCursor::fail(at, "two groups are named '" + name + "'");
    }
    names.push_back(std::move(name));
    return ++tree_.capture_count;
  }

  [[nodiscard]] CodeSet dot() const {
    if (cursor_.flags.dot_all) return negated({}, cursor_.flags.universe());
    std::vector<CodeRange> line_ends{{'\n', '\n'}};
    if (cursor_.flags.crlf) line_ends.push_back({'\r', '\r'});
    return negated(canonical(std::move(line_ends)), cursor_.flags.universe());
  }

  [[nodiscard]] Assertion line_begin() const {
    if (!cursor_.flags.multi_line) return Assertion::TextBegin;
    return cursor_.flags.crlf ? Assertion::CrlfLineBegin : Assertion::LineBegin;
  }

  [[nodiscard]] Assertion line_end() const {
    if (!cursor_.flags.multi_line) return Assertion::TextEnd;
    return cursor_.flags.crlf ? Assertion::CrlfLineEnd : Assertion::LineEnd;
  }

  ParseCursor cursor_;
  Tree tree_;
  std::uint32_t stacked_repeats_ = 0;
};

Result<std::u32string> decoded(std::string_view pattern) {
  const ByteView bytes = to_bytes(pattern);
  std::u32string text;
  for (std::size_t at = 0; at < bytes.size();) {
    const DecodedCode next = decode_at(bytes, at);
    if (next.size == 0) {
      return ParseCursor::fail(text.size(), "it is not valid UTF-8; a byte is written as (?-u:\\xFF)");
    }
    text.push_back(next.code);
    at += next.size;
  }
  return text;
}

}  // namespace

Result<Tree> parse(std::string_view pattern, const ParseOptions& options) {
  std::u32string text = FOLIO_TRY(decoded(pattern));
  return Parser{std::move(text), options}.parse();
}

}  // namespace folio::pattern
