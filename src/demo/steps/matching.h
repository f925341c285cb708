// SPDX-License-Identifier: Apache-2.0
// Step 6: the answer, found in two ways and compared with what the generator wrote.
#pragma once

#include <cstdint>
#include <string>

#include "bench/rounds.h"
#include "demo/stage.h"

namespace folio::demo {

struct Matching {
  std::uint64_t written_lines = 0;  ///< As the generator counted.
  std::uint64_t fast_lines = 0;     ///< As folio's own search found.
  std::uint64_t boyer_moore_lines = 0;
  bench::Measured fast;
  bench::Measured boyer_moore;
  std::uint64_t first_number = 0;  ///< Line number of the first match; 0 where there is none.
  std::uint64_t first_offset = 0;
  std::string first_line;
  std::uint64_t bytes = 0;

  [[nodiscard]] bool agrees() const {
    return fast_lines == written_lines && boyer_moore_lines == written_lines;
  }
};

/// Both searches on all cores, in turns.
[[nodiscard]] Result<Matching> check_matches(const Stage& stage);

}  // namespace folio::demo
