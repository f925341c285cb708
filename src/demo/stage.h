// SPDX-License-Identifier: Apache-2.0
// What all steps of the tour work on.
#pragma once

#include <cstdint>
#include <filesystem>
#include <stop_token>
#include <string>

#include "bench/rounds.h"
#include "folio/bytes.h"
#include "folio/file.h"

namespace folio::demo {

/// Text hidden in the test file, in one of kNeedleEvery lines on average.
inline constexpr const char* kNeedle = "folio-was-here";
inline constexpr std::uint64_t kNeedleEvery = 1000;

struct Stage {
  const File& file;                ///< The test file.
  std::filesystem::path folder;    ///< For small files of a step's own.
  std::uint64_t needle_lines = 0;  ///< Lines with the needle, as the generator counted them.
  unsigned cores = 1;
  std::stop_token stop;

  [[nodiscard]] bench::Rounds rounds() const { return {.stop = stop}; }
  /// The part that is read from the disk again in cold runs: slow disks must not stretch the tour.
  [[nodiscard]] ByteRange cold_part() const { return intersect({0, 256ULL << 20}, {0, file.size()}); }
};

}  // namespace folio::demo
