// SPDX-License-Identifier: Apache-2.0
#include "scan/engine.h"

#include <algorithm>
#include <chrono>
#include <deque>
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
// Two threads take half of the time, and 60 to 100 us to start and to join; the estimate is rough, and where
// memory is the limit a second thread helps less (4 MiB in 0.4 ms: one thread 0.31 ms, two 0.38 ms).
constexpr std::chrono::microseconds kStartPays{400};
constexpr std::uint64_t kChunksPerMemorySample = 64;
constexpr std::uint64_t kChunksToSample = 32;

}  // namespace

// A worker's hold on its chunk while the feature processes it.
class Engine::Turn final : public ChunkTurn {
 public:
  Turn(Engine& engine, std::uint64_t index, std::uint64_t begin)
      : engine_(engine), index_(index), published_(begin) {}

  std::uint64_t prefix() override { return engine_.prefix(index_) + measured_; }

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
  /// The chunk is processed again, without what was published of it, which measured `measured`.
  void restart(std::uint64_t measured) {
    state_ = State::Going;
    measured_ += measured;
  }
  [[nodiscard]] std::uint64_t published() const { return published_; }
  [[nodiscard]] std::uint64_t index() const { return index_; }

 private:
  Engine& engine_;
  std::uint64_t index_;
  std::uint64_t published_;
  std::uint64_t measured_ = 0;
  State state_ = State::Going;
};

Engine::Engine(ChunkSupply& supply, const EngineOptions& options, const scan_detail::Handlers& handlers)
    : supply_(supply), extent_(supply.extent()), options_(options), handlers_(handlers) {
  slots_.resize(options_.threads * (supply_.depth() - 1 + kSlotsPerWorker));
  prefixes_.resize(slots_.size());
  block_budget_ = std::clamp(kBlocksSizeMax / slots_.size(), kBlockSizeMin, kBlockSizeMax);
  end_ = supply_.count().value_or(UINT64_MAX);
  result_.covered_end = extent_.begin;
}

// The threads beside the calling one; waits for them at the end of its life.
class Engine::Workers {
 public:
  explicit Workers(Engine& engine) : engine_(engine) {}
  Workers(const Workers&) = delete;
  Workers& operator=(const Workers&) = delete;
  ~Workers() {
    if (crew_ != nullptr) crew_->wait();
  }

  /// How many threads there are then, the calling one included.
  unsigned start() {
    const auto work = [&engine = engine_](unsigned worker) {
      const os::SigbusUnblocked unblocked;
      if (worker < engine.options_.threads) engine.work(worker);
    };
    crew_ = engine_.options_.crew;
    if (crew_ == nullptr) crew_ = &own_.emplace(engine_.options_.threads - 1);
    crew_->start(work);
    return std::min(crew_->size() + 1, engine_.options_.threads);
  }

 private:
  Engine& engine_;
  std::optional<Crew> own_;
  Crew* crew_ = nullptr;
};

// Adds the calling thread's page faults to the result at the end of its life.
class Engine::FaultAccount {
 public:
  explicit FaultAccount(Engine& engine) : engine_(engine) {}
  FaultAccount(const FaultAccount&) = delete;
  FaultAccount& operator=(const FaultAccount&) = delete;
  ~FaultAccount() {
    const os::FaultCounts after = os::thread_faults();
    const std::scoped_lock lock(engine_.mutex_);
    engine_.result_.minor_faults += after.minor - before_.minor;
    engine_.result_.major_faults += after.major - before_.major;
  }

 private:
  Engine& engine_;
  os::FaultCounts before_ = os::thread_faults();
};

EngineResult Engine::run() {
  if (handlers_.prepare) handlers_.prepare(slots_.size());
  {
    const os::SigbusUnblocked unblocked;
    Workers others(*this);
    if (should_start_others()) result_.threads = others.start();
    work(0);
  }
  if (exception_) std::rethrow_exception(exception_);
  // Reading the file that tells it takes as long as scanning 100 KiB.
  if (result_.chunks >= kChunksToSample) {
    result_.peak_anonymous = std::max(result_.peak_anonymous, os::anonymous_memory());
  }
  if (result_.mapped_chunks > 0 && result_.mapped_chunks * 2 >= result_.chunks) result_.access = Access::Map;
  return result_;
}

// Nobody knows what the handlers do with a chunk: the calling thread works alone until a chunk has taken so
// long that others pay.
bool Engine::should_start_others() {
  if (options_.threads == 1) return false;
  const auto count = supply_.count();
  if (options_.helpers == Helpers::AtOnce || !count || supply_.depth() > 1) return true;
  const FaultAccount faults(*this);
  try {
    while (const auto index = claim(true)) {
      const auto begin = std::chrono::steady_clock::now();
      process(0, *index);
      const auto left = static_cast<std::int64_t>(*count - *index - 1);
      if ((std::chrono::steady_clock::now() - begin) * left > kStartPays) return true;
    }
  } catch (...) {
    fail(std::current_exception());
  }
  return false;
}

void Engine::work(unsigned worker) {
  const FaultAccount faults(*this);
  try {
    work_until_done(worker);
  } catch (...) {
    fail(std::current_exception());
  }
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
      end_at(next_, EngineResult::End::Cancelled);
      return std::nullopt;
    }
    if (next_ - emitted_ < slots_.size()) break;
    if (!may_wait) return std::nullopt;
    changed_.wait(lock);
  }
  slot_of(next_).state = Slot::State::Working;
  return next_++;
}

bool Engine::is_behind_end(std::uint64_t index) {
  const std::scoped_lock lock(mutex_);
  return index >= end_;
}

void Engine::process(unsigned worker, std::uint64_t index) {
  if (is_behind_end(index)) return;
  Chunk chunk;
  const Fetched fetched = supply_.fetch(worker, index, chunk);
  if (fetched == Fetched::BehindEnd) return finish_behind_end(index);
  if (fetched == Fetched::CutShort) end_before(index + 1, EngineResult::End::Damaged);
  account(worker, chunk);
  if (handlers_.measure) measure(chunk);
  Turn turn(*this, index, chunk.offset);
  process_valid_part(chunk, turn);
}

// Processes the chunk until what it published and what is left agree with a source that is intact up to
// there.
void Engine::process_valid_part(Chunk chunk, Turn& turn) {
  for (;;) {
    if (!chunk.bytes.empty()) handlers_.process(chunk, slot_number(chunk.index), turn);
    if (turn.state() == Turn::State::Stopped) return finish_behind_end(chunk.index);
    const std::uint64_t end = chunk.offset + chunk.bytes.size();
    const std::uint64_t valid = supply_.valid_end();
    if (valid >= end && turn.state() == Turn::State::Going)
      return finish(chunk.index, {turn.published(), end});
    end_before(chunk.index + 1, EngineResult::End::Damaged);
    if (valid <= turn.published()) return finish(chunk.index, {});
    keep_valid_rest(chunk, turn, std::min(valid, end));
  }
}

// Leaves in the chunk what has not been published of it and is valid.
void Engine::keep_valid_rest(Chunk& chunk, Turn& turn, std::uint64_t valid) {
  const std::uint64_t published = turn.published() - chunk.offset;
  Chunk left = chunk;
  left.bytes = chunk.bytes.first(published);
  turn.restart(handlers_.measure && published > 0 ? handlers_.measure(left) : 0);
  chunk.bytes = chunk.bytes.subspan(published, valid - turn.published());
  chunk.offset = turn.published();
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
  if (index < end_ && options_.stop.stop_requested()) end_at(index, EngineResult::End::Cancelled);
  if (index >= end_) return Flow::Stop;
  const Flow flow = emit(lock, index, source);
  if (flow == Flow::Stop && index < end_) end_at(index, EngineResult::End::StoppedByEmit);
  changed_.notify_all();
  return flow;
}

// Hands a block on, with the lock free meanwhile.
Flow Engine::emit(std::unique_lock<std::mutex>& lock, std::uint64_t index, ByteRange source) {
  emitter_ = Emitter::Active;
  lock.unlock();
  try {
    const Flow flow = handlers_.emit(slot_number(index), source);
    lock.lock();
    emitter_ = Emitter::None;
    note_covered(source.end);
    return flow;
  } catch (...) {
    lock.lock();
    emitter_ = Emitter::None;
    throw;
  }
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
  while (emitted_ < end_ && slot_of(emitted_).state == Slot::State::Done) {
    const std::uint64_t index = emitted_;
    const ByteRange source = slot_of(index).source;
    const Flow flow = source.empty() ? Flow::Continue : emit(lock, index, source);
    slot_of(index).state = Slot::State::Free;
    note_covered(source.end);
    ++emitted_;
    if (flow == Flow::Stop && emitted_ < end_) end_at(emitted_, EngineResult::End::StoppedByEmit);
    changed_.notify_all();
  }
}

// The chunk lies behind the end of the scan: nothing of it, and nothing after it, will be emitted.
void Engine::finish_behind_end(std::uint64_t index) {
  const std::scoped_lock lock(mutex_);
  end_ = std::min(end_, index);
  changed_.notify_all();
}

// REQUIRES: the mutex is held, and `index` is not behind the end.
void Engine::end_at(std::uint64_t index, EngineResult::End why) {
  end_ = index;
  result_.end = why;
  supply_.close();
  changed_.notify_all();
}

void Engine::end_before(std::uint64_t index, EngineResult::End why) {
  const std::scoped_lock lock(mutex_);
  if (index <= end_) end_at(index, why);
}

void Engine::fail(std::exception_ptr exception) {
  const std::scoped_lock lock(mutex_);
  if (!exception_) exception_ = std::move(exception);
  end_ = 0;
  supply_.close();
  changed_.notify_all();
}

void Engine::account(unsigned worker, const Chunk& chunk) {
  const Access access = supply_.access(worker);
  const std::scoped_lock lock(mutex_);
  result_.bytes += chunk.bytes.size();
  if (access == Access::Map) ++result_.mapped_chunks;
  if (access != Access::Map) result_.access = access;
  if (++result_.chunks % kChunksPerMemorySample == 0) {
    result_.peak_anonymous = std::max(result_.peak_anonymous, os::anonymous_memory());
  }
}

// REQUIRES: the mutex is held.
void Engine::note_covered(std::uint64_t end) {
  result_.covered_end = std::max(result_.covered_end, end);
  if (options_.progress == nullptr) return;
  // The last record may reach out of the range.
  const std::uint64_t done = std::min(result_.covered_end, extent_.end) - extent_.begin;
  options_.progress->done.store(done, std::memory_order_relaxed);
}

}  // namespace folio::scan
