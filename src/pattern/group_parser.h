// SPDX-License-Identifier: Apache-2.0
// What follows an opening parenthesis: names and flags.
#pragma once

#include <variant>

#include "pattern/parse_cursor.h"

namespace folio::pattern {

struct GroupHead {
  enum class Kind : std::uint8_t {
    Capture,
    NoCapture,  ///< (?flags:
    FlagsOnly,  ///< (?flags), which is over already.
  };
  Kind kind = Kind::Capture;
  std::string name;  ///< UTF-8; empty: none.
  ParseFlags flags;  ///< Those in force behind the head.
};

/// Reads the head of a group; the cursor stands on the parenthesis.
[[nodiscard]] Result<GroupHead> parse_group_head(ParseCursor& cursor);

}  // namespace folio::pattern
