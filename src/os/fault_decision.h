// SPDX-License-Identifier: Apache-2.0
// What a SIGBUS inside a guarded mapping means. Pure, so that tests reach the cases that no test can bring
// about.
#pragma once

#include <cstdint>
#include <optional>

#include "folio/mapping.h"

namespace folio::os {

/// Answer to reading one byte of the file where the fault was.
enum class Probe : std::uint8_t { NotAsked, GotByte, EndOfFile, Failed };

/// What is known when a fault came. Offsets count from the beginning of the file.
struct FaultFacts {
  std::uint64_t page_offset = 0;  ///< Of the page that faulted.
  std::uint64_t page_size = 4096;
  std::optional<std::uint64_t> file_size;  ///< Unknown for block devices, and where it can't be read.
  Probe probe = Probe::NotAsked;
  MapKind kind = MapKind::ReadOnly;
};

enum class Extent : std::uint8_t { Page, Rest };

struct FaultVerdict {
  MappingFault fault = MappingFault::None;
  std::uint64_t valid_end = 0;   ///< File offset before which the fault says nothing against the bytes.
  Extent extent = Extent::Page;  ///< What to replace: the page, or everything from `replace_from` on.
  std::uint64_t replace_from = 0;
};

/// True where the page lies wholly behind the end of the file, which needs no probe.
[[nodiscard]] bool is_past_end(const FaultFacts& facts) noexcept;

/// REQUIRES: `facts.probe` was asked unless is_past_end(facts).
[[nodiscard]] FaultVerdict classify_fault(const FaultFacts& facts) noexcept;

}  // namespace folio::os
