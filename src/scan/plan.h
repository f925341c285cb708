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
  bool has_size = true;    ///< It tells its size, which can be trusted.
  std::uint64_t size = 0;  ///< Bytes that the scan will read; 0 where there is no size.
  bool is_cached = false;  ///< Looked at only where the rules ask for it; false where it can't be known.
};

/// Thresholds of the rules, each with what set it. `folio bench access` judges them: its last column says how
/// much longer the choice took than the best fixed method. All figures: Sapphire Rapids, 2 cores, Linux 6.18,
/// ext4.
struct PlanThresholds {
  // A thread costs 30 to 60 us to start and join; a core scans a cached MiB in about 50 us.
  std::uint64_t parallel_size_min = 2ULL << 20;
  // Below this one copy into a buffer that is used again costs less than making a mapping, its faults and
  // its removal, and a cold file arrives by the first read of the disk anyhow: 16 KiB take 2.6 us read and
  // 7 us mapped.
  std::uint64_t map_size_min = 64ULL << 10;
  // Below this that is so where the file is cached: 512 KiB take 19 us read and 27 us mapped, from 1 MiB on
  // the copy no longer stays in the second-level cache. A cold one is
  // mapped with MADV_HUGEPAGE, whose first fault reads 2 MiB at once: 0.26 ms, by reading 0.39 ms.
  std::uint64_t copy_size_max = 768ULL << 10;
  // Above that a mapping so advised is the fastest way, cached or not: 16 MiB cold take 9.5 ms mapped and
  // 10.5 ms to 13 ms read, 128 MiB 70 ms and 86 ms to 100 ms. Only where a large file is cached in folios of
  // 4 KiB reading may be a little cheaper, which the probe finds out; its trials must be paid for.
  std::uint64_t probe_size_min = 4ULL << 20;
};

[[nodiscard]] FileFacts file_facts(const File& file, ByteRange range);

/// Whether a mapping of the file should be kept for further scans.
[[nodiscard]] bool is_worth_keeping(const File& file);

[[nodiscard]] Plan make_plan(const FileFacts& facts, const MachineLimits& machine, const ScanOptions& options,
                             const PlanThresholds& thresholds = {});

}  // namespace folio::scan
