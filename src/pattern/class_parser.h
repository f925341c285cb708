// SPDX-License-Identifier: Apache-2.0
// Classes in brackets, nested and combined.
#pragma once

#include "pattern/parse_cursor.h"

namespace folio::pattern {

/// Reads a class; the cursor stands on its [. Under (?-u) the codes of the set are bytes.
[[nodiscard]] Result<CodeSet> parse_bracket_class(ParseCursor& cursor);

}  // namespace folio::pattern
