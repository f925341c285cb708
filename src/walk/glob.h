// SPDX-License-Identifier: Apache-2.0
// One compiled glob: * ? [...] with POSIX classes, ** as git has it, escapes, and alternatives in braces on
// request.
//
// No wildcard but ** matches a slash. Bytes, not characters; letters fold in ASCII.
// Ownership: owns its pattern. Threads: immutable once compiled. Errors: compile() fails with a sentence
// about the glob.
#pragma once

#include <bitset>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "folio/error.h"
#include "folio/walk.h"

namespace folio::walk_detail {

/// Ignore files know no braces and forgive a backward range; -g and types have braces and explain what is
/// wrong.
enum class GlobDialect : std::uint8_t { IgnoreFile, CommandLine };

class Glob {
 public:
  /// One glob for each alternative; at least one.
  [[nodiscard]] static Result<std::vector<Glob>> compile(std::string_view pattern, GlobDialect dialect,
                                                         NameCase name_case);

  /// The whole text, which has no slash at its beginning or end.
  [[nodiscard]] bool matches(std::string_view text) const;

  /// The same by recursion, for tests and fuzzing. Exponential.
  [[nodiscard]] bool matches_naively(std::string_view text) const { return naive(0, text); }

  /// Bytes that every match ends with; lower case where the case is folded.
  [[nodiscard]] std::string_view tail() const { return tail_; }

  /// True where `tail()` is all of the glob.
  [[nodiscard]] bool is_literal() const { return shape_ == Shape::Literal; }

  /// True where the match depends on the last component of a path only; then `matches` wants that component.
  [[nodiscard]] bool is_any_depth() const { return is_any_depth_; }

  /// Turns "**/name" into "name" with is_any_depth(), and makes a glob without a slash is_any_depth().
  void float_if_simple();

 private:
  enum class Shape : std::uint8_t { Literal, Suffix, Prefix, General };
  enum class Kind : std::uint8_t { Byte, Any, Class, Star, Directories, Everything };
  struct Token {
    Kind kind = Kind::Byte;
    unsigned char byte = 0;
    std::uint16_t set = 0;
  };
  using ByteSet = std::bitset<256>;
  struct Matcher;
  friend class GlobParser;

  explicit Glob(NameCase name_case) : folds_(name_case == NameCase::Insensitive) {}
  void finish();
  [[nodiscard]] unsigned char fold(char byte) const;
  [[nodiscard]] bool equals(std::string_view text, std::string_view literal) const;
  [[nodiscard]] bool accepts(const Token& token, char byte) const;
  [[nodiscard]] bool matches_generally(std::string_view text) const;
  [[nodiscard]] bool naive(std::size_t at, std::string_view text) const;

  std::vector<Token> tokens_;
  std::vector<ByteSet> sets_;
  std::string head_;  // literal bytes at the beginning
  std::string tail_;
  Shape shape_ = Shape::General;
  bool folds_ = false;
  bool is_any_depth_ = false;
};

[[nodiscard]] constexpr char ascii_lower(char byte) {
  return byte >= 'A' && byte <= 'Z' ? static_cast<char>(byte + ('a' - 'A')) : byte;
}

}  // namespace folio::walk_detail
