// SPDX-License-Identifier: Apache-2.0
#include "scan/crew.h"

#include <chrono>
#include <system_error>
#include <utility>

namespace folio::scan {

namespace {

constexpr std::chrono::microseconds kLookOut{50};
constexpr unsigned kLooksPerClock = 64;

void pause() {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#endif
}

/// Waits until the value is no longer `old`.
void wait_for_change(const std::atomic<std::uint32_t>& value, std::uint32_t old) {
  const auto until = std::chrono::steady_clock::now() + kLookOut;
  do {
    for (unsigned look = 0; look < kLooksPerClock; ++look) {
      if (value.load(std::memory_order_acquire) != old) return;
      pause();
    }
  } while (std::chrono::steady_clock::now() < until);
  value.wait(old, std::memory_order_acquire);
}

}  // namespace

Crew::Crew(unsigned helpers) {
  threads_.reserve(helpers);
  try {
    for (unsigned number = 1; number <= helpers; ++number) {
      threads_.emplace_back([this, number] { serve(number); });
    }
  } catch (const std::system_error&) {
    // Those that there are do the work.
  }
}

Crew::~Crew() {
  ends_.store(true, std::memory_order_relaxed);
  round_.fetch_add(1, std::memory_order_release);
  round_.notify_all();
}

void Crew::start(std::function<void(unsigned)> job) {
  job_ = std::move(job);
  busy_.store(size(), std::memory_order_relaxed);
  round_.fetch_add(1, std::memory_order_release);
  round_.notify_all();
}

void Crew::wait() {
  for (std::uint32_t busy = busy_.load(std::memory_order_acquire); busy != 0;
       busy = busy_.load(std::memory_order_acquire)) {
    wait_for_change(busy_, busy);
  }
}

void Crew::serve(unsigned number) {
  for (std::uint32_t seen = 0;;) {
    wait_for_change(round_, seen);
    seen = round_.load(std::memory_order_acquire);
    if (ends_.load(std::memory_order_relaxed)) return;
    job_(number);
    if (busy_.fetch_sub(1, std::memory_order_acq_rel) == 1) busy_.notify_all();
  }
}

}  // namespace folio::scan
