// SPDX-License-Identifier: Apache-2.0
// What kind of file system a descriptor lives on.
#pragma once

#include <cstdint>

#include "folio/file.h"

namespace folio::os {

struct FileSystemFacts {
  FileSystemKind kind = FileSystemKind::Local;
  std::uint64_t page_size = 0;  ///< Unit of memory mappings.
};

[[nodiscard]] FileSystemFacts file_system_facts(int descriptor);

/// Kind by the magic number of statfs(2).
[[nodiscard]] FileSystemKind file_system_kind_of(std::uint64_t magic);

}  // namespace folio::os
