// SPDX-License-Identifier: Apache-2.0
#include "logs/structured/json_cursor.h"

namespace folio::logs {

namespace {

constexpr bool is_hex_digit(char c) {
  return digit_value(c) <= 9 || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

}  // namespace

bool JsonCursor::escape() {
  constexpr std::string_view kSingle = "\"\\/bfnrt";
  ++at_;
  if (peek() == 'u') {
    ++at_;
    for (int i = 0; i < 4; ++i, ++at_) {
      if (!is_hex_digit(peek())) return fail("four hexadecimal digits");
    }
    return true;
  }
  if (at_end() || kSingle.find(*at_) == std::string_view::npos) return fail("a known escape");
  ++at_;
  return true;
}

bool JsonCursor::digits() {
  if (digit_value(peek()) > 9) return fail("a digit");
  while (at_ != end_ && digit_value(*at_) <= 9) ++at_;
  return true;
}

bool JsonCursor::number(std::string_view& text) {
  const char* const begin = at_;
  if (peek() == '-') ++at_;
  if (peek() == '0') {
    ++at_;
  } else if (!digits()) {
    return fail("a value");
  }
  if (peek() == '.') {
    ++at_;
    if (!digits()) return false;
  }
  if (peek() == 'e' || peek() == 'E') {
    ++at_;
    if (peek() == '+' || peek() == '-') ++at_;
    if (!digits()) return false;
  }
  text = {begin, static_cast<std::size_t>(at_ - begin)};
  return true;
}

bool JsonCursor::word(std::string_view& text) {
  const std::string_view rest(at_, static_cast<std::size_t>(end_ - at_));
  for (const std::string_view known : {"true", "false", "null"}) {
    if (!rest.starts_with(known)) continue;
    text = rest.substr(0, known.size());
    at_ += known.size();
    return true;
  }
  return fail("a value");
}

bool JsonCursor::scalar() {
  std::string_view text;
  const char first = peek();
  if (first == '"') return string(text);
  return first >= 'a' ? word(text) : number(text);
}

// Closes what ends behind a value, up to the next value or the end of the outermost one. `kinds` has a bit
// for each open object or array, the innermost lowest, set for objects.
bool JsonCursor::behind_value(std::uint64_t& kinds, unsigned& open) {
  while (open > 0) {
    skip_space();
    const bool in_object = (kinds & 1) != 0;
    if (peek() == ',') {
      ++at_;
      skip_space();
      std::string_view text;
      return !in_object || name(text);
    }
    if (!take(in_object ? '}' : ']', in_object ? "a comma or a brace" : "a comma or a bracket")) return false;
    kinds >>= 1;
    --open;
  }
  return true;
}

bool JsonCursor::value(unsigned depth) {
  std::uint64_t kinds = 0;
  unsigned open = 0;
  do {
    const char first = peek();
    if (first != '{' && first != '[') {
      if (!scalar()) return false;
    } else {
      if (depth + open >= kDepthMax) return fail("no deeper object or array");
      const bool is_object = first == '{';
      kinds = kinds << 1 | (is_object ? 1U : 0U);
      ++open;
      ++at_;
      skip_space();
      if (peek() != (is_object ? '}' : ']')) {
        std::string_view text;
        if (is_object && !name(text)) return false;
        continue;
      }
      kinds >>= 1;
      --open;
      ++at_;
    }
    if (!behind_value(kinds, open)) return false;
  } while (open > 0);
  return true;
}

}  // namespace folio::logs
