// SPDX-License-Identifier: Apache-2.0
// The signal mask of folio's own threads.
#pragma once

namespace folio::os {

/// Lets SIGBUS through to the calling thread for as long as it lives. The thread that destroys it must be the
/// one that made it.
class SigbusUnblocked {
 public:
  SigbusUnblocked() noexcept;
  SigbusUnblocked(const SigbusUnblocked&) = delete;
  SigbusUnblocked& operator=(const SigbusUnblocked&) = delete;
  ~SigbusUnblocked();

 private:
  enum class Before : unsigned char { Open, Blocked } before_ = Before::Open;
};

/// Lets SIGBUS through to the calling thread. To be called by every worker thread: a thread inherits its
/// mask, and a fault while SIGBUS is blocked kills the process, whatever handler is installed.
void unblock_sigbus() noexcept;

}  // namespace folio::os
