// SPDX-License-Identifier: Apache-2.0
#include "scan/engine.h"

#include <algorithm>
#include <thread>
#include <utility>

#include "os/process_stats.h"
#include "os/signals.h"

namespace folio::scan {

namespace {

// Blocks of all slots together stay below this, as far as features keep to their budget.
constexpr std::size_t kBlocksSizeMax = 16U << 20;
constexpr std::size_t kBlockSizeMin = 64U << 10;
constexpr std::size_t kBlockSizeMax = 1U << 20;
// Slots per worker: one in work, one done and waiting for its turn, and one to go on with.
constexpr std::size_t kSlotsPerWorker = 3;
constexpr std::uint64_t kChunksPerMemorySample = 64;

}  // namespace

// A worker's hold on its chunk while the feature processes it.
class Engine::Turn final : public ChunkTurn {
 public:
  Turn(Engine& engine, std::uint64_t index, std::uint64_t begin) : engine_(engine), index_(index), published_(begin) {}

  std::uint64_t prefix() override { return engine_.prefix(index_); }

  Flow publish(std::uint64_t done) override {
    if (engine_.supply_.valid_end() < done) {
      state_ = State::Damaged;
      return Flow::Stop;
    }
    const Flow flow = engine_.publish(index_, {published_, done});
    if (flow == Flow::Stop) {
      state_ = State::Stopped;
    } else {
      published_ = done;
    }
    return flow;
  }

  std::size_t budget() const override { return engine_.block_budget_; }

  enum class State : std::uint8_t { Going, Damaged, Stopped };
  [[nodiscard]] State state() const { return state_; }
  void restart() { state_ = State::Going; }
  [[nodiscard]] std::uint64_t published() const { return published_; }
  [[nodiscard]] std::uint64_t index() const { return index_; }

 private:
  Engine& engine_;
  std::uint64_t index_;
  std::uint64_t published_;
  State state_ = State::Going;
};

Engine::Engine(ChunkSupply& supply, const EngineOptions& options, const scan_detail::Handlers& handlers)
    : supply_(supply), options_(options), handlers_(handlers) {
  slots_.resize(options_.threads * (supply_.depth() - 1 + kSlotsPerWorker));
  prefixes_.resize(slots_.size());
  block_budget_ = std::clamp(kBlocksSizeMax / slots_.size(), kBlockSizeMin, kBlockSizeMax);
  end_ = supply_.count().value_or(UINT64_MAX);
  result_.covered_end = supply_.extent().begin;
}

EngineResult Engine::run() {
  if (handlers_.prepare) handlers_.prepare(slots_.size());
  {
    std::vector<std::jthread> others;
    others.reserve(options_.threads - 1);
    for (unsigned worker = 1; worker < options_.threads; ++worker) {
      others.emplace_back([this, worker] {
        os::unblock_sigbus();
        work(worker);
      });
    }
    work(0);
  }
  if (exception_) std::rethrow_exception(exception_);
  result_.peak_anonymous = std::max(result_.peak_anonymous, os::anonymous_memory());
  return result_;
}

void Engine::work(unsigned worker) {
  const os::FaultCounts before = os::thread_faults();
  try {
    work_until_done(worker);
  } catch (...) {
    fail(std::current_exception());
  }
  const os::FaultCounts after = os::thread_faults();
  const std::scoped_lock lock(mutex_);
  result_.minor_faults += after.minor - before.minor;
  result_.major_faults += after.major - before.major;
}

void Engine::work_until_done(unsigned worker) {
  std::deque<std::uint64_t> claimed;
  for (;;) {
    while (claimed.size() < supply_.depth()) {
      const auto index = claim(claimed.empty());
      if (!index) break;
      if (supply_.depth() > 1) supply_.prefetch(worker, *index);
      claimed.push_back(*index);
    }
    if (claimed.empty()) return;
    const std::uint64_t index = claimed.front();
    claimed.pop_front();
    process(worker, index);
  }
}

std::optional<std::uint64_t> Engine::claim(bool may_wait) {
  std::unique_lock lock(mutex_);
  for (;;) {
    if (next_ >= end_) return std::nullopt;
    if (options_.stop.stop_requested()) {
      cancel_from(next_);
      return std::nullopt;
    }
    if (next_ - emitted_ < slots_.size()) break;
    if (!may_wait) return std::nullopt;
    changed_.wait(lock);
  }
  slot_of(next_).state = Slot::State::Working;
  return next_++;
}

void Engine::process(unsigned worker, std::uint64_t index) {
  Chunk chunk;
  if (!supply_.fetch(worker, index, chunk)) return finish_behind_end(index);
  account(worker, chunk);
  if (handlers_.measure) measure(chunk);
  Turn turn(*this, index, chunk.offset);
  process_valid_part(chunk, turn);
}

// Processes the chunk until what it published and what is left agree with a source that is intact up to there.
void Engine::process_valid_part(Chunk chunk, Turn& turn) {
  for (;;) {
    turn.restart();
    if (!chunk.bytes.empty()) handlers_.process(chunk, slot_number(chunk.index), turn);
    if (turn.state() == Turn::State::Stopped) return finish_behind_end(chunk.index);
    const std::uint64_t end = chunk.offset + chunk.bytes.size();
    const std::uint64_t valid = supply_.valid_end();
    if (valid >= end && turn.state() == Turn::State::Going) return finish(chunk.index, {turn.published(), end});
    end_before(chunk.index + 1, EngineResult::End::Damaged);
    const std::uint64_t begin = turn.published();
    if (valid <= begin) return finish(chunk.index, {});
    chunk.bytes = chunk.bytes.subspan(begin - chunk.offset, std::min(valid, end) - begin);
    chunk.offset = begin;
  }
}

void Engine::measure(const Chunk& chunk) {
  const std::uint64_t value = chunk.bytes.empty() ? 0 : handlers_.measure(chunk);
  const std::scoped_lock lock(mutex_);
  slot_of(chunk.index).measured = value + 1;  // 0: not measured yet
  while (measured_ < next_ && slot_of(measured_).measured != 0) {
    prefixes_[slot_number(measured_)] = measured_sum_;
    measured_sum_ += std::exchange(slot_of(measured_).measured, 0) - 1;
    ++measured_;
  }
  changed_.notify_all();
}

std::uint64_t Engine::prefix(std::uint64_t index) {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return measured_ > index || index >= end_; });
  return measured_ > index ? prefixes_[slot_number(index)] : 0;
}

// A block that leaves before its chunk is done. Waits until it is this chunk's turn.
Flow Engine::publish(std::uint64_t index, ByteRange source) {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return (emitted_ == index && emitter_ == Emitter::None) || index >= end_; });
  if (index < end_ && options_.stop.stop_requested()) cancel_from(index);
  if (index >= end_) return Flow::Stop;
  emitter_ = Emitter::Active;
  lock.unlock();
  const Flow flow = handlers_.emit(slot_number(index), source);
  lock.lock();
  emitter_ = Emitter::None;
  result_.covered_end = std::max(result_.covered_end, source.end);
  if (flow == Flow::Stop) {
    end_ = std::min(end_, index);
    result_.end = EngineResult::End::StoppedByEmit;
  }
  changed_.notify_all();
  return flow;
}

void Engine::finish(std::uint64_t index, ByteRange source) {
  std::unique_lock lock(mutex_);
  Slot& slot = slot_of(index);
  slot.state = Slot::State::Done;
  slot.source = source;
  if (emitter_ == Emitter::None) emit_ready(lock);
}

// Emits what is ready, in order. One worker does it at a time; the others only leave their blocks.
void Engine::emit_ready(std::unique_lock<std::mutex>& lock) {
  emitter_ = Emitter::Active;
  while (emitted_ < end_ && slot_of(emitted_).state == Slot::State::Done) {
    const std::uint64_t index = emitted_;
    const ByteRange source = slot_of(index).source;
    lock.unlock();
    Flow flow = Flow::Continue;
    try {
      flow = source.empty() ? Flow::Continue : handlers_.emit(slot_number(index), source);
    } catch (...) {
      lock.lock();
      emitter_ = Emitter::None;
      throw;
    }
    lock.lock();
    slot_of(index).state = Slot::State::Free;
    result_.covered_end = std::max(result_.covered_end, source.end);
    ++emitted_;
    if (flow == Flow::Stop && emitted_ < end_) {
      end_ = emitted_;
      result_.end = EngineResult::End::StoppedByEmit;
    }
    changed_.notify_all();
  }
  emitter_ = Emitter::None;
}

// The chunk lies behind the end of the scan: nothing of it, and nothing after it, will be emitted.
void Engine::finish_behind_end(std::uint64_t index) {
  const std::scoped_lock lock(mutex_);
  end_ = std::min(end_, index);
  changed_.notify_all();
}

// REQUIRES: the mutex is held.
void Engine::cancel_from(std::uint64_t index) {
  end_ = index;
  result_.end = EngineResult::End::Cancelled;
  changed_.notify_all();
}

void Engine::end_before(std::uint64_t index, EngineResult::End why) {
  const std::scoped_lock lock(mutex_);
  if (index > end_) return;
  end_ = index;
  result_.end = why;
  changed_.notify_all();
}

void Engine::fail(std::exception_ptr exception) {
  const std::scoped_lock lock(mutex_);
  if (!exception_) exception_ = std::move(exception);
  end_ = 0;
  changed_.notify_all();
}

void Engine::account(unsigned worker, const Chunk& chunk) {
  if (options_.progress != nullptr) {
    options_.progress->done.fetch_add(chunk.bytes.size(), std::memory_order_relaxed);
  }
  const Access access = supply_.access(worker);
  const std::scoped_lock lock(mutex_);
  result_.bytes += chunk.bytes.size();
  if (access == Access::Map) ++result_.mapped_chunks;
  if (access != Access::Map || result_.access == Access::Auto) result_.access = access;
  if (result_.chunks++ % kChunksPerMemorySample == 0) {
    result_.peak_anonymous = std::max(result_.peak_anonymous, os::anonymous_memory());
  }
}

}  // namespace folio::scan
