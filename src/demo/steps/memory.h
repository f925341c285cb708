// SPDX-License-Identifier: Apache-2.0
// Step 5: what a mapping costs in memory, and that it costs nothing until it is touched.
#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "demo/stage.h"
#include "os/process_stats.h"

namespace folio::demo {

/// Memory of the process at one moment, and the page faults since the moment before.
struct MemoryMoment {
  os::MemoryUse use;
  os::FaultCounts faults;
};

struct MemoryTour {
  MemoryMoment before;
  MemoryMoment mapped;        ///< The mapping exists; not one byte of it was looked at.
  MemoryMoment half_touched;  ///< One byte of every page of the first half.
  MemoryMoment all_touched;
  MemoryMoment unmapped;
  std::uint64_t mapping_size = 0;
  std::uint64_t pages = 0;       ///< Of the whole file.
  std::optional<double> cached;  ///< Share of the file in the page cache at the end.
};

[[nodiscard]] Result<MemoryTour> watch_memory(const Stage& stage);

}  // namespace folio::demo
