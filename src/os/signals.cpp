// SPDX-License-Identifier: Apache-2.0
#include "os/signals.h"

#include <csignal>

namespace folio::os {

void unblock_sigbus() noexcept {
  sigset_t bus;
  sigemptyset(&bus);
  sigaddset(&bus, SIGBUS);
  ::pthread_sigmask(SIG_UNBLOCK, &bus, nullptr);
}

}  // namespace folio::os
