// SPDX-License-Identifier: Apache-2.0
// Step 1: the test file.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <stop_token>
#include <string>

#include "folio/file.h"
#include "folio/generate.h"

namespace folio::demo {

struct Creation {
  Generated made;
  std::string path;
  FileSystemKind file_system = FileSystemKind::Local;
  std::optional<double> cached;  ///< Share of the file in the page cache after it was written.
  std::uint64_t memory_available = 0;
};

/// Writes a log file with the needle in it, flushed, so that its pages can be dropped later.
[[nodiscard]] Result<Generated> write_log(const std::filesystem::path& path, std::uint64_t size,
                                          const std::stop_token& stop);

/// Facts about the written file.
[[nodiscard]] Creation describe_creation(const File& file, const Generated& made);

}  // namespace folio::demo
