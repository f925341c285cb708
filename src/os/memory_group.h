// SPDX-License-Identifier: Apache-2.0
// A temporary cgroup that limits the memory of this process, its page cache included.
//
// Ownership: move-only; the destructor moves the process back to where it was and removes the group. Threads:
// one group at a time in a process; all threads are moved. Errors: Unsupported where no memory cgroup may be
// made here, with a sentence on what would help.
//
// A cached page belongs to the group that first touched it: what others cached before is not charged here.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>

#include "folio/error.h"

namespace folio::os {

class MemoryGroup {
 public:
  /// Moves this process into a new group below its own that may use `limit` bytes.
  [[nodiscard]] static Result<MemoryGroup> enter(std::uint64_t limit);

  MemoryGroup(MemoryGroup&&) noexcept;
  MemoryGroup& operator=(MemoryGroup&&) noexcept;
  ~MemoryGroup();

  /// Bytes charged to the group now; 0 where that can't be read.
  [[nodiscard]] std::uint64_t usage() const;
  [[nodiscard]] const std::filesystem::path& path() const;

 private:
  struct State;
  explicit MemoryGroup(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace folio::os
