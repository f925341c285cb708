// SPDX-License-Identifier: Apache-2.0
// Bringing a file into a state of the page cache, and saying honestly how far that went.
//
// Ownership: nothing is kept. Threads: any; but what others do with the file changes its state, too.
// Errors: Result<T>; that a state can't be reached is none.
#pragma once

#include <cstdint>
#include <optional>

#include "folio/file.h"
#include "folio/residency.h"

namespace folio::bench {

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

/// Whether make_cold() can empty the whole page cache where evicting a file is not enough.
[[nodiscard]] bool may_drop_caches();

/// Share of the range in the page cache.
[[nodiscard]] std::optional<double> cached_share(const File& file, ByteRange range);

/// Brings all of the file into the page cache anew, in folios of 4 KiB.
[[nodiscard]] Result<void> make_warm_small(const File& file);

/// Brings all of the file into the page cache anew, in folios of 2 MiB where the file system has them.
[[nodiscard]] Result<void> make_warm_large(const File& file);

/// Whether the file system keeps pages of files in folios of 2 MiB where they are asked for; nothing for a
/// file that is too small to tell. Leaves the file in the page cache.
[[nodiscard]] Result<std::optional<bool>> has_large_folios(const File& file);

/// Minor faults for each MiB of a mapping made for 2 MiB pages: 16 with folios of 4 KiB, 0.5 with those of
/// 2 MiB. Nothing for an empty file.
[[nodiscard]] Result<std::optional<double>> mapped_faults_per_mib(const File& file);

}  // namespace folio::bench
