// SPDX-License-Identifier: Apache-2.0
// Writes a syntax tree as a pattern of RE2, with classes spelled out and groups keeping their numbers.
//
// Threads: pure functions. Errors: nothing, where RE2 has no words for a tree.
#pragma once

#include <optional>
#include <string>

#include "pattern/syntax.h"

namespace folio::pattern {

/// What becomes of assertions on words. RE2 has \b and \B alone, and means ASCII by them.
enum class WordAssertions : std::uint8_t {
  /// Written such that the pattern is exact on texts of ASCII only (on all texts, if
  /// !has_unicode_boundary()). \b{start} and the like become \b or \B where what stands beside them decides.
  Exact,
  /// Left out, and those of CRLF lines too: the pattern matches more, but wherever the tree matches.
  Dropped,
};

/// Nothing if RE2 cannot say it. Options of RE2: UTF-8, or Latin-1 if needs_bytes(); all others as they are
/// by default.
[[nodiscard]] std::optional<std::string> re2_text(const Tree& tree, WordAssertions words);
[[nodiscard]] std::optional<std::string> re2_text(const Node& root, WordAssertions words);

/// Whether single bytes are matched, which RE2 can do in its Latin-1 mode only.
[[nodiscard]] bool needs_bytes(const Node& root);
/// Whether an assertion depends on Unicode's words.
[[nodiscard]] bool has_unicode_boundary(const Node& root);
/// Whether there is anything that WordAssertions::Dropped leaves out.
[[nodiscard]] bool has_droppable(const Node& root);

}  // namespace folio::pattern
