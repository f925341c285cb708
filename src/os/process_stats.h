// SPDX-License-Identifier: Apache-2.0
// Counters of this process and thread, and the page size.
#pragma once

#include <cstdint>

namespace folio::os {

struct FaultCounts {
  std::uint64_t minor = 0;
  std::uint64_t major = 0;
};

/// Page faults of the calling thread since it began.
[[nodiscard]] FaultCounts thread_faults();

/// Bytes of this process's resident memory that no file backs; 0 where /proc can't be read.
[[nodiscard]] std::uint64_t anonymous_memory();

/// Bytes in a page of memory.
[[nodiscard]] std::uint64_t page_size();

}  // namespace folio::os
