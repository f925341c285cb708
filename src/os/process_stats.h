// SPDX-License-Identifier: Apache-2.0
// Counters of this process and thread, and the page size.
#pragma once

#include <cstdint>
#include <optional>

namespace folio::os {

struct FaultCounts {
  std::uint64_t minor = 0;
  std::uint64_t major = 0;
};

/// Page faults of the calling thread since it began.
[[nodiscard]] FaultCounts thread_faults();

/// Processor time of the calling thread since it began, in nanoseconds.
[[nodiscard]] std::uint64_t thread_time_ns();

/// What all threads of this process have used since it began.
struct ProcessUsage {
  double user_seconds = 0;
  double system_seconds = 0;
  std::uint64_t minor_faults = 0;
  std::uint64_t major_faults = 0;
  std::uint64_t voluntary_switches = 0;
  std::uint64_t involuntary_switches = 0;

  friend ProcessUsage operator-(const ProcessUsage& now, const ProcessUsage& before);
};

[[nodiscard]] ProcessUsage process_usage();

/// Memory of this process in bytes. The kernel counts lazily: right to some dozens of pages a core.
struct MemoryUse {
  std::uint64_t address_space = 0;  ///< Reserved addresses ("virtual").
  std::uint64_t resident = 0;       ///< Really in memory: the two below together.
  std::uint64_t anonymous = 0;      ///< Of the process's own.
  std::uint64_t file_backed = 0;    ///< Pages of files, shared with the page cache.
};

/// Nothing where /proc can't be read.
[[nodiscard]] std::optional<MemoryUse> memory_use();

/// Bytes of this process's resident memory that no file backs; 0 where /proc can't be read.
[[nodiscard]] std::uint64_t anonymous_memory();

/// Most resident memory of this process since reset_peak_memory(), mapped pages of files included; 0 where
/// /proc can't be read.
[[nodiscard]] std::uint64_t peak_memory();
/// Has no effect where the kernel forbids it: then the peak is that since the process began.
void reset_peak_memory();

/// Bytes in a page of memory.
[[nodiscard]] std::uint64_t page_size();

}  // namespace folio::os
