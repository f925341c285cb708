// SPDX-License-Identifier: Apache-2.0
// Files that appear under their name when they are complete.
#pragma once

#include <string>
#include <string_view>

#include "folio/error.h"
#include "os/new_file.h"

namespace folio::cli {

/// Writes what the file is to hold, flushes it, and gives it its name.
[[nodiscard]] Result<void> complete(os::NewFile& file, std::string_view text);

/// Writes a temporary file, flushes it, and gives it the name.
[[nodiscard]] Result<void> write_file(const std::string& name, std::string_view text);

}  // namespace folio::cli
