// SPDX-License-Identifier: Apache-2.0
// The threads of a walk. They start one by one while it goes on, so that a small walk costs none.
//
// Threads: grow(), fail() and is_stopped() from any of the crew. Errors: run() throws what a worker threw
// first.
#pragma once

#include <atomic>
#include <chrono>
#include <exception>
#include <functional>
#include <mutex>
#include <stop_token>
#include <thread>
#include <vector>

namespace folio::walk_detail {

class Crew {
 public:
  Crew(unsigned threads, std::stop_token stop) : threads_(threads), stop_(std::move(stop)) {}

  /// Calls `work(0)` on this thread, and `work(1)` ... on those that grow() starts; returns when all have
  /// ended.
  void run(const std::function<void(unsigned)>& work);

  /// Starts another thread where one is left and the walk has lasted long enough. True where it did.
  bool grow();

  /// True where another thread would help and grow() would start it.
  [[nodiscard]] bool can_grow() const;

  void stop() { is_stopped_.store(true, std::memory_order_relaxed); }
  [[nodiscard]] bool is_stopped() const {
    return is_stopped_.load(std::memory_order_relaxed) || stop_.stop_requested();
  }
  [[nodiscard]] unsigned threads() const { return threads_; }

 private:
  void work_guarded(unsigned worker);

  unsigned threads_;
  std::stop_token stop_;
  std::function<void(unsigned)> work_;
  std::chrono::steady_clock::time_point begin_;
  std::atomic<bool> is_stopped_{false};
  std::atomic<bool> is_full_{true};  // no thread is to be started (any more)
  std::mutex mutex_;
  std::vector<std::jthread> others_;  // under mutex_
  std::exception_ptr exception_;      // under mutex_
};

}  // namespace folio::walk_detail
