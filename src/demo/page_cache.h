// SPDX-License-Identifier: Apache-2.0
// Making a part of a file cold, and saying honestly how cold it became.
#pragma once

#include <cstdint>
#include <optional>

#include "folio/file.h"
#include "folio/residency.h"

namespace folio::demo {

enum class ColdBy : std::uint8_t {
  Eviction,    ///< posix_fadvise, which everybody may use.
  DropCaches,  ///< The whole page cache of the machine, which root may drop.
};

struct Coldness {
  std::optional<double> cached;  ///< Share that is still in the page cache, where that can be known.
  ColdBy by = ColdBy::Eviction;

  [[nodiscard]] bool is_cold() const { return cached && *cached < 0.05; }
};

/// Drops the range from the page cache as far as this user can. No mapping may hold its pages.
[[nodiscard]] Result<Coldness> make_cold(const File& file, ByteRange range);

/// Share of the range in the page cache.
[[nodiscard]] std::optional<double> cached_share(const File& file, ByteRange range);

}  // namespace folio::demo
