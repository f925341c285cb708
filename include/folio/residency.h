// SPDX-License-Identifier: Apache-2.0
// How much of a file is in the page cache.
//
// Ownership: plain values. Threads: any. Errors: Result<T>; "cannot be known" is not an error but
// Method::Unknown. Source: cachestat(2) (Linux 6.5; only for those who own or may write the file), else a
// sample of one-byte preadv2(RWF_NOWAIT) reads, else mincore(2).
#pragma once

#include <cstdint>
#include <string_view>

#include "folio/bytes.h"
#include "folio/error.h"

namespace folio {

class File;

enum class ResidencyMethod : std::uint8_t { Cachestat, Sampled, Mincore, Unknown };

[[nodiscard]] std::string_view residency_method_name(ResidencyMethod method);

/// Sizes in bytes. `resident` is an estimate where the method is Sampled, and 0 where it is Unknown.
struct Residency {
  ResidencyMethod method = ResidencyMethod::Unknown;
  std::uint64_t total = 0;
  std::uint64_t resident = 0;
  std::uint64_t dirty = 0;      ///< Cachestat only.
  std::uint64_t writeback = 0;  ///< Cachestat only.

  /// Share from 0 to 1; 0 for an empty range.
  [[nodiscard]] double share() const {
    return total == 0 ? 0.0 : static_cast<double>(resident) / static_cast<double>(total);
  }
};

/// Residency of `range`, cut to the file.
[[nodiscard]] Result<Residency> residency(const File& file, ByteRange range);
[[nodiscard]] Result<Residency> residency(const File& file);

/// One given method only, for measuring and tests; Method::Unknown where the kernel refuses it.
[[nodiscard]] Result<Residency> residency_by(const File& file, ByteRange range, ResidencyMethod method);

}  // namespace folio
