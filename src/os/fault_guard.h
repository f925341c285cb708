// SPDX-License-Identifier: Apache-2.0
// The registry of guarded ranges behind the SIGBUS handler, as Mapping sees it.
//
// Ownership: a FaultSlot belongs to the registry and is never freed, only used again after unguard_range.
// Threads: any. Errors: guard_range fails where the handler can't be installed.
#pragma once

#include <cstddef>
#include <cstdint>

#include "folio/error.h"
#include "folio/mapping.h"

namespace folio::os {

struct FaultSlot;

/// A mapping as the handler has to know it. Page-aligned.
struct GuardedRange {
  std::byte* begin = nullptr;
  std::uint64_t size = 0;
  std::uint64_t file_offset = 0;  ///< Of `begin`.
  std::uint64_t page_size = 0;
  int descriptor = -1;
  MapKind kind = MapKind::ReadOnly;
  FileKind file_kind = FileKind::Regular;
};

/// Makes sure that the handler is installed and enters the range. Null where the guard is disabled.
[[nodiscard]] Result<FaultSlot*> guard_range(const GuardedRange& range);

/// Takes the range out and waits until no handler works on it. After that it may be unmapped. Null does
/// nothing.
void unguard_range(FaultSlot* slot) noexcept;

struct FaultRecord {
  MappingFault fault = MappingFault::None;
  std::uint64_t first_bad = UINT64_MAX;  ///< Offset from GuardedRange::begin.
};

/// What happened to the range so far. One relaxed load where nothing did.
[[nodiscard]] FaultRecord fault_record(const FaultSlot* slot) noexcept;

}  // namespace folio::os
