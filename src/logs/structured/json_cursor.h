// SPDX-License-Identifier: Apache-2.0
// Moves through the text of one JSON value (RFC 8259), strictly, without interpreting or copying.
//
// Bytes above 0x7F are not looked at: invalid UTF-8 inside strings is admitted. Every step returns whether
// the text went on as the grammar wants it; where not, at() is the place and expected() says what was
// missing. Reads nothing outside the text. Ownership: refers to the text. Threads: one.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "logs/time/text_reader.h"

namespace folio::logs {

class JsonCursor {
 public:
  /// Objects and arrays inside each other at most.
  static constexpr unsigned kDepthMax = 64;

  explicit JsonCursor(std::string_view text)
      : begin_(text.data()), at_(text.data()), end_(text.data() + text.size()) {}

  [[nodiscard]] bool at_end() const { return at_ == end_; }
  [[nodiscard]] std::size_t at() const { return static_cast<std::size_t>(at_ - begin_); }
  [[nodiscard]] std::string_view expected() const { return expected_; }
  /// '\0' at the end, which stands nowhere in JSON.
  [[nodiscard]] char peek() const { return at_ == end_ ? '\0' : *at_; }
  void skip() { ++at_; }

  void skip_space() {
    while (at_ != end_ && static_cast<unsigned char>(*at_) <= ' ' && is_space(*at_)) ++at_;
  }
  bool take(char wanted, std::string_view what) {
    if (peek() != wanted) return fail(what);
    ++at_;
    return true;
  }
  bool fail(std::string_view expected) {
    expected_ = expected;
    return false;
  }

  /// What stands between quotes.
  bool string(std::string_view& content) {
    if (!take('"', "a quote before a text")) return false;
    const char* const begin = at_;
    if (!string_rest()) return false;
    content = {begin, static_cast<std::size_t>(at_ - begin)};
    ++at_;
    return true;
  }
  /// A member's name, its colon, and the space up to the value.
  bool name(std::string_view& content) {
    if (!string(content)) return false;
    skip_space();
    if (!take(':', "a colon behind the name")) return false;
    skip_space();
    return true;
  }
  bool number(std::string_view& text);
  /// true, false or null.
  bool word(std::string_view& text);
  /// Any value. `depth` objects and arrays are open around it.
  bool value(unsigned depth);

 private:
  static constexpr bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
  // The high bit of each byte that is a quote, a backslash or a control character; perhaps also of bytes
  // above the lowest of them, never below.
  static constexpr std::uint64_t special_bytes(std::uint64_t bytes) {
    constexpr std::uint64_t ones = 0x0101010101010101;
    constexpr std::uint64_t high = 0x8080808080808080;
    const std::uint64_t quotes = bytes ^ (ones * '"');
    const std::uint64_t backslashes = bytes ^ (ones * '\\');
    const std::uint64_t found = ((quotes - ones) & ~quotes) | ((backslashes - ones) & ~backslashes) |
                                ((bytes - ones * 0x20) & ~bytes);
    return found & high;
  }
  // Moves to the closing quote.
  bool string_rest() {
    for (;;) {
      while (end_ - at_ >= 8) {
        const std::uint64_t found = special_bytes(load_u64(at_));
        if (found != 0) {
          at_ += std::countr_zero(found) / 8;
          break;
        }
        at_ += 8;
      }
      while (at_ != end_ && *at_ != '"' && *at_ != '\\' && static_cast<unsigned char>(*at_) >= ' ') ++at_;
      if (peek() == '"') return true;
      if (peek() != '\\') return fail(at_end() ? "a quote behind the text" : "no control character");
      if (!escape()) return false;
    }
  }
  bool escape();
  bool digits();
  bool scalar();
  bool behind_value(std::uint64_t& kinds, unsigned& open);

  const char* begin_;
  const char* at_;
  const char* end_;
  std::string_view expected_;
};

}  // namespace folio::logs
