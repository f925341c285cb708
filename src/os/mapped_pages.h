// SPDX-License-Identifier: Apache-2.0
// What the kernel says about the pages behind a mapping of this process.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "folio/bytes.h"

namespace folio::os {

/// One entry for each page of `mapped`, true where it is in the page cache. Says true for all pages to those
/// who may not write the file. REQUIRES: begins at a page.
[[nodiscard]] std::optional<std::vector<bool>> resident_pages(ByteView mapped);

/// Bytes that 2 MiB entries of the page table map, in the mapping of a file that `address` lies in.
[[nodiscard]] std::optional<std::uint64_t> huge_mapped_bytes(const std::byte* address);

}  // namespace folio::os
