// SPDX-License-Identifier: Apache-2.0
// How fast the disk under a file reads at best: the limit for everything that reads what is not cached.
//
// Ownership: the file stays the caller's. Threads: one measurement at a time. Errors: Unsupported where the
// file system knows no reading past the page cache; InvalidArgument for an empty file; Cancelled. Never
// writes.
#pragma once

#include <chrono>
#include <cstdint>
#include <stop_token>
#include <string>
#include <vector>

#include "folio/error.h"
#include "folio/file.h"

namespace folio::bench {

struct DiskRate {
  double bytes_per_second = 0;
  double operations_per_second = 0;
  unsigned depth = 1;       ///< Reads under way at once.
  std::uint64_t block = 0;  ///< Bytes in a read.
  std::string by;           ///< "O_DIRECT, 1 MiB, depth 16".
};

struct DiskLimits {
  DiskRate sequential;           ///< The best of all sizes and depths that were tried.
  std::vector<DiskRate> random;  ///< 4 KiB at depth 1, 8, 32 and 64; depth 1 alone without io_uring.
};

enum class DirectReads : std::uint8_t {
  Several,   ///< Under way at once, by io_uring; one by one where the kernel does not grant it.
  OneByOne,  ///< By pread.
};

/// Reads `file` for about `budget`. Its bytes should be on the disk: holes are read at the speed of memory.
[[nodiscard]] Result<DiskLimits> measure_disk(const File& file, std::chrono::nanoseconds budget,
                                              std::stop_token stop = {},
                                              DirectReads reads = DirectReads::Several);

}  // namespace folio::bench
