// SPDX-License-Identifier: Apache-2.0
// The live proof: a file becomes shorter while folio reads it through a mapping.
#pragma once

#include <cstdint>
#include <optional>

#include "demo/stage.h"
#include "folio/scan.h"

namespace folio::demo {

struct Proof {
  std::uint64_t size = 0;          ///< Of the small file at the beginning.
  std::uint64_t size_after = 0;    ///< What it was cut to, in the middle of the scan.
  std::optional<Error> problem;    ///< What the scan reported.
  ByteRange covered;               ///< What the scan vouches for.
  std::uint64_t lines = 0;         ///< Its count of lines in `covered`.
  std::uint64_t lines_really = 0;  ///< The count of the same bytes in the test file, which nobody cuts.
  std::uint64_t faults_survived = 0;

  /// A clear error, a prefix that is still there, and the right number for it.
  [[nodiscard]] bool holds() const {
    return problem && problem->code == Errc::Truncated && covered.end <= size_after && lines == lines_really;
  }
};

[[nodiscard]] Result<Proof> prove_safety(const Stage& stage);

}  // namespace folio::demo
