// SPDX-License-Identifier: Apache-2.0
// What is still to be done, a stack for each worker: the own youngest task is next, others' oldest are taken
// over. So a walk goes depth first, and little waits at any time.
//
// Threads: any of the crew. Errors: an exception from a task ends all workers.
#pragma once

#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "walk/crew.h"
#include "walk/node.h"

namespace folio::walk_detail {

struct Task {
  enum class Kind : std::uint8_t { Roots, Open, List, Files };
  Kind kind = Kind::Roots;
  NodePointer node = {};       ///< Open: the parent.
  std::string names = {};      ///< Open: one name; Files: some. Each ends in a 0 byte.
  std::size_t first_root = 0;  ///< Roots: this one and those behind it.
};

class TaskPool {
 public:
  explicit TaskPool(Crew& crew);

  void push(unsigned worker, Task task);

  /// Runs tasks until there are none left, or the crew is stopped.
  void work(unsigned worker, const std::function<void(Task)>& run);

  /// True where somebody could take over work now.
  [[nodiscard]] bool is_hungry() const {
    return sleepers_.load(std::memory_order_relaxed) > 0 || crew_.can_grow();
  }

 private:
  struct alignas(64) Stack {
    std::mutex mutex;
    std::deque<Task> tasks;  // under mutex
  };

  [[nodiscard]] std::optional<Task> take(unsigned worker);
  [[nodiscard]] std::optional<Task> take_waiting(unsigned worker);
  void finish_one();
  void wake_all();

  Crew& crew_;
  std::unique_ptr<Stack[]> stacks_;
  std::atomic<std::uint64_t> unfinished_{0};  // tasks pushed and not yet run to their end
  std::atomic<unsigned> sleepers_{0};
  std::mutex mutex_;
  std::condition_variable wake_;
};

}  // namespace folio::walk_detail
