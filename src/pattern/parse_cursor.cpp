// SPDX-License-Identifier: Apache-2.0
// Moving through a pattern, and turning characters and classes into nodes.
#include "pattern/parse_cursor.h"

#include <utility>

#include "pattern/pattern_error.h"
#include "pattern/unicode_tables.h"

namespace folio::pattern {
namespace {

constexpr std::string_view kLineEndInPattern =
    "the pattern holds a line end, and the search goes line by line; -U searches across lines";

}  // namespace

ParseCursor::ParseCursor(std::u32string text, const ParseOptions& options)
    : text_{std::move(text)}, options_{options} {
  flags.ignore_case = options.letter_case == ParseOptions::Case::Insensitive;
  flags.multi_line = options.anchors == ParseOptions::Anchors::Line;
  flags.dot_all = options.dot == ParseOptions::Dot::Any;
  flags.unicode = options.characters == ParseOptions::Characters::Unicode;
  flags.crlf = options.line_ends == ParseOptions::LineEnds::CrLf;
}

bool ParseCursor::accept(char32_t expected) {
  if (peek() != expected) return false;
  ++at_;
  return true;
}

bool ParseCursor::accept(std::u32string_view expected) {
  if (!std::u32string_view{text_}.substr(at_).starts_with(expected)) return false;
  at_ += expected.size();
  return true;
}

void ParseCursor::skip_space() {
  if (!flags.extended) return;
  while (!at_end()) {
    if (peek() == '#') {
      while (!at_end() && peek() != '\n') ++at_;
    } else if (contains(white_space_ranges(), peek())) {
      ++at_;
    } else {
      return;
    }
  }
}

std::optional<std::string> ParseCursor::take_until(char32_t end) {
  std::string taken;
  for (std::size_t ahead = 0;; ++ahead) {
    const char32_t code = peek(ahead);
    if (code == end) {
      at_ += ahead + 1;
      return taken;
    }
    if (code >= 0x80) return std::nullopt;
    taken.push_back(static_cast<char>(code));
  }
}

std::unexpected<Error> ParseCursor::fail(std::size_t at, std::string_view reason) {
  return pattern_error("the pattern is not valid at position " + std::to_string(at + 1) + ": " +
                       std::string{reason});
}

Result<void> ParseCursor::enter(std::size_t opened) {
  if (++depth_ > kNestingMax) return fail(opened, "groups and classes nest more than 250 deep");
  return {};
}

CodeSet ParseCursor::terminators() const {
  if (!options_.terminator) return {};
  const auto code = std::to_integer<char32_t>(*options_.terminator);
  std::vector<CodeRange> codes{{code, code}};
  if (options_.line_ends == ParseOptions::LineEnds::CrLf) codes.push_back({'\r', '\r'});
  return canonical(std::move(codes));
}

Result<NodePtr> ParseCursor::literal(char32_t code, std::size_t at) const {
  if (contains(terminators(), code)) return fail(at, kLineEndInPattern);
  return class_node(folded({{code, code}}, flags.folding()));
}

Result<NodePtr> ParseCursor::byte_literal(char32_t byte, std::size_t at) const {
  if (contains(terminators(), byte)) return fail(at, kLineEndInPattern);
  return bytes_node(byte_set({{byte, byte}}));
}

Result<NodePtr> ParseCursor::class_of(CodeSet set, std::size_t at) const {
  const bool was_empty = set.empty();
  set = subtracted(set, terminators());
  if (set.empty() && !was_empty) return fail(at, kLineEndInPattern);
  if (!flags.unicode && !set.empty() && set.back().last >= 0x80) return bytes_node(byte_set(set));
  return class_node(std::move(set));
}

}  // namespace folio::pattern
