// SPDX-License-Identifier: Apache-2.0
#include "os/interrupt.h"

#include <signal.h>
#include <unistd.h>

#include <atomic>

namespace folio::os {

namespace {

constexpr int kInterrupted = 130;

std::stop_source& source() {
  static std::stop_source instance;
  return instance;
}

// request_stop() is a handful of atomic operations as long as no stop_callback is registered, and nothing in
// folio registers one: workers poll the token.
void on_signal(int) {
  static std::atomic<int> seen{0};
  if (seen.fetch_add(1) > 0) _exit(kInterrupted);
  source().request_stop();
}

}  // namespace

std::stop_token interrupt_token() {
  static const bool installed = [] {
    static_cast<void>(source());
    struct sigaction action{};
    action.sa_handler = on_signal;
    sigemptyset(&action.sa_mask);
    return sigaction(SIGINT, &action, nullptr) == 0 && sigaction(SIGTERM, &action, nullptr) == 0;
  }();
  static_cast<void>(installed);
  return source().get_token();
}

}  // namespace folio::os
