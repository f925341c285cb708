// SPDX-License-Identifier: Apache-2.0
// SIGINT, SIGTERM and SIGHUP as a stop token, for the command. The library itself never installs this.
#pragma once

#include <stop_token>

namespace folio::os {

/// Token that is stopped by the first SIGINT, SIGTERM or SIGHUP; a second one of the same kind ends the
/// process as if there were no handler. Installed at the first call; a signal that is ignored stays ignored.
[[nodiscard]] std::stop_token interrupt_token();

/// While one lives, its thread is in a call that may block, and a signal that stops the token ends that call
/// with EINTR, whichever thread the signal reaches. One at a time.
class InterruptibleCall {
 public:
  InterruptibleCall();
  InterruptibleCall(const InterruptibleCall&) = delete;
  InterruptibleCall& operator=(const InterruptibleCall&) = delete;
  ~InterruptibleCall();
};

}  // namespace folio::os
