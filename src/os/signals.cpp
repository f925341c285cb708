// SPDX-License-Identifier: Apache-2.0
#include "os/signals.h"

#include <csignal>

namespace folio::os {

namespace {

sigset_t only_sigbus() noexcept {
  sigset_t bus;
  sigemptyset(&bus);
  sigaddset(&bus, SIGBUS);
  return bus;
}

}  // namespace

void unblock_sigbus() noexcept {
  const sigset_t bus = only_sigbus();
  ::pthread_sigmask(SIG_UNBLOCK, &bus, nullptr);
}

SigbusUnblocked::SigbusUnblocked() noexcept {
  const sigset_t bus = only_sigbus();
  sigset_t before;
  sigemptyset(&before);
  ::pthread_sigmask(SIG_UNBLOCK, &bus, &before);
  if (sigismember(&before, SIGBUS) == 1) before_ = Before::Blocked;
}

SigbusUnblocked::~SigbusUnblocked() {
  if (before_ == Before::Open) return;
  const sigset_t bus = only_sigbus();
  ::pthread_sigmask(SIG_BLOCK, &bus, nullptr);
}

}  // namespace folio::os
