// SPDX-License-Identifier: Apache-2.0
// What became of the lines of a chunk, of a file, of a run.
//
// Threads: plain data. merge() appends what comes after it in the file, so that line numbers add up.
#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "logs/record.h"

namespace folio::logs {

inline constexpr std::size_t kRejects = static_cast<std::size_t>(Reject::BadForm) + 1;

/// The first line that was rejected for a reason.
struct RejectedLine {
  std::uint64_t number = 0;  ///< From 1, counted from where the tally begins.
  std::uint64_t offset = 0;  ///< In the file, or in the decompressed stream.
};

struct RejectTally {
  std::uint64_t lines = 0;
  std::optional<RejectedLine> first;
};

struct LineTally {
  std::uint64_t lines = 0;
  std::uint64_t records = 0;   ///< That went into the report.
  std::uint64_t filtered = 0;  ///< That the conditions held back.
  std::uint64_t rejected = 0;
  std::array<RejectTally, kRejects> rejects{};

  void merge(LineTally&& next);
};

}  // namespace folio::logs
