// SPDX-License-Identifier: Apache-2.0
// The rules that choose how a file is read: a pure function from facts to a Plan.
#pragma once

#include <cstdint>
#include <optional>

#include "folio/file.h"
#include "folio/limits.h"
#include "folio/scan.h"

namespace folio::scan {

struct FileFacts {
  FileKind kind = FileKind::Regular;
  FileSystemKind file_system = FileSystemKind::Local;
  bool has_size = true;            ///< It tells its size, which can be trusted.
  std::uint64_t size = 0;          ///< Bytes that the scan will read; 0 where there is no size.
  std::optional<double> resident;  ///< Share in the page cache, where it is known.
};

/// Thresholds of the rules, each with what set it.
struct PlanThresholds {
  // A thread costs 30 to 60 us to start and join; a core scans a cached MiB in about 100 us.
  std::uint64_t parallel_size_min = 2ULL << 20;
  // Below this the faults of a mapping and its unmapping cost more than one copy.
  std::uint64_t map_size_min = 4ULL << 20;
  // A cold file arrives through read-ahead; reading overlaps with it, faulting does not.
  double warm_share_min = 0.9;
};

[[nodiscard]] FileFacts file_facts(const File& file, ByteRange range);

[[nodiscard]] Plan make_plan(const FileFacts& facts, const MachineLimits& machine, const ScanOptions& options,
                             const PlanThresholds& thresholds = {});

}  // namespace folio::scan
