// SPDX-License-Identifier: Apache-2.0
#include "os/interrupt.h"

#include <pthread.h>

#include <array>
#include <atomic>
#include <csignal>

namespace folio::os {

namespace {

// Never destroyed: a signal may still come while the process ends.
std::stop_source& source() {
  static auto& instance = *new std::stop_source;
  return instance;
}

// request_stop() is a handful of atomic operations as long as no stop_callback is registered, and nothing in
// folio registers one: workers poll the token.
// The thread that is in an InterruptibleCall, while there is one.
std::atomic<pthread_t> blocked_thread{};
std::atomic<bool> is_blocked{false};

// Ignored by default, and used for nothing but to end a blocking call.
constexpr int kWakeUp = SIGURG;

void on_wake_up(int) {}

void wake_blocked_thread() {
  if (is_blocked.load()) static_cast<void>(pthread_kill(blocked_thread.load(), kWakeUp));
}

void on_signal(int) {
  source().request_stop();
  wake_blocked_thread();
}

// A signal that is ignored (nohup, a shell's background job) stays ignored.
void stop_on(int signal) {
  struct sigaction found{};
  if (sigaction(signal, nullptr, &found) != 0 || found.sa_handler == SIG_IGN) return;
  struct sigaction action{};
  action.sa_handler = on_signal;
  action.sa_flags = static_cast<int>(SA_RESETHAND);
  sigemptyset(&action.sa_mask);
  static_cast<void>(sigaction(signal, &action, nullptr));
}

}  // namespace

std::stop_token interrupt_token() {
  static const std::stop_token token = [] {
    const std::stop_token stopped_by_signals = source().get_token();
    struct sigaction wake_up{};
    wake_up.sa_handler = on_wake_up;
    sigemptyset(&wake_up.sa_mask);
    static_cast<void>(sigaction(kWakeUp, &wake_up, nullptr));
    for (const int signal : std::array{SIGINT, SIGTERM, SIGHUP}) stop_on(signal);
    return stopped_by_signals;
  }();
  return token;
}

InterruptibleCall::InterruptibleCall() {
  blocked_thread.store(pthread_self());
  is_blocked.store(true);
}

InterruptibleCall::~InterruptibleCall() {
  is_blocked.store(false);
}

}  // namespace folio::os
