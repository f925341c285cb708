// SPDX-License-Identifier: Apache-2.0
#include "scan/inline_scan.h"

#include <algorithm>
#include <array>
#include <utility>

#include "os/file_stream.h"
#include "os/signals.h"

namespace folio::scan {

namespace {

/// The hold of a scan's only chunk.
class OnlyTurn final : public ChunkTurn {
 public:
  explicit OnlyTurn(const InlineScan& scan) : scan_(scan) {}

  std::uint64_t prefix() override { return measured_; }

  Flow publish(std::uint64_t done) override {
    if (scan_.stop.stop_requested()) return end(State::Cancelled);
    if (scan_.source.valid_end() < done) return end(State::Damaged);
    return emit(done) == Flow::Stop ? end(State::Stopped) : Flow::Continue;
  }

  std::size_t budget() const override { return kBlockBudget; }

  enum class State : std::uint8_t { Going, Damaged, Stopped, Cancelled };
  [[nodiscard]] State state() const { return state_; }
  [[nodiscard]] std::uint64_t published() const { return published_; }

  /// The block as it is now, for the bytes before `done`.
  Flow emit(std::uint64_t done) {
    if (done <= published_) return Flow::Continue;
    const Flow flow = scan_.handlers.emit(0, {published_, done});
    published_ = done;
    if (scan_.progress != nullptr) scan_.progress->done.store(done, std::memory_order_relaxed);
    return flow;
  }

  /// The rest of the chunk is processed again; what was published of it measured `measured`.
  void restart(std::uint64_t measured) {
    state_ = State::Going;
    measured_ = measured;
  }

 private:
  static constexpr std::size_t kBlockBudget = 1U << 20;

  Flow end(State state) {
    state_ = state;
    return Flow::Stop;
  }

  const InlineScan& scan_;
  std::uint64_t published_ = 0;
  std::uint64_t measured_ = 0;
  State state_ = State::Going;
};

// One look at the file serves both the question whether the chunk may be published and the last one, whether
// the result can be believed.
bool is_intact(const InlineScan& scan, const Result<FileChange>& change) {
  if (scan.source.noted_end() < scan.source.size() || !change) return false;
  return *change != FileChange::Shrunk && *change != FileChange::Rewritten;
}

/// What is left of the chunk when a part of it was published and the file then became shorter.
void keep_valid_rest(const InlineScan& scan, OnlyTurn& turn, Chunk& chunk, ByteView all,
                     std::uint64_t valid) {
  Chunk published = chunk;
  published.bytes = all.first(turn.published());
  published.offset = 0;
  turn.restart(scan.handlers.measure ? scan.handlers.measure(published) : 0);
  chunk.bytes = all.subspan(turn.published(), valid - turn.published());
  chunk.offset = turn.published();
}

/// Processes the chunk until what was published agrees with a file that is intact up to there. Nothing where
/// the file was changed before anything was published.
std::optional<EngineResult::End> process(const InlineScan& scan, OnlyTurn& turn, Chunk chunk,
                                         std::optional<FileChange>& change) {
  using End = EngineResult::End;
  const ByteView all = chunk.bytes;
  for (End end = End::Complete;;) {
    scan.handlers.process(chunk, 0, turn);
    if (turn.state() == OnlyTurn::State::Stopped) return End::StoppedByEmit;
    if (turn.state() == OnlyTurn::State::Cancelled) return End::Cancelled;
    const bool is_whole = turn.state() == OnlyTurn::State::Going;
    const auto seen = os::settled_change(scan.file);
    const bool is_fine = is_whole && is_intact(scan, seen);
    if (!is_fine && turn.published() == 0) return std::nullopt;
    const std::uint64_t goal = chunk.offset + chunk.bytes.size();
    // Notes the damage, so that the report can tell of it.
    const std::uint64_t valid = is_fine ? goal : std::min<std::uint64_t>(scan.source.valid_end(), goal);
    if (is_whole && valid == goal) {
      if (is_fine) change = *seen;
      static_cast<void>(turn.emit(goal));
      return end;
    }
    end = End::Damaged;
    if (valid <= turn.published()) return end;
    keep_valid_rest(scan, turn, chunk, all, valid);
  }
}

}  // namespace

std::optional<EngineResult> scan_inline(const InlineScan& scan) {
  EngineResult result;
  if (scan.stop.stop_requested()) {
    result.end = EngineResult::End::Cancelled;
    return result;
  }
  // A signal can only come from a mapping.
  std::optional<os::SigbusUnblocked> unblocked;
  if (scan.reader.access() == Access::Map) unblocked.emplace();
  const std::uint64_t size = scan.source.size();
  const Chunk chunk{.bytes = scan.reader.view({0, size}), .offset = 0, .index = 0, .worker = 0};
  if (chunk.bytes.size() < size) return std::nullopt;
  if (scan.handlers.prepare) scan.handlers.prepare(1);
  OnlyTurn turn(scan);
  const auto end = process(scan, turn, chunk, result.change);
  if (!end) return std::nullopt;
  result.end = *end;
  result.covered_end = turn.published();
  result.bytes = size;
  result.chunks = 1;
  result.access = scan.reader.access();
  result.mapped_chunks = result.access == Access::Map ? 1 : 0;
  return result;
}

namespace {

constexpr std::uint64_t kUsualSize = 64ULL << 10;

/// What the thread has to spare: a buffer of each size.
os::HeapBuffer& spare(std::uint64_t size) {
  thread_local std::array<os::HeapBuffer, 2> buffers;
  return buffers.at(size <= kUsualSize ? 0 : 1);
}

}  // namespace

SmallFileReader::~SmallFileReader() {
  if (buffer_.size() != 0) spare(buffer_.size()) = std::move(buffer_);
}

ByteView SmallFileReader::view(ByteRange range) {
  if (buffer_.size() == 0) buffer_ = std::move(spare(range.size()));
  // A scan within a scan finds no spare one.
  if (buffer_.size() == 0) buffer_ = os::HeapBuffer(range.size() <= kUsualSize ? kUsualSize : kSizeMax);
  const MutableByteView target = buffer_.bytes().first(range.size());
  auto got = file_.read_at(range.begin, target);
  if (!got) {
    const std::uint64_t from = got.error().offset.value_or(range.begin);
    source_.note_damage(from, std::move(got).error());
    return {};
  }
  return target.first(*got);
}

}  // namespace folio::scan
