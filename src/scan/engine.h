// SPDX-License-Identifier: Apache-2.0
// The engine: workers take chunks from a supply, process them in parallel, and emit the results in file order
// through a bounded window.
//
// INVARIANT: chunks are claimed in file order, and a worker works on its claims in that order. So the lowest
// chunk that has not been emitted is always in work, which is why waiting for a turn or for room in the
// window can't dead-lock. INVARIANT: a chunk is emitted only after the supply confirmed that everything up to
// the chunk's end was intact when it had been processed. Chunks behind a damaged one are never emitted.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <exception>
#include <mutex>
#include <optional>
#include <stop_token>
#include <vector>

#include "folio/scan.h"
#include "scan/crew.h"
#include "scan/supply.h"

namespace folio::scan {

/// When the other threads are started.
enum class Helpers : std::uint8_t {
  AtOnce,
  WhenTheyPay,  ///< After a chunk, if what is left would take one thread longer than starting others.
};

struct EngineOptions {
  unsigned threads = 1;
  std::stop_token stop;
  ScanProgress* progress = nullptr;
  Helpers helpers = Helpers::AtOnce;
  Crew* crew = nullptr;  ///< Optional: its threads instead of new ones.
};

/// What a run has to tell.
struct EngineResult {
  std::uint64_t covered_end = 0;
  std::uint64_t bytes = 0;
  std::uint64_t chunks = 0;
  unsigned threads = 1;
  std::uint64_t mapped_chunks = 0;
  Access access = Access::Auto;  // of most chunks; Auto where there was none
  std::uint64_t minor_faults = 0;
  std::uint64_t major_faults = 0;
  std::uint64_t peak_anonymous = 0;
  std::optional<FileChange> change = {};  // where the file was looked at again already
  enum class End : std::uint8_t { Complete, StoppedByEmit, Cancelled, Damaged } end = End::Complete;
};

class Engine {
 public:
  Engine(ChunkSupply& supply, const EngineOptions& options, const scan_detail::Handlers& handlers);

  /// Runs to the end on the calling thread and `threads` - 1 others. Rethrows what a handler threw.
  [[nodiscard]] EngineResult run();

 private:
  class Turn;
  struct Slot {
    enum class State : std::uint8_t { Free, Working, Done } state = State::Free;
    ByteRange source;  // what the block still to be emitted stands for
    std::uint64_t measured = 0;
  };

  class Workers;
  class FaultAccount;
  [[nodiscard]] bool should_start_others();
  void work(unsigned worker);
  void work_until_done(unsigned worker);
  [[nodiscard]] std::optional<std::uint64_t> claim(bool may_wait);
  [[nodiscard]] bool is_behind_end(std::uint64_t index);
  void process(unsigned worker, std::uint64_t index);
  void process_valid_part(Chunk chunk, Turn& turn);
  void keep_valid_rest(Chunk& chunk, Turn& turn, std::uint64_t valid);
  void measure(const Chunk& chunk);
  void finish(std::uint64_t index, ByteRange source);
  void finish_behind_end(std::uint64_t index);
  void emit_ready(std::unique_lock<std::mutex>& lock);
  [[nodiscard]] Flow emit(std::unique_lock<std::mutex>& lock, std::uint64_t index, ByteRange source);
  [[nodiscard]] Flow publish(std::uint64_t index, ByteRange source);
  [[nodiscard]] std::uint64_t prefix(std::uint64_t index);
  void end_at(std::uint64_t index, EngineResult::End why);
  void end_before(std::uint64_t index, EngineResult::End why);
  void fail(std::exception_ptr exception);
  void account(unsigned worker, const Chunk& chunk);
  void note_covered(std::uint64_t end);
  [[nodiscard]] Slot& slot_of(std::uint64_t index) { return slots_[index % slots_.size()]; }
  [[nodiscard]] std::size_t slot_number(std::uint64_t index) const { return index % slots_.size(); }

  ChunkSupply& supply_;
  const ByteRange extent_;
  EngineOptions options_;
  const scan_detail::Handlers& handlers_;
  std::size_t block_budget_ = 0;

  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<Slot> slots_;
  std::uint64_t next_ = 0;               // next chunk to claim
  std::uint64_t emitted_ = 0;            // all chunks before this one have been emitted
  std::uint64_t end_ = UINT64_MAX;       // no chunk from this one on will be emitted
  std::uint64_t measured_ = 0;           // all chunks before this one have been measured
  std::uint64_t measured_sum_ = 0;       // ... and this is the sum
  std::vector<std::uint64_t> prefixes_;  // by slot: sum before that chunk
  enum class Emitter : std::uint8_t { None, Active } emitter_ = Emitter::None;
  std::exception_ptr exception_;
  EngineResult result_;
};

}  // namespace folio::scan
