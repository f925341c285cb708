// SPDX-License-Identifier: Apache-2.0
#include "core/json_object.h"

#include <cstddef>

namespace folio {

namespace {

constexpr bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

constexpr bool is_hex_digit(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

// A recursive descent over the grammar. Every step returns whether the text went on as the grammar wants it.
class Checker {
 public:
  explicit Checker(std::string_view text) : text_(text) {}

  bool whole_object(std::vector<JsonMember>& members) {
    skip_space();
    if (!object(1, &members)) return false;
    skip_space();
    return at_ == text_.size();
  }

 private:
  [[nodiscard]] char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }

  bool take(char c) {
    if (at_ == text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }

  bool take_word(std::string_view word) {
    if (!text_.substr(at_).starts_with(word)) return false;
    at_ += word.size();
    return true;
  }

  void skip_space() {
    while (peek() == ' ' || peek() == '\t' || peek() == '\n' || peek() == '\r') ++at_;
  }

  bool digits() {
    const std::size_t begin = at_;
    while (is_digit(peek())) ++at_;
    return at_ > begin;
  }

  bool number() {
    take('-');
    if (!take('0') && !digits()) return false;
    if (take('.') && !digits()) return false;
    if (!take('e') && !take('E')) return true;
    if (!take('+')) take('-');
    return digits();
  }

  bool escape() {
    constexpr std::string_view kSingle = "\"\\/bfnrt";
    if (take('u')) {
      for (int i = 0; i < 4; ++i, ++at_) {
        if (!is_hex_digit(peek())) return false;
      }
      return true;
    }
    if (at_ == text_.size() || kSingle.find(text_[at_]) == std::string_view::npos) return false;
    ++at_;
    return true;
  }

  bool string() {
    if (!take('"')) return false;
    while (at_ < text_.size()) {
      const char c = text_[at_++];
      if (c == '"') return true;
      if (static_cast<unsigned char>(c) < 0x20) return false;
      if (c == '\\' && !escape()) return false;
    }
    return false;
  }

  bool value(int depth) {
    switch (peek()) {
      case '{':
        return object(depth, nullptr);
      case '[':
        return array(depth);
      case '"':
        return string();
      case 't':
        return take_word("true");
      case 'f':
        return take_word("false");
      case 'n':
        return take_word("null");
      default:
        return number();
    }
  }

  bool array(int depth) {
    if (depth > kJsonDepthMax || !take('[')) return false;
    skip_space();
    if (take(']')) return true;
    do {
      skip_space();
      if (!value(depth + 1)) return false;
      skip_space();
    } while (take(','));
    return take(']');
  }

  bool member(int depth, std::vector<JsonMember>* members) {
    skip_space();
    const std::size_t name_begin = at_ + 1;
    if (!string()) return false;
    const std::string_view name = text_.substr(name_begin, at_ - 1 - name_begin);
    skip_space();
    if (!take(':')) return false;
    skip_space();
    const std::size_t value_begin = at_;
    if (!value(depth + 1)) return false;
    if (members != nullptr) members->push_back({name, text_.substr(value_begin, at_ - value_begin)});
    skip_space();
    return true;
  }

  bool object(int depth, std::vector<JsonMember>* members) {
    if (depth > kJsonDepthMax || !take('{')) return false;
    skip_space();
    if (take('}')) return true;
    do {
      if (!member(depth, members)) return false;
    } while (take(','));
    return take('}');
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace

std::optional<std::vector<JsonMember>> json_members(std::string_view text) {
  std::vector<JsonMember> members;
  if (!Checker{text}.whole_object(members)) return std::nullopt;
  return members;
}

}  // namespace folio
