// SPDX-License-Identifier: Apache-2.0
// Sums over files, and the first of them in an order other than that of their paths.
#pragma once

#include <cstdint>
#include <vector>

#include "cache/each_file.h"

namespace folio::cache_detail {

struct CacheTotal {
  std::uint64_t files = 0;  ///< Done.
  std::uint64_t size = 0;   ///< Bytes of their ranges.
  CachePages pages;
  std::uint64_t resident_before = 0;  ///< Pages.
  std::uint64_t bytes = 0;            ///< Loaded or pinned.
  std::uint64_t failed = 0;
  std::uint64_t repeated = 0;
  std::uint64_t skipped = 0;  ///< No regular files.
  /// Cachestat where all files were counted exactly; Unknown where one is not known.
  ResidencyMethod method = ResidencyMethod::Cachestat;

  void add(const CachedFile& file);
};

/// Bytes of the range in `pages` pages of it: the last page of a file may stick out.
[[nodiscard]] std::uint64_t bytes_of_pages(std::uint64_t pages, const CacheState& state);

enum class CacheOrder : std::uint8_t { Path, Size, Resident };

/// Keeps the files with the largest size, or the most resident pages; equal ones in the order of add().
class Ranking {
 public:
  /// `top`: keeps no more than that.
  Ranking(CacheOrder order, std::uint64_t top) : order_(order), top_(top) {}
  void add(CachedFile file);
  /// The largest first.
  [[nodiscard]] std::vector<CachedFile> take();

 private:
  struct Ranked {
    std::uint64_t value = 0;
    std::uint64_t number = 0;
    CachedFile file;
  };
  [[nodiscard]] static bool is_ahead(const Ranked& a, const Ranked& b);

  CacheOrder order_;
  std::uint64_t top_;
  std::uint64_t added_ = 0;
  std::vector<Ranked> heap_;  // the last in order is on top
};

}  // namespace folio::cache_detail
