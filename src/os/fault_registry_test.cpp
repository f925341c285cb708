// SPDX-License-Identifier: Apache-2.0
#include "os/fault_registry.h"

#include <gtest/gtest.h>

#include <unistd.h>

#include <atomic>
#include <chrono>
#include <set>
#include <thread>
#include <vector>

#include "folio/fault_guard.h"
#include "os/scratch_for_test.h"

namespace folio::os {
namespace {

// Addresses that no mapping of this process has.
constexpr std::uintptr_t kBase = 0x1000;

GuardedRange range_at(std::uintptr_t begin, std::uint64_t size) {
  return {.begin = reinterpret_cast<std::byte*>(begin), .size = size, .page_size = 4096};
}

TEST(FaultRegistry, FindsTheSlotOfAnAddress) {
  std::vector<FaultSlot*> slots;
  for (std::uintptr_t index = 0; index < 300; ++index) {  // several chunks
    slots.push_back(enter_slot(range_at(kBase + index * 0x2000, 0x1000)));
  }
  EXPECT_EQ(std::set<FaultSlot*>(slots.begin(), slots.end()).size(), slots.size());
  for (std::uintptr_t index = 0; index < slots.size(); ++index) {
    const std::uintptr_t begin = kBase + index * 0x2000;
    for (const std::uintptr_t inside : {begin, begin + 0xfff}) {
      FaultSlot* const slot = acquire_slot(inside);
      EXPECT_EQ(slot, slots[index]);
      if (slot != nullptr) release_slot(*slot);
    }
    EXPECT_EQ(acquire_slot(begin + 0x1000), nullptr);
  }
  for (FaultSlot* slot : slots) {
    retire_slot(*slot);
    recycle_slot(*slot);
  }
  EXPECT_EQ(acquire_slot(kBase), nullptr);
}

TEST(FaultRegistry, ASlotThatIsUsedAgainForgetsItsFaults) {
  FaultSlot* const slot = enter_slot(range_at(kBase, 0x1000));
  slot->faulted = true;
  lower(slot->truncated_at, 5);
  EXPECT_EQ(fault_record(slot).fault, MappingFault::Truncated);
  EXPECT_EQ(fault_record(slot).first_bad, 5U);
  lower(slot->io_error_at, 3);
  lower(slot->io_error_at, 4);
  EXPECT_EQ(fault_record(slot).fault, MappingFault::IoError);
  EXPECT_EQ(fault_record(slot).first_bad, 3U);
  retire_slot(*slot);
  recycle_slot(*slot);
  FaultSlot* const again = enter_slot(range_at(kBase, 0x1000));
  EXPECT_EQ(again, slot);
  EXPECT_EQ(fault_record(again).fault, MappingFault::None);
  retire_slot(*again);
  recycle_slot(*again);
}

TEST(FaultRegistry, RetiringWaitsForTheHandlerAtWork) {
  FaultSlot* const slot = enter_slot(range_at(kBase, 0x1000));
  ASSERT_EQ(acquire_slot(kBase), slot);
  std::atomic<bool> retired{false};
  std::thread owner([&] {
    retire_slot(*slot);
    retired = true;
  });
  while (slot->begin != 0) std::this_thread::yield();
  std::this_thread::sleep_for(std::chrono::milliseconds(20));
  EXPECT_FALSE(retired);
  EXPECT_EQ(acquire_slot(kBase), nullptr);  // nobody new gets in
  release_slot(*slot);
  owner.join();
  recycle_slot(*slot);
}

TEST(FaultRegistry, AChildDoesNotWaitForThreadsThatAForkLeftBehind) {
  ASSERT_TRUE(install_fault_guard());
  FaultSlot* const slot = enter_slot(range_at(kBase, 0x1000));
  ASSERT_EQ(acquire_slot(kBase), slot);
  const int status = in_child([&] {
    ::alarm(10);
    retire_slot(*slot);
    return 0;
  });
  EXPECT_TRUE(exited_with(status, 0)) << status;
  release_slot(*slot);
  retire_slot(*slot);
  recycle_slot(*slot);
}

TEST(FaultRegistry, RetiringWaitsForEveryHandler) {
  // The handshake behind "no handler puts pages over addresses that belong to somebody else": between
  // retire_slot and the next enter_slot nobody may hold the slot.
  std::atomic<bool> stop{false};
  std::atomic<bool> live{false};
  std::atomic<unsigned> held_while_dead{0};
  std::atomic<std::uint64_t> held{0};
  std::vector<std::thread> handlers;
  for (int thread = 0; thread < 3; ++thread) {
    handlers.emplace_back([&] {
      while (!stop) {
        FaultSlot* const slot = acquire_slot(kBase + 5);
        if (slot == nullptr) continue;
        if (!live) ++held_while_dead;
        std::this_thread::yield();
        if (!live) ++held_while_dead;
        ++held;
        release_slot(*slot);
      }
    });
  }
  const unsigned rounds = 20 * torture_rounds(200);
  for (unsigned round = 0; round < rounds || held == 0; ++round) {
    live = true;
    FaultSlot* const slot = enter_slot(range_at(kBase, 0x1000));
    if (round % 64 == 0) std::this_thread::yield();
    retire_slot(*slot);
    live = false;
    recycle_slot(*slot);
  }
  stop = true;
  for (std::thread& handler : handlers) handler.join();
  EXPECT_EQ(held_while_dead, 0U);
}

}  // namespace
}  // namespace folio::os
