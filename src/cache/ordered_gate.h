// SPDX-License-Identifier: Apache-2.0
// Brings what several threads finish into order: item 0 first, then 1, 2, and so on.
//
// Threads: put() from any number of threads, one item of each index; `deliver` is called by one at a time.
// A thread that is too far ahead waits, so that memory is bounded.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <stop_token>
#include <utility>

#include "folio/scan.h"

namespace folio::cache_detail {

template <class Item>
class OrderedGate {
 public:
  OrderedGate(std::function<Flow(Item&)> deliver, std::stop_token stop)
      : deliver_(std::move(deliver)), stop_(std::move(stop)) {}

  /// Flow::Stop where nothing more is wanted.
  Flow put(std::uint64_t index, Item item) {
    std::unique_lock lock(mutex_);
    // A stop request comes from a signal handler, which can't notify; and then items may be missing for ever.
    while (flow_ == Flow::Continue && index >= next_ + kWindow && !stop_.stop_requested()) {
      room_.wait_for(lock, std::chrono::milliseconds(50));
    }
    waiting_.emplace(index, std::move(item));
    while (flow_ == Flow::Continue && !waiting_.empty() && waiting_.begin()->first == next_) {
      flow_ = deliver_(waiting_.begin()->second);
      waiting_.erase(waiting_.begin());
      ++next_;
    }
    room_.notify_all();
    return flow_;
  }

 private:
  static constexpr std::uint64_t kWindow = 1024;

  std::function<Flow(Item&)> deliver_;
  std::stop_token stop_;
  std::mutex mutex_;
  std::condition_variable room_;
  std::map<std::uint64_t, Item> waiting_;
  std::uint64_t next_ = 0;
  Flow flow_ = Flow::Continue;
};

}  // namespace folio::cache_detail
