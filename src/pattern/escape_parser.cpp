// SPDX-License-Identifier: Apache-2.0
// Escapes: characters by number, classes by letter and name, word boundaries.
#include "pattern/escape_parser.h"

#include <array>
#include <string>

#include "pattern/unicode_class.h"

namespace folio::pattern {
namespace {

std::optional<std::uint32_t> hex_value(char32_t code) {
  if (code >= '0' && code <= '9') return code - '0';
  if (code >= 'a' && code <= 'f') return code - 'a' + 10;
  if (code >= 'A' && code <= 'F') return code - 'A' + 10;
  return std::nullopt;
}

bool is_scalar(std::uint32_t value) {
  return value <= kCodePointMax && (value < 0xD800 || value > 0xDFFF);
}

// Up to `digits` digits, or those up to the closing brace.
Result<EscapedLiteral> parse_hex(ParseCursor& cursor, std::size_t start, std::size_t digits) {
  const bool in_braces = cursor.accept(U'{');
  std::uint32_t value = 0;
  std::size_t count = 0;
  while (in_braces ? cursor.peek() != '}' : count < digits) {
    const auto digit = hex_value(cursor.peek());
    if (cursor.at_end()) return ParseCursor::fail(start, "the number of a character breaks off");
    if (!digit) return ParseCursor::fail(cursor.at(), "this is not a hexadecimal digit");
    cursor.take();
    value = value << 4 | *digit;
    if (++count > 8) return ParseCursor::fail(start, "there is no character of that number");
  }
  if (in_braces) cursor.take();
  if (count == 0) return ParseCursor::fail(start, "the number of a character is missing");
  if (!is_scalar(value)) return ParseCursor::fail(start, "there is no character of that number");
  const bool is_byte = !in_braces && digits == 2;
  return EscapedLiteral{value, is_byte ? EscapedLiteral::Form::Byte : EscapedLiteral::Form::Character};
}

Result<Escape> parse_property(ParseCursor& cursor, std::size_t start, char32_t letter) {
  if (!cursor.flags.unicode)
    return ParseCursor::fail(start, "classes of Unicode are not allowed after (?-u)");
  std::optional<std::string> name;
  if (cursor.accept(U'{')) {
    name = cursor.take_until('}');
    if (!name) return ParseCursor::fail(start, "the name of a class is not closed by a }");
  } else if (const char32_t code = cursor.take(); code < 0x80) {
    name = std::string(1, static_cast<char>(code));
  } else {
    return ParseCursor::fail(start, "\\p needs the name of a class");
  }
  auto set = unicode_property(*name);
  if (!set) return ParseCursor::fail(start, "there is no class of Unicode named '" + *name + "'");
  *set = folded(*set, cursor.flags.folding());
  return letter == 'P' ? negated(*set, Universe::Unicode) : std::move(*set);
}

CodeSet perl_class(const ParseFlags& flags, char32_t letter) {
  const char32_t lower = letter | 0x20;
  const auto kind = lower == 'd' ? PerlClass::Digit : lower == 's' ? PerlClass::Space : PerlClass::Word;
  CodeSet set = flags.unicode ? unicode_perl_class(kind) : ascii_perl_class(kind);
  return letter == lower ? set : negated(set, flags.universe());
}

struct NamedAssertion {
  std::string_view name;
  Assertion unicode;
  Assertion ascii;
};

constexpr NamedAssertion kWordAssertions[] = {
    {"b", Assertion::WordBoundary, Assertion::AsciiWordBoundary},
    {"B", Assertion::NotWordBoundary, Assertion::NotAsciiWordBoundary},
    {"start", Assertion::WordBegin, Assertion::AsciiWordBegin},
    {"<", Assertion::WordBegin, Assertion::AsciiWordBegin},
    {"end", Assertion::WordEnd, Assertion::AsciiWordEnd},
    {">", Assertion::WordEnd, Assertion::AsciiWordEnd},
    {"start-half", Assertion::WordBeginHalf, Assertion::AsciiWordBeginHalf},
    {"end-half", Assertion::WordEndHalf, Assertion::AsciiWordEndHalf},
};

std::optional<Assertion> word_assertion(const ParseFlags& flags, std::string_view name) {
  for (const NamedAssertion& known : kWordAssertions) {
    if (known.name == name) return flags.unicode ? known.unicode : known.ascii;
  }
  return std::nullopt;
}

// \b may be followed by a name in braces, or by a repeat count.
Result<Escape> parse_boundary(ParseCursor& cursor, std::size_t start) {
  const char32_t next = cursor.peek(1) | 0x20;
  const bool is_named = cursor.peek() == '{' && ((next >= 'a' && next <= 'z') || cursor.peek(1) == '-');
  if (!is_named) return *word_assertion(cursor.flags, "b");
  cursor.take();
  const auto name = cursor.take_until('}');
  const auto assertion = name && name->size() > 1 ? word_assertion(cursor.flags, *name) : std::nullopt;
  if (assertion) return *assertion;
  return ParseCursor::fail(start,
                           "\\b{...} takes one of start, end, start-half and end-half, and a } behind it");
}

std::optional<char32_t> control_character(char32_t letter) {
  switch (letter) {
    case 'a':
      return '\a';
    case 'f':
      return '\f';
    case 'n':
      return '\n';
    case 'r':
      return '\r';
    case 't':
      return '\t';
    case 'v':
      return '\v';
    default:
      return std::nullopt;
  }
}

Result<Escape> unknown_escape(std::size_t start, char32_t letter) {
  if (letter == '0') return ParseCursor::fail(start, "there are no octal numbers; a zero byte is \\x00");
  if (letter >= '1' && letter <= '9') {
    return ParseCursor::fail(start, "back-references are not supported; -P has them");
  }
  constexpr std::u32string_view of_perl = U"CGKNQREXZghk";
  if (of_perl.find(letter) != std::u32string_view::npos) {
    return ParseCursor::fail(start, "this escape is not supported; -P may have it");
  }
  return ParseCursor::fail(start, "there is no such escape");
}

}  // namespace

Result<Escape> parse_escape(ParseCursor& cursor) {
  const std::size_t start = cursor.at();
  cursor.take();
  if (cursor.at_end()) return ParseCursor::fail(start, "a backslash ends the pattern; \\\\ is a backslash");
  const char32_t letter = cursor.take();
  if (const auto control = control_character(letter)) return EscapedLiteral{*control};
  switch (letter) {
    case 'x':
      return FOLIO_TRY(parse_hex(cursor, start, 2));
    case 'u':
      return FOLIO_TRY(parse_hex(cursor, start, 4));
    case 'U':
      return FOLIO_TRY(parse_hex(cursor, start, 8));
    case 'p':
    case 'P':
      return parse_property(cursor, start, letter);
    case 'd':
    case 'D':
    case 's':
    case 'S':
    case 'w':
    case 'W':
      return perl_class(cursor.flags, letter);
    case 'A':
      return Assertion::TextBegin;
    case 'z':
      return Assertion::TextEnd;
    case 'b':
      return parse_boundary(cursor, start);
    case 'B':
    case '<':
    case '>':
      return *word_assertion(cursor.flags, std::string(1, static_cast<char>(letter)));
    default:
      break;
  }
  const bool is_punctuation = letter < 0x80 && !contains(ascii_perl_class(PerlClass::Word), letter);
  if (is_punctuation || letter == '_') return EscapedLiteral{letter};
  return unknown_escape(start, letter);
}

}  // namespace folio::pattern
