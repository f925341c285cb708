// SPDX-License-Identifier: Apache-2.0
// The pattern's characters, the place reached, and the flags in force there: what the parts of the parser
// share.
#pragma once

#include <string>

#include "core/try.h"
#include "pattern/code_set.h"
#include "pattern/node.h"
#include "pattern/parser.h"

namespace folio::pattern {

struct ParseFlags {
  bool ignore_case = false;  // i
  bool multi_line = true;    // m
  bool dot_all = false;      // s
  bool swap_greed = false;   // U
  bool unicode = true;       // u
  bool extended = false;     // x
  bool crlf = false;         // R

  [[nodiscard]] Folding folding() const {
    if (!ignore_case) return Folding::None;
    return unicode ? Folding::Unicode : Folding::Ascii;
  }
  [[nodiscard]] Universe universe() const { return unicode ? Universe::Unicode : Universe::Bytes; }
};

class ParseCursor {
 public:
  static constexpr char32_t kEnd = 0xFFFFFFFF;

  ParseCursor(std::u32string text, const ParseOptions& options);

  [[nodiscard]] bool at_end() const { return at_ == text_.size(); }
  [[nodiscard]] std::size_t at() const { return at_; }
  void go_to(std::size_t at) { at_ = at; }
  /// kEnd behind the end.
  [[nodiscard]] char32_t peek(std::size_t ahead = 0) const {
    return ahead < text_.size() - at_ ? text_[at_ + ahead] : kEnd;
  }
  char32_t take() { return at_end() ? kEnd : text_[at_++]; }
  bool accept(char32_t expected);
  bool accept(std::u32string_view expected);
  /// Under (?x) white space and comments.
  void skip_space();
  /// ASCII text up to `end`, which is taken too; nothing, and nothing taken, if it does not come or if other
  /// characters come before it.
  [[nodiscard]] std::optional<std::string> take_until(char32_t end);

  [[nodiscard]] static std::unexpected<Error> fail(std::size_t at, std::string_view reason);

  /// Enters a group or class; an error where they nest too deep.
  [[nodiscard]] Result<void> enter(std::size_t opened);
  void leave() { --depth_; }

  /// A written character as a node, folded.
  [[nodiscard]] Result<NodePtr> literal(char32_t code, std::size_t at) const;
  /// One byte of a written \xHH above 0x7F under (?-u).
  [[nodiscard]] Result<NodePtr> byte_literal(char32_t byte, std::size_t at) const;
  /// A class as a node, the terminator taken out.
  [[nodiscard]] Result<NodePtr> class_of(CodeSet set, std::size_t at) const;

  ParseFlags flags;

 private:
  [[nodiscard]] CodeSet terminators() const;

  std::u32string text_;
  const ParseOptions& options_;
  std::size_t at_ = 0;
  std::uint32_t depth_ = 0;
};

}  // namespace folio::pattern
