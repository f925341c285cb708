// SPDX-License-Identifier: Apache-2.0
// How fast this machine reads its memory: the limit for everything that looks at each byte once.
#pragma once

#include <chrono>
#include <cstdint>

#include "folio/error.h"

namespace folio::bench {

/// Speeds in bytes per second over the whole of the memory, all threads together.
struct Bandwidth {
  double best = 0;
  double median = 0;
  unsigned rounds = 0;
  unsigned threads = 0;
  std::uint64_t bytes = 0;  ///< Read in each round.
};

inline constexpr std::uint64_t kBandwidthBytes = 1ULL << 30;

/// Sums `bytes` of anonymous memory (in 2 MiB pages where the kernel grants them) in rounds until `budget` is
/// spent, at least three. Give more than the caches hold. Each thread reads a part of its own, which it has
/// also filled. 0 threads: as many as the process may use. Errors: OutOfMemory, InvalidArgument (fewer than
/// 64 bytes a thread).
[[nodiscard]] Result<Bandwidth> measure_read_bandwidth(unsigned threads = 0,
                                                       std::uint64_t bytes = kBandwidthBytes,
                                                       std::chrono::nanoseconds budget = std::chrono::seconds{
                                                           1});

}  // namespace folio::bench
