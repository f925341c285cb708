// SPDX-License-Identifier: Apache-2.0
// What begins with a backslash.
#pragma once

#include <variant>

#include "pattern/parse_cursor.h"

namespace folio::pattern {

struct EscapedLiteral {
  enum class Form : std::uint8_t {
    Character,
    Byte,  ///< \xHH, a byte under (?-u).
  };
  char32_t code = 0;
  Form form = Form::Character;
};

using Escape = std::variant<EscapedLiteral, CodeSet, Assertion>;

/// Reads an escape; the cursor stands on the backslash.
[[nodiscard]] Result<Escape> parse_escape(ParseCursor& cursor);

}  // namespace folio::pattern
