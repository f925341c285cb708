// SPDX-License-Identifier: Apache-2.0
// Files that appear under their name when they are complete.
#pragma once

#include <string>
#include <string_view>

#include "folio/error.h"

namespace folio::cli {

/// Writes a temporary file, flushes it, and gives it the name.
[[nodiscard]] Result<void> write_file(const std::string& name, std::string_view text);

}  // namespace folio::cli
