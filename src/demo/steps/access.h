// SPDX-License-Identifier: Apache-2.0
// Step 4: the same work through a mapping and through read(), in the situations that decide between them.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "bench/page_cache.h"
#include "bench/rounds.h"
#include "demo/stage.h"

namespace folio::demo {

enum class Situation : std::uint8_t {
  FirstPass,    ///< All of a cached file, through a new mapping.
  SecondPass,   ///< The same through a mapping that was read before.
  Cold,         ///< A part of the file that was dropped from the page cache.
  SmallFile,    ///< Open, look at all, close: 4 KiB.
  MediumFile,   ///< The same with 64 KiB.
  RandomNew,    ///< 4 KiB at random offsets, through a new mapping.
  RandomAgain,  ///< The same offsets again.
};

enum class Winner : std::uint8_t { Mapping, Reading, Even };

/// The faster one, by medians; Even within 5 %.
[[nodiscard]] Winner winner_of(const bench::Measured& mapping, const bench::Measured& reading);

[[nodiscard]] std::string_view situation_name(Situation situation);
[[nodiscard]] std::string_view winner_name(Winner winner);

struct AccessRow {
  Situation situation = Situation::FirstPass;
  std::uint64_t bytes = 0;    ///< Looked at in a round.
  std::uint64_t touches = 1;  ///< Files opened, or places looked at, in a round.
  bench::Measured mapping = {};
  bench::Measured reading = {};
  std::optional<bench::Coldness> coldness = {};  ///< Cold only: the worst of all rounds.

  [[nodiscard]] Winner winner() const { return winner_of(mapping, reading); }
};

/// All rows. Both ways must count the same number of newlines: BadData otherwise.
[[nodiscard]] Result<std::vector<AccessRow>> compare_access(const Stage& stage);

}  // namespace folio::demo
