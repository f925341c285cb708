// SPDX-License-Identifier: Apache-2.0
// How much memory this process may pin, by RLIMIT_MEMLOCK and CAP_IPC_LOCK.
#pragma once

#include <cstdint>

namespace folio::os {

inline constexpr std::uint64_t kUnlimited = UINT64_MAX;

struct MemoryLockLimit {
  std::uint64_t bytes = kUnlimited;  ///< What the process may pin; unlimited with CAP_IPC_LOCK.
  std::uint64_t locked = 0;          ///< Of this, pinned already.
};

[[nodiscard]] MemoryLockLimit memory_lock_limit();

/// Raises, as far as the process may by itself, the memory that it may pin, and the descriptors that it may
/// have: each pinned file keeps one.
void raise_pinning_limits();

}  // namespace folio::os
