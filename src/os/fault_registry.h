// SPDX-License-Identifier: Apache-2.0
// The guarded ranges, readable by a signal handler without a lock.
//
// Ownership: slots are never freed, only used again. Threads: enter_slot() and recycle_slot() under the
// caller's lock, acquire_slot() and release_slot() from anywhere, a signal handler included.
//
// Handshake between the handler and retire_slot(): the handler counts itself into the slot's `users` and then
// looks at `begin`; retire_slot() clears `begin` and then waits for `users` to become 0. All four are
// sequentially consistent, so that at least one side sees the other: a handler either finds the slot dead, or
// is waited for. Whoever calls munmap after retire_slot() can be sure that no handler puts pages over
// addresses that meanwhile belong to somebody else. The count is one per slot and not one for the process, so
// that faults elsewhere can't keep an unmap waiting.
#pragma once

#include <atomic>
#include <cstdint>

#include "os/fault_guard.h"

namespace folio::os {

struct alignas(64) FaultSlot {
  // The range. Written before `begin` is published and constant until it is cleared.
  std::atomic<std::uintptr_t> begin{0};  // address; 0: the slot is free
  std::atomic<std::uintptr_t> end{0};
  std::atomic<std::uint64_t> file_offset{0};
  std::atomic<std::uint64_t> page_size{0};
  std::atomic<int> descriptor{-1};
  std::atomic<MapKind> kind{MapKind::ReadOnly};
  std::atomic<FileKind> file_kind{FileKind::Regular};

  // What happened to it. Offsets count from `begin`; UINT64_MAX: nothing.
  std::atomic<bool> faulted{false};
  std::atomic<std::uint32_t> replaced_pages{0};
  std::atomic<std::uint64_t> truncated_at{UINT64_MAX};
  std::atomic<std::uint64_t> io_error_at{UINT64_MAX};

  std::atomic<std::uint32_t> users{0};  // handlers at work on it
  FaultSlot* next_free = nullptr;       // under the caller's lock
};

static_assert(std::atomic<std::uint64_t>::is_always_lock_free && std::atomic<MapKind>::is_always_lock_free,
              "a signal handler must not meet a lock");

/// Enters a range into a free slot. REQUIRES: the registry's lock.
[[nodiscard]] FaultSlot* enter_slot(const GuardedRange& range);

/// Kills the slot and waits for handlers that work on it. Needs no lock.
void retire_slot(FaultSlot& slot) noexcept;

/// Makes a retired slot free. REQUIRES: the registry's lock.
void recycle_slot(FaultSlot& slot) noexcept;

/// The live slot that contains `address`, with this thread counted into its users; null if there is none.
[[nodiscard]] FaultSlot* acquire_slot(std::uintptr_t address) noexcept;
void release_slot(FaultSlot& slot) noexcept;

/// Forgets handlers of threads that a fork has left behind. REQUIRES: no other thread.
void forget_users() noexcept;

/// Lowers `offset` to `value`.
void lower(std::atomic<std::uint64_t>& offset, std::uint64_t value) noexcept;

}  // namespace folio::os
