// SPDX-License-Identifier: Apache-2.0
// Heads of groups: (, (?:, (?P<name>, (?<name>, (?flags), (?flags:.
#include "pattern/group_parser.h"

#include <array>

#include "pattern/utf8_code.h"

namespace folio::pattern {
namespace {

constexpr std::string_view kNameRule =
    "a group's name begins with a letter or _, and goes on with letters, digits, _ . [ ]";

bool can_be_in_name(char32_t code, bool is_first) {
  if (code == '_' || (code >= 'a' && code <= 'z') || (code >= 'A' && code <= 'Z')) return true;
  if (is_first) return code >= 0x80 && is_word_code(code);
  return code == '.' || code == '[' || code == ']' || is_word_code(code);
}

Result<std::string> parse_name(ParseCursor& cursor) {
  std::string name;
  while (!cursor.accept(U'>')) {
    const std::size_t at = cursor.at();
    if (cursor.at_end()) return ParseCursor::fail(at, "the name of a group is not closed by a >");
    const char32_t code = cursor.take();
    if (!can_be_in_name(code, name.empty())) return ParseCursor::fail(at, kNameRule);
    append_utf8(name, code);
  }
  if (name.empty()) return ParseCursor::fail(cursor.at() - 1, "the name of a group is empty");
  return name;
}

bool* flag_of(ParseFlags& flags, char32_t letter) {
  switch (letter) {
    case 'i':
      return &flags.ignore_case;
    case 'm':
      return &flags.multi_line;
    case 's':
      return &flags.dot_all;
    case 'U':
      return &flags.swap_greed;
    case 'u':
      return &flags.unicode;
    case 'x':
      return &flags.extended;
    case 'R':
      return &flags.crlf;
    default:
      return nullptr;
  }
}

// The cursor stands behind (?.
Result<GroupHead> parse_flags(ParseCursor& cursor) {
  GroupHead head{.kind = GroupHead::Kind::NoCapture, .name = {}, .flags = cursor.flags};
  std::u32string seen;
  bool value = true;
  bool dangling = false;
  while (true) {
    const std::size_t at = cursor.at();
    const char32_t letter = cursor.take();
    if (letter == ParseCursor::kEnd) return ParseCursor::fail(at, "the flags of a group break off");
    if ((letter == ':' || letter == ')') && dangling)
      return ParseCursor::fail(at - 1, "no flag follows the -");
    if (letter == ':') return head;
    if (letter == ')' && seen.empty()) return ParseCursor::fail(at, "(?) names no flag");
    if (letter == ')') {
      head.kind = GroupHead::Kind::FlagsOnly;
      return head;
    }
    if (seen.find(letter) != std::u32string::npos) return ParseCursor::fail(at, "this flag is given twice");
    seen.push_back(letter);
    dangling = letter == '-';
    if (dangling) {
      value = false;
    } else if (bool* flag = flag_of(head.flags, letter)) {
      *flag = value;
    } else {
      return ParseCursor::fail(at, "there is no such flag; flags are i m s x u U R");
    }
  }
}

}  // namespace

Result<GroupHead> parse_group_head(ParseCursor& cursor) {
  const std::size_t start = cursor.at();
  cursor.take();
  constexpr std::array<std::u32string_view, 4> kLookAround{U"?=", U"?!", U"?<=", U"?<!"};
  for (const std::u32string_view head : kLookAround) {
    if (cursor.accept(head)) return ParseCursor::fail(start, "look-around is not supported; -P has it");
  }
  constexpr std::array<std::u32string_view, 3> kPerlOnly{U"?>", U"?|", U"?#"};
  for (const std::u32string_view head : kPerlOnly) {
    if (cursor.accept(head))
      return ParseCursor::fail(start, "this kind of group is not supported; -P has it");
  }
  if (cursor.accept(U"?P<") || cursor.accept(U"?<")) {
    return GroupHead{GroupHead::Kind::Capture, FOLIO_TRY(parse_name(cursor)), cursor.flags};
  }
  if (cursor.accept(U'?')) return parse_flags(cursor);
  return GroupHead{GroupHead::Kind::Capture, {}, cursor.flags};
}

}  // namespace folio::pattern
