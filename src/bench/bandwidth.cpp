// SPDX-License-Identifier: Apache-2.0
#include "bench/bandwidth.h"

#include <algorithm>
#include <atomic>
#include <barrier>
#include <system_error>
#include <thread>
#include <vector>

#include "core/try.h"
#include "folio/bytes.h"
#include "folio/limits.h"
#include "folio/mapping.h"
#include "simd/sum_bytes.h"

namespace folio::bench {

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::uint64_t kBytesMin = 64;  // a thread
constexpr unsigned kRoundsMin = 3;
constexpr unsigned kRoundsMax = 1000;

/// Threads that read their parts in step.
class Measurement {
 public:
  Measurement(MutableByteView memory, unsigned threads, Clock::duration budget)
      : memory_(memory), threads_(threads), budget_(budget), step_(threads) {}

  /// False where the system does not grant the threads.
  [[nodiscard]] bool run() {
    std::vector<std::jthread> others;
    others.reserve(threads_);
    unsigned started = 1;
    try {
      for (; started < threads_; ++started) others.emplace_back([this, i = started] { follow(i); });
    } catch (const std::system_error&) {
      finished_ = true;  // sends those home that did start
      for (; started < threads_; ++started) step_.arrive_and_drop();
      step_.arrive_and_drop();
      return false;
    }
    lead();
    return true;
  }

  [[nodiscard]] Bandwidth result() {
    std::ranges::sort(seconds_);
    const auto bytes = static_cast<double>(memory_.size());
    return {.best = bytes / seconds_.front(),
            .median = bytes / seconds_[seconds_.size() / 2],
            .rounds = static_cast<unsigned>(seconds_.size()),
            .threads = threads_,
            .bytes = memory_.size()};
  }

 private:
  [[nodiscard]] MutableByteView part(unsigned index) const {
    const std::size_t size = memory_.size() / threads_;
    const std::size_t begin = index * size;
    return memory_.subspan(begin, index + 1 == threads_ ? memory_.size() - begin : size);
  }

  void read(unsigned index) { sink_.fetch_add(simd::sum_bytes(part(index)), std::memory_order_relaxed); }

  void lead() {
    std::ranges::fill(part(0), std::byte{1});
    const auto deadline = Clock::now() + budget_;
    for (unsigned round = 0; round < kRoundsMax; ++round) {
      step_.arrive_and_wait();  // all are ready
      const auto start = Clock::now();
      read(0);
      step_.arrive_and_wait();  // all are done
      const auto now = Clock::now();
      seconds_.push_back(std::max(std::chrono::duration<double>(now - start).count(), 1e-9));
      if (round + 1 >= kRoundsMin && now >= deadline) break;
    }
    finished_ = true;
    step_.arrive_and_wait();
  }

  void follow(unsigned index) {
    std::ranges::fill(part(index), std::byte{1});
    while (true) {
      step_.arrive_and_wait();
      if (finished_) return;
      read(index);
      step_.arrive_and_wait();
    }
  }

  MutableByteView memory_;
  unsigned threads_;
  Clock::duration budget_;
  std::barrier<> step_;
  bool finished_ = false;  // written by the leader before the step that others read it behind
  std::atomic<std::uint64_t> sink_{0};
  std::vector<double> seconds_;
};

}  // namespace

Result<Bandwidth> measure_read_bandwidth(unsigned threads, std::uint64_t bytes,
                                         std::chrono::nanoseconds budget) {
  if (threads == 0) threads = machine_limits().cores;
  if (bytes / threads < kBytesMin) {
    return std::unexpected(Error{.code = Errc::InvalidArgument,
                                 .system_errno = 0,
                                 .path = {},
                                 .offset = std::nullopt,
                                 .detail = "too few bytes to measure the memory"});
  }
  Mapping memory = FOLIO_TRY(Mapping::anonymous(bytes, HugePages::Always));
  Measurement measurement(memory.writable_bytes(), threads,
                          std::chrono::duration_cast<Clock::duration>(budget));
  if (!measurement.run()) {
    return std::unexpected(Error{.code = Errc::OutOfMemory,
                                 .system_errno = 0,
                                 .path = {},
                                 .offset = std::nullopt,
                                 .detail = "the system grants no more threads"});
  }
  return measurement.result();
}

}  // namespace folio::bench
