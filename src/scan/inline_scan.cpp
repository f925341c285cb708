// SPDX-License-Identifier: Apache-2.0
#include "scan/inline_scan.h"

#include <array>
#include <memory>
#include <utility>

#include "os/process_stats.h"
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

EngineResult::End end_of(OnlyTurn& turn, Source& source, const scan_detail::Handlers& handlers,
                         std::uint64_t size) {
  if (turn.state() == OnlyTurn::State::Stopped) return EngineResult::End::StoppedByEmit;
  if (turn.state() == OnlyTurn::State::Damaged || source.valid_end() < size) {
    return EngineResult::End::Damaged;
  }
  // There is nothing behind the block that a stop could keep from being emitted.
  if (turn.published() < size) static_cast<void>(handlers.emit(0, {turn.published(), size}));
  return EngineResult::End::Complete;
}

}  // namespace

std::optional<EngineResult> scan_inline(Source& source, Reader& reader, const scan_detail::Handlers& handlers,
                                        const std::stop_token& stop) {
  EngineResult result;
  if (stop.stop_requested()) {
    result.end = EngineResult::End::Cancelled;
    return result;
  }
  const os::FaultCounts before = os::thread_faults();
  const os::SigbusUnblocked unblocked;
  const Chunk chunk{.bytes = reader.view({0, source.size()}), .offset = 0, .index = 0, .worker = 0};
  if (chunk.bytes.size() < source.size()) return std::nullopt;
  if (handlers.prepare) handlers.prepare(1);
  if (handlers.measure) static_cast<void>(handlers.measure(chunk));
  OnlyTurn turn(source, handlers);
  handlers.process(chunk, 0, turn);
  result.end = end_of(turn, source, handlers, chunk.bytes.size());
  if (result.end == EngineResult::End::Damaged && turn.published() == 0) return std::nullopt;
  const bool is_complete = result.end == EngineResult::End::Complete;
  result.covered_end = is_complete ? chunk.bytes.size() : turn.published();
  result.bytes = chunk.bytes.size();
  result.chunks = 1;
  result.access = reader.access();
  result.mapped_chunks = result.access == Access::Map ? 1 : 0;
  const os::FaultCounts after = os::thread_faults();
  result.minor_faults = after.minor - before.minor;
  result.major_faults = after.major - before.major;
  return result;
}

ByteView SmallFileReader::view(ByteRange range) {
  struct alignas(kDirectAlignment) Buffer {
    std::array<std::byte, kSizeMax> bytes;
  };
  thread_local const auto buffer = std::make_unique_for_overwrite<Buffer>();
  const MutableByteView target = MutableByteView{buffer->bytes}.first(range.size());
  auto got = file_.read_at(range.begin, target);
  if (!got) {
    source_.note_damage(got.error().offset.value_or(range.begin), std::move(got).error());
    return {};
  }
  return target.first(*got);
}

}  // namespace folio::scan
