// SPDX-License-Identifier: Apache-2.0
#include "scan/inline_scan.h"

#include <array>
#include <memory>
#include <utility>

#include "os/file_stream.h"
#include "os/signals.h"

namespace folio::scan {

namespace {

/// The hold of a scan's only chunk.
class OnlyTurn final : public ChunkTurn {
 public:
  OnlyTurn(Source& source, const scan_detail::Handlers& handlers) : source_(source), handlers_(handlers) {}

  std::uint64_t prefix() override { return 0; }

  Flow publish(std::uint64_t done) override {
    if (source_.valid_end() < done) {
      state_ = State::Damaged;
      return Flow::Stop;
    }
    const Flow flow = handlers_.emit(0, {published_, done});
    published_ = done;
    if (flow == Flow::Stop) state_ = State::Stopped;
    return flow;
  }

  std::size_t budget() const override { return kBlockBudget; }

  enum class State : std::uint8_t { Going, Damaged, Stopped };
  [[nodiscard]] State state() const { return state_; }
  [[nodiscard]] std::uint64_t published() const { return published_; }

 private:
  static constexpr std::size_t kBlockBudget = 1U << 20;

  Source& source_;
  const scan_detail::Handlers& handlers_;
  std::uint64_t published_ = 0;
  State state_ = State::Going;
};

// One look at the file serves both the question whether the chunk may be published and the last one, whether
// the result can be believed.
bool is_intact(const InlineScan& scan, const Result<FileChange>& change) {
  if (scan.source.noted_end() < scan.source.size() || !change) return false;
  return *change != FileChange::Shrunk && *change != FileChange::Rewritten;
}

EngineResult::End end_of(const InlineScan& scan, const OnlyTurn& turn, const Result<FileChange>& change) {
  if (turn.state() == OnlyTurn::State::Stopped) return EngineResult::End::StoppedByEmit;
  if (turn.state() == OnlyTurn::State::Damaged || !is_intact(scan, change)) return EngineResult::End::Damaged;
  // There is nothing behind the block that a stop could keep from being emitted.
  const std::uint64_t size = scan.source.size();
  if (turn.published() < size) static_cast<void>(scan.handlers.emit(0, {turn.published(), size}));
  return EngineResult::End::Complete;
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
  if (scan.handlers.measure) static_cast<void>(scan.handlers.measure(chunk));
  OnlyTurn turn(scan.source, scan.handlers);
  scan.handlers.process(chunk, 0, turn);
  const auto change = os::settled_change(scan.file);
  result.end = end_of(scan, turn, change);
  if (result.end == EngineResult::End::Damaged && turn.published() == 0) return std::nullopt;
  if (result.end == EngineResult::End::Complete) result.change = *change;
  result.covered_end = result.end == EngineResult::End::Complete ? size : turn.published();
  result.bytes = size;
  result.chunks = 1;
  result.access = scan.reader.access();
  result.mapped_chunks = result.access == Access::Map ? 1 : 0;
  return result;
}

namespace {

/// A buffer for files of up to `Size` bytes.
template <std::uint64_t Size>
MutableByteView thread_buffer() {
  struct alignas(kDirectAlignment) Buffer {
    std::array<std::byte, Size> bytes;
  };
  thread_local const auto buffer = std::make_unique_for_overwrite<Buffer>();
  return buffer->bytes;
}

MutableByteView thread_buffer_for(std::uint64_t size) {
  constexpr std::uint64_t kUsual = 64ULL << 10;
  return size <= kUsual ? thread_buffer<kUsual>() : thread_buffer<SmallFileReader::kSizeMax>();
}

}  // namespace

ByteView SmallFileReader::view(ByteRange range) {
  const MutableByteView target = thread_buffer_for(range.size()).first(range.size());
  auto got = file_.read_at(range.begin, target);
  if (!got) {
    source_.note_damage(got.error().offset.value_or(range.begin), std::move(got).error());
    return {};
  }
  return target.first(*got);
}

}  // namespace folio::scan
