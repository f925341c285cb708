// SPDX-License-Identifier: Apache-2.0
// Looks at the characters before and behind a place.
#include "pattern/look.h"

#include "pattern/code_set.h"
#include "pattern/utf8_code.h"

namespace folio::pattern {
namespace {

enum class Side : std::uint8_t { Edge, Invalid, Other, Word };

Side side_of(DecodedCode decoded) {
  if (decoded.size == 0) return Side::Invalid;
  return is_word_code(decoded.code) ? Side::Word : Side::Other;
}

Side side_before(ByteView text, std::size_t at) {
  return at == 0 ? Side::Edge : side_of(decode_before(text, at));
}

Side side_behind(ByteView text, std::size_t at) {
  return at == text.size() ? Side::Edge : side_of(decode_at(text, at));
}

Side ascii_side(std::byte byte) {
  const auto code = std::to_integer<char32_t>(byte);
  return code < 0x80 && is_word_code(code) ? Side::Word : Side::Other;
}

bool holds_between(Assertion assertion, Side before, Side behind) {
  const bool word_before = before == Side::Word;
  const bool word_behind = behind == Side::Word;
  switch (assertion) {
    case Assertion::WordBoundary:
    case Assertion::AsciiWordBoundary:
      return word_before != word_behind;
    case Assertion::NotWordBoundary:
    case Assertion::NotAsciiWordBoundary:
      return before != Side::Invalid && behind != Side::Invalid && word_before == word_behind;
    case Assertion::WordBegin:
    case Assertion::AsciiWordBegin:
      return !word_before && word_behind;
    case Assertion::WordEnd:
    case Assertion::AsciiWordEnd:
      return word_before && !word_behind;
    case Assertion::WordBeginHalf:
    case Assertion::AsciiWordBeginHalf:
      return before != Side::Invalid && !word_before;
    case Assertion::WordEndHalf:
    case Assertion::AsciiWordEndHalf:
      return behind != Side::Invalid && !word_behind;
    default:
      return false;
  }
}

bool is_byte(ByteView text, std::size_t at, char expected) {
  return at < text.size() && text[at] == static_cast<std::byte>(expected);
}

}  // namespace

bool is_unicode_word_assertion(Assertion assertion) {
  return assertion >= Assertion::WordBoundary && assertion <= Assertion::WordEndHalf;
}

bool holds(Assertion assertion, ByteView text, std::size_t at) {
  switch (assertion) {
    case Assertion::TextBegin:
      return at == 0;
    case Assertion::TextEnd:
      return at == text.size();
    case Assertion::LineBegin:
      return at == 0 || is_byte(text, at - 1, '\n');
    case Assertion::LineEnd:
      return at == text.size() || is_byte(text, at, '\n');
    case Assertion::CrlfLineBegin:
      return at == 0 || is_byte(text, at - 1, '\n') ||
             (is_byte(text, at - 1, '\r') && !is_byte(text, at, '\n'));
    case Assertion::CrlfLineEnd:
      return at == text.size() || is_byte(text, at, '\r') ||
             (is_byte(text, at, '\n') && (at == 0 || !is_byte(text, at - 1, '\r')));
    default:
      break;
  }
  if (is_unicode_word_assertion(assertion)) {
    return holds_between(assertion, side_before(text, at), side_behind(text, at));
  }
  return holds_between(assertion, at == 0 ? Side::Edge : ascii_side(text[at - 1]),
                       at == text.size() ? Side::Edge : ascii_side(text[at]));
}

}  // namespace folio::pattern
