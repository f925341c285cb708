// SPDX-License-Identifier: Apache-2.0
// Patterns of Perl on PCRE2 with its JIT: look-around, back-references, and no promise of linear time.
//
// Ownership: engines share the compiled pattern. Threads: one per engine. Errors: InvalidArgument with the
// position for a bad pattern; a search that needs more than the limits ends in take_failure().
#pragma once

#include <string_view>

#include "pattern/engine.h"

namespace folio::pattern {

struct PerlOptions {
  enum class Case : std::uint8_t { Sensitive, Insensitive };
  enum class Characters : std::uint8_t {
    Unicode,  ///< Characters are UTF-8, and \w \d \s \b know Unicode; bytes that are not UTF-8 never match.
    Bytes,
  };
  enum class Anchors : std::uint8_t { Line, Text };
  enum class Dot : std::uint8_t { NotLineEnd, Any };
  enum class Whole : std::uint8_t {
    Anywhere,
    Word,  ///< Neither a word character before the match nor behind it.
    Line,  ///< From line begin to line end.
  };

  Case letter_case = Case::Sensitive;
  Characters characters = Characters::Unicode;
  Anchors anchors = Anchors::Line;
  Dot dot = Dot::NotLineEnd;
  Whole whole = Whole::Anywhere;
  std::uint32_t match_limit = 10'000'000;    ///< Steps on one text.
  std::uint32_t heap_limit_kib = 32 * 1024;  ///< Where the JIT cannot be used.
};

/// The pattern is that of a user; several are joined by the caller with |.
[[nodiscard]] Result<std::unique_ptr<EngineFactory>> make_perl_engine_factory(std::string_view pattern,
                                                                              const PerlOptions& options);

}  // namespace folio::pattern
