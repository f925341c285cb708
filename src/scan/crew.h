// SPDX-License-Identifier: Apache-2.0
// Threads that wait between the scans of a session, so that none need be started for each.
//
// PERF: starting and joining a thread takes 60 to 100 us, in which a core counts the lines of a MiB. A helper
// that has just finished looks out for the next job for some 50 us before it sleeps: scans often come one
// right after another. Ownership: the threads end with the object. Threads: start() and wait() by one thread
// at a time, in turns.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <thread>
#include <vector>

namespace folio::scan {

class Crew {
 public:
  /// As many of `helpers` as the system grants.
  explicit Crew(unsigned helpers);
  Crew(const Crew&) = delete;
  Crew& operator=(const Crew&) = delete;
  ~Crew();

  [[nodiscard]] unsigned size() const { return static_cast<unsigned>(threads_.size()); }

  /// Each helper calls `job(number)`, counted from 1. It must not throw.
  void start(std::function<void(unsigned)> job);
  /// Until all of them have returned.
  void wait();

 private:
  void serve(unsigned number);

  std::function<void(unsigned)> job_;
  std::atomic<std::uint32_t> round_{0};  // one more for each job, and for the end
  std::atomic<std::uint32_t> busy_{0};   // helpers that have not returned from the job
  std::atomic<bool> ends_{false};
  std::vector<std::jthread> threads_;
};

}  // namespace folio::scan
