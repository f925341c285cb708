// SPDX-License-Identifier: Apache-2.0
// Where a command puts files of its own for a while.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "folio/error.h"

namespace folio::cli {

/// The folder that was named by --dir, else the one for temporary files.
[[nodiscard]] Result<std::filesystem::path> work_place(const std::string& folder);

/// NoSpace where less than `needed` bytes are free.
[[nodiscard]] Result<void> check_room(const std::filesystem::path& place, std::uint64_t needed);

}  // namespace folio::cli
