// SPDX-License-Identifier: Apache-2.0
#include "walk/crew.h"

#include <system_error>

namespace folio::walk_detail {

namespace {

// PERF: starting a thread costs some 30 microseconds; what takes less than this is not worth one.
constexpr std::chrono::microseconds kLongEnough{150};

}  // namespace

void Crew::run(const std::function<void(unsigned)>& work) {
  work_ = work;
  begin_ = std::chrono::steady_clock::now();
  is_full_ = threads_ <= 1;
  work_guarded(0);
  std::vector<std::jthread> others;
  {
    const std::scoped_lock lock(mutex_);
    is_full_ = true;
    others.swap(others_);
  }
  others.clear();
  if (exception_) std::rethrow_exception(exception_);
}

void Crew::work_guarded(unsigned worker) {
  try {
    work_(worker);
  } catch (...) {
    const std::scoped_lock lock(mutex_);
    if (!exception_) exception_ = std::current_exception();
    stop();
  }
}

bool Crew::can_grow() const {
  return !is_full_.load(std::memory_order_relaxed) &&
         std::chrono::steady_clock::now() - begin_ >= kLongEnough;
}

bool Crew::grow() {
  if (!can_grow()) return false;
  const std::scoped_lock lock(mutex_);
  if (is_full_) return false;
  const auto worker = static_cast<unsigned>(others_.size()) + 1;
  try {
    others_.emplace_back([this, worker] { work_guarded(worker); });
    is_full_ = worker + 1 == threads_;
  } catch (const std::system_error&) {
    is_full_ = true;  // The system gives no more threads: those that there are do the work.
    return false;
  }
  return true;
}

}  // namespace folio::walk_detail
