// SPDX-License-Identifier: Apache-2.0
#include "logs/query/token.h"

#include <algorithm>
#include <array>
#include <optional>

#include "core/fail.h"
#include "core/try.h"

namespace folio::logs {

namespace {

constexpr bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

constexpr bool is_word(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

class Lexer {
 public:
  explicit Lexer(std::string_view text) : text_(text) {}

  Result<Token> next() {
    while (!at_end() && (peek() == ' ' || (peek() >= '\t' && peek() <= '\r'))) ++at_;
    if (at_end()) return Token{.kind = Token::Kind::End, .column = at_ + 1};
    const char first = peek();
    if (first == '"' || first == '\'') return quoted(first);
    if (is_digit(first) ||
        ((first == '-' || first == '.') && at_ + 1 < text_.size() && is_digit(text_[at_ + 1])))
      return number();
    if (is_word(first)) return token(Token::Kind::Word, run_of([](char c) { return is_word(c); }));
    return sign();
  }

 private:
  [[nodiscard]] bool at_end() const { return at_ == text_.size(); }
  [[nodiscard]] char peek() const { return text_[at_]; }

  template <class Belongs>
  [[nodiscard]] std::size_t run_of(Belongs belongs) const {
    std::size_t end = at_ + 1;
    while (end < text_.size() && belongs(text_[end])) ++end;
    return end - at_;
  }

  Token token(Token::Kind kind, std::size_t size) {
    Token made{.kind = kind, .column = at_ + 1, .shown = text_.substr(at_, size)};
    at_ += size;
    return made;
  }

  // The micro sign is two bytes above 0x7F.
  Token number() {
    return token(Token::Kind::Number, run_of([](char c) {
                   return is_word(c) || c == '.' || static_cast<unsigned char>(c) >= 0x80;
                 }));
  }

  Result<Token> quoted(char quote) {
    std::string meant;
    std::size_t end = at_ + 1;
    for (; end < text_.size() && text_[end] != quote; ++end) {
      if (quote == '"' && text_[end] == '\\' && end + 1 < text_.size()) {
        if (text_[end + 1] != '"') meant += text_[end];
        ++end;
      }
      meant += text_[end];
    }
    if (end >= text_.size()) return query_mistake(at_ + 1, "this text has no closing quote");
    Token made = token(Token::Kind::Text, end + 1 - at_);
    made.text = std::move(meant);
    return made;
  }

  Result<Token> sign() {
    constexpr std::array<std::string_view, 14> kSigns{"==", "!=", "<=", ">=", "!~", "&&", "||",
                                                      "<",  ">",  "~",  "(",  ")",  ",",  "!"};
    for (const std::string_view known : kSigns) {
      if (text_.substr(at_).starts_with(known)) return token(Token::Kind::Sign, known.size());
    }
    if (peek() == '=') return query_mistake(at_ + 1, "write == to compare");
    return query_mistake(at_ + 1, "this character has no meaning here; texts need quotes");
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace

std::unexpected<Error> query_mistake(std::size_t column, std::string_view what) {
  std::string detail = "column ";
  detail.append(std::to_string(column)).append(": ").append(what);
  return fail(Errc::InvalidArgument, "", std::move(detail));
}

Result<std::vector<Token>> tokens_of(std::string_view text) {
  std::vector<Token> tokens;
  Lexer lexer(text);
  do {
    tokens.push_back(FOLIO_TRY(lexer.next()));
  } while (tokens.back().kind != Token::Kind::End);
  return tokens;
}

}  // namespace folio::logs
