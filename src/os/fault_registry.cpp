// SPDX-License-Identifier: Apache-2.0
#include "os/fault_registry.h"

#include <sched.h>

#include <array>
#include <cstddef>

namespace folio::os {

namespace {

struct Chunk {
  std::array<FaultSlot, 64> slots;
  std::atomic<Chunk*> next{nullptr};
};

// All of it lives as long as the process: a handler may look at any time.
constinit Chunk first_chunk;

// Under the registry's lock.
constinit Chunk* last_chunk = &first_chunk;
constinit std::size_t last_chunk_used = 0;
constinit FaultSlot* free_slots = nullptr;

FaultSlot& take_free_slot() {
  if (free_slots != nullptr) {
    FaultSlot& slot = *free_slots;
    free_slots = slot.next_free;
    return slot;
  }
  if (last_chunk_used == last_chunk->slots.size()) {
    auto* const chunk = new Chunk;
    last_chunk->next.store(chunk, std::memory_order_release);
    last_chunk = chunk;
    last_chunk_used = 0;
  }
  return last_chunk->slots[last_chunk_used++];
}

bool contains(const FaultSlot& slot, std::uintptr_t address) {
  const std::uintptr_t begin = slot.begin.load(std::memory_order_seq_cst);
  return begin != 0 && begin <= address && address < slot.end.load(std::memory_order_seq_cst);
}

template <class Function>
void for_each_chunk(Function function) {
  for (Chunk* chunk = &first_chunk; chunk != nullptr; chunk = chunk->next.load(std::memory_order_acquire)) {
    function(*chunk);
  }
}

}  // namespace

FaultSlot* enter_slot(const GuardedRange& range) {
  FaultSlot& slot = take_free_slot();
  // SAFETY: only compared with fault addresses, and turned back into a pointer to the same range.
  const auto begin = reinterpret_cast<std::uintptr_t>(range.begin);
  slot.file_offset.store(range.file_offset, std::memory_order_relaxed);
  slot.page_size.store(range.page_size, std::memory_order_relaxed);
  slot.descriptor.store(range.descriptor, std::memory_order_relaxed);
  slot.kind.store(range.kind, std::memory_order_relaxed);
  slot.file_kind.store(range.file_kind, std::memory_order_relaxed);
  slot.faulted.store(false, std::memory_order_relaxed);
  slot.replaced_pages.store(0, std::memory_order_relaxed);
  slot.truncated_at.store(UINT64_MAX, std::memory_order_relaxed);
  slot.io_error_at.store(UINT64_MAX, std::memory_order_relaxed);
  slot.end.store(begin + range.size, std::memory_order_relaxed);
  slot.begin.store(begin, std::memory_order_seq_cst);
  return &slot;
}

void retire_slot(FaultSlot& slot) noexcept {
  slot.begin.store(0, std::memory_order_seq_cst);
  while (slot.users.load(std::memory_order_seq_cst) != 0) ::sched_yield();
}

void recycle_slot(FaultSlot& slot) noexcept {
  slot.next_free = free_slots;
  free_slots = &slot;
}

FaultSlot* acquire_slot(std::uintptr_t address) noexcept {
  FaultSlot* found = nullptr;
  for_each_chunk([&](Chunk& chunk) {
    if (found != nullptr) return;
    for (FaultSlot& slot : chunk.slots) {
      if (!contains(slot, address)) continue;
      slot.users.fetch_add(1, std::memory_order_seq_cst);
      // Again, now that retire_slot() would wait for us: the slot may have died, or been used again, in
      // between.
      if (contains(slot, address)) {
        found = &slot;
        return;
      }
      release_slot(slot);
    }
  });
  return found;
}

void release_slot(FaultSlot& slot) noexcept {
  slot.users.fetch_sub(1, std::memory_order_seq_cst);
}

void forget_users() noexcept {
  for_each_chunk([](Chunk& chunk) {
    for (FaultSlot& slot : chunk.slots) slot.users.store(0, std::memory_order_seq_cst);
  });
}

void lower(std::atomic<std::uint64_t>& offset, std::uint64_t value) noexcept {
  std::uint64_t now = offset.load(std::memory_order_relaxed);
  while (value < now && !offset.compare_exchange_weak(now, value, std::memory_order_relaxed)) {
  }
}

}  // namespace folio::os
