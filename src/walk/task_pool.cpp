// SPDX-License-Identifier: Apache-2.0
#include "walk/task_pool.h"

#include <utility>

namespace folio::walk_detail {

TaskPool::TaskPool(Crew& crew) : crew_(crew), stacks_(std::make_unique<Stack[]>(crew.threads())) {}

// A sleeper counts itself first and then looks through all stacks; whoever pushes looks at the count
// afterwards. The stacks' mutexes order the two, so that either the sleeper finds the task or the pusher
// finds the sleeper.
void TaskPool::push(unsigned worker, Task task) {
  unfinished_.fetch_add(1);
  {
    const std::scoped_lock lock(stacks_[worker].mutex);
    stacks_[worker].tasks.push_back(std::move(task));
  }
  if (sleepers_.load() > 0) {
    const std::scoped_lock lock(mutex_);
    wake_.notify_one();
  } else {
    crew_.grow();
  }
}

std::optional<Task> TaskPool::take(unsigned worker) {
  std::optional<Task> task;
  for (unsigned step = 0; step < crew_.threads() && !task; ++step) {
    Stack& stack = stacks_[(worker + step) % crew_.threads()];
    const std::scoped_lock lock(stack.mutex);
    if (stack.tasks.empty()) continue;
    if (step == 0) {
      task = std::move(stack.tasks.back());
      stack.tasks.pop_back();
    } else {
      task = std::move(stack.tasks.front());
      stack.tasks.pop_front();
    }
  }
  return task;
}

std::optional<Task> TaskPool::take_waiting(unsigned worker) {
  std::optional<Task> task = take(worker);
  if (task) return task;
  std::unique_lock lock(mutex_);
  sleepers_.fetch_add(1);
  while (unfinished_.load() > 0 && !crew_.is_stopped()) {
    task = take(worker);
    if (task) break;
    wake_.wait(lock);
  }
  sleepers_.fetch_sub(1);
  return task;
}

void TaskPool::finish_one() {
  if (unfinished_.fetch_sub(1) == 1) wake_all();
}

void TaskPool::wake_all() {
  const std::scoped_lock lock(mutex_);
  wake_.notify_all();
}

void TaskPool::work(unsigned worker, const std::function<void(Task)>& run) {
  try {
    while (!crew_.is_stopped()) {
      std::optional<Task> task = take_waiting(worker);
      if (!task) break;
      run(std::move(*task));
      finish_one();
    }
  } catch (...) {
    crew_.stop();
    wake_all();
    throw;
  }
  if (crew_.is_stopped()) wake_all();
}

}  // namespace folio::walk_detail
