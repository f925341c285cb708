// SPDX-License-Identifier: Apache-2.0
// A small io_uring queue of positional reads into page-aligned, registered buffers.
//
// Ownership: owns the ring and its buffers; the descriptor is the caller's and must stay open. Threads: one
// at a time. Errors: create() fails with Errc::Unsupported where the kernel, a sysctl or seccomp forbids
// io_uring.
#pragma once

#include <cstdint>
#include <memory>

#include "folio/bytes.h"
#include "folio/error.h"

namespace folio::os {

class UringQueue {
 public:
  /// `depth` buffers of `buffer_size` bytes (a multiple of the page size).
  [[nodiscard]] static Result<std::unique_ptr<UringQueue>> create(int descriptor, unsigned depth,
                                                                  std::uint64_t buffer_size);
  UringQueue(const UringQueue&) = delete;
  UringQueue& operator=(const UringQueue&) = delete;
  ~UringQueue();

  /// Starts reading `length` bytes at `offset` into buffer `slot`. REQUIRES: nothing is under way in that
  /// slot.
  [[nodiscard]] Result<void> start(unsigned slot, std::uint64_t offset, std::uint64_t length);
  /// Waits for the read of `slot`; the bytes read, fewer than asked for at the end of the file.
  [[nodiscard]] Result<std::uint64_t> finish(unsigned slot);
  /// A read that has ended.
  struct Finished {
    unsigned slot = 0;
    std::uint64_t bytes = 0;
  };
  /// Waits for whichever read ends first. REQUIRES: at least one is under way.
  [[nodiscard]] Result<Finished> finish_any();
  [[nodiscard]] MutableByteView buffer(unsigned slot);

 private:
  struct Ring;
  explicit UringQueue(std::unique_ptr<Ring> ring);
  std::unique_ptr<Ring> ring_;
};

/// True where a ring can be made at all; tried once per process.
[[nodiscard]] bool uring_is_available();

}  // namespace folio::os
