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

/// Thresholds of the rules, each with what set it. `folio bench access` judges them: its last column says how
/// much longer the choice took than the best fixed method.
struct PlanThresholds {
  // A thread costs 30 to 60 us to start and join; a core scans a cached MiB in about 50 us.
  std::uint64_t parallel_size_min = 2ULL << 20;
  // Below this one copy into a buffer that is used again costs less than making a mapping, its faults and
  // its removal: 64 KiB cached take 4.4 us so and 11 us mapped; from half a MiB on they are even.
  std::uint64_t copy_size_max = 512ULL << 10;
  // A cold file of less than this arrives by the first read of the disk anyhow. A larger one is mapped with
  // MADV_HUGEPAGE, whose first fault reads up to 2 MiB at once (256 KiB: 0.27 ms, by reading 0.39 ms).
  std::uint64_t map_size_min = 64ULL << 10;
  // Up to this such a mapping is the fastest way, cached or not, so that nobody need ask (1 MiB: 50 us cached
  // and 0.8 ms cold, by reading 43 us and 1.1 ms).
  std::uint64_t residency_size_min = 4ULL << 20;
  // A cold file arrives through read-ahead; reading overlaps with it, faulting does not.
  double warm_share_min = 0.9;
};

[[nodiscard]] FileFacts file_facts(const File& file, ByteRange range);

/// Whether a mapping of the file should be kept for further scans.
[[nodiscard]] bool is_worth_keeping(const File& file);

[[nodiscard]] Plan make_plan(const FileFacts& facts, const MachineLimits& machine, const ScanOptions& options,
                             const PlanThresholds& thresholds = {});

}  // namespace folio::scan
