// SPDX-License-Identifier: Apache-2.0
// Memory maps at addresses that suit 2 MiB pages.
//
// Ownership: what is mapped belongs to the caller, who unmaps it with unmap(). Errors: an errno, or 0.
#pragma once

#include <cstddef>
#include <cstdint>

#include "folio/mapping.h"

namespace folio::os {

inline constexpr std::uint64_t kHugePageSize = 2ULL << 20;

struct MapRequest {
  std::uint64_t size = 0;  ///< Whole pages.
  int protection = 0;      ///< PROT_*
  int flags = 0;           ///< MAP_*
  int descriptor = -1;
  std::uint64_t file_offset = 0;  ///< Page-aligned.
  std::uint64_t congruence =
      0;  ///< Address and file offset agree modulo this; 0 leaves the address to the kernel.
};

struct Mapped {
  std::byte* address = nullptr;
  int problem = 0;
};

[[nodiscard]] Mapped map_placed(const MapRequest& request);

/// Gives anonymous memory another size, moves it where needed, and keeps its content.
[[nodiscard]] Mapped remap_placed(std::byte* address, std::uint64_t old_size, std::uint64_t size,
                                  std::uint64_t congruence);

void unmap(std::byte* address, std::uint64_t size) noexcept;

/// 2 MiB where `huge_pages` and the length ask for it, else 0.
[[nodiscard]] std::uint64_t congruence_for(HugePages huge_pages, std::uint64_t length);

}  // namespace folio::os
