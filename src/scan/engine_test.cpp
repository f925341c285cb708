// SPDX-License-Identifier: Apache-2.0
// The engine itself: pieces and prefix sums, early ends, exceptions, cancellation. Every test that would hang
// is one that fails.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <numeric>
#include <stdexcept>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

#include "scan/grid_supply.h"
#include "scan/hostile_source.h"
#include "scan/scan_oracle.h"

namespace folio::scan {
namespace {

std::string numbered_lines(unsigned count) {
  std::string text;
  for (unsigned line = 0; line < count; ++line) text += std::to_string(line) + '\n';
  return text;
}

std::uint64_t line_count(std::string_view text) {
  return static_cast<std::uint64_t>(std::count(text.begin(), text.end(), '\n'));
}

// A supply over memory, on the grid or as a stream.
struct Memory {
  enum class As : std::uint8_t { Grid, GridInDepth, Stream };
  Memory(std::string content, As as, std::uint64_t chunk_size, unsigned threads,
         const HostileSource::Wrongs& wrongs = {})
      : text(std::move(content)) {
    const CutRules rules{Records::lines(), 1ULL << 30, 0};
    if (as == As::Stream) {
      input = std::make_unique<HostileInput>(text, HostileInput::Wrongs{.pause_every = 3});
      supply = std::make_unique<StreamSupply>(*input, ByteRange{0, UINT64_MAX}, chunk_size, rules, threads,
                                              std::stop_token{});
    } else {
      auto depth = wrongs;
      depth.depth = as == As::GridInDepth ? 4 : 1;
      source = std::make_unique<HostileSource>(text, depth);
      supply = std::make_unique<GridSupply>(*source, ByteRange{0, text.size()}, chunk_size, rules, threads);
    }
  }
  std::string text;
  std::unique_ptr<HostileSource> source;
  std::unique_ptr<HostileInput> input;
  std::unique_ptr<ChunkSupply> supply;
};

Memory::As some_supply() {
  return *rc::gen::element(Memory::As::Grid, Memory::As::GridInDepth, Memory::As::Stream);
}

// Each line with its number, published in pieces of some lines.
struct NumberedLines {
  std::string text;
  void clear() { text.clear(); }
};

class Numbering {
 public:
  explicit Numbering(unsigned lines_per_piece) : lines_per_piece_(lines_per_piece) {
    handlers.prepare = [this](std::size_t slots) { blocks_.resize(slots); };
    handlers.measure = [](const Chunk& chunk) { return line_count(to_text(chunk.bytes)); };
    handlers.process = [this](const Chunk& chunk, std::size_t slot, ChunkTurn& turn) {
      process(chunk, slot, turn);
    };
    handlers.emit = [this](std::size_t slot, ByteRange source) {
      sources.push_back(source);
      delivered += std::exchange(blocks_[slot].text, {});
      return on_emit ? on_emit() : Flow::Continue;
    };
  }

  // The oracle's answer for the first `size` bytes.
  static std::string expected(std::string_view text, std::uint64_t size) {
    std::string all;
    std::uint64_t number = 0;
    for (const ByteRange record : all_records(text.substr(0, size), Records::lines())) {
      all += std::to_string(number++) + ":" + std::string(text.substr(record.begin, record.size()));
    }
    return all;
  }

  scan_detail::Handlers handlers;
  std::string delivered;
  std::vector<ByteRange> sources;
  std::function<Flow()> on_emit;

 private:
  void process(const Chunk& chunk, std::size_t slot, ChunkTurn& turn) {
    std::string& text = blocks_[slot].text;
    text.clear();
    std::uint64_t number = turn.prefix();
    unsigned held = 0;
    for (const ByteRange record : all_records(to_text(chunk.bytes), Records::lines())) {
      text += std::to_string(number++) + ":" +
              std::string(to_text(chunk.bytes.subspan(record.begin, record.size())));
      if (++held < lines_per_piece_) continue;
      held = 0;
      if (turn.publish(chunk.offset + record.end) == Flow::Stop) return;
    }
  }

  unsigned lines_per_piece_;
  std::vector<NumberedLines> blocks_;
};

bool are_adjacent(const std::vector<ByteRange>& sources) {
  return std::adjacent_find(sources.begin(), sources.end(),
                            [](ByteRange a, ByteRange b) { return a.end != b.begin; }) == sources.end();
}

RC_GTEST_PROP(Publish, HandsPiecesOnInOrderWithTruePrefixSums, ()) {
  const auto threads = *rc::gen::element(1U, 2U, 3U, 4U, 16U);
  Memory memory(numbered_lines(*rc::gen::inRange(0U, 500U)), some_supply(),
                *rc::gen::inRange<std::uint64_t>(1, 400), threads);
  Numbering numbering(*rc::gen::inRange(1U, 20U));
  const EngineResult result = Engine(*memory.supply, {threads, {}, nullptr}, numbering.handlers).run();
  RC_ASSERT(result.end == EngineResult::End::Complete);
  RC_ASSERT(numbering.delivered == Numbering::expected(memory.text, memory.text.size()));
  RC_ASSERT(are_adjacent(numbering.sources));
  RC_ASSERT(result.covered_end == memory.text.size());
}

// Pieces that left before the damage are neither repeated nor forgotten, and numbers go on behind them.
RC_GTEST_PROP(Publish, GoesOnWithTheRestThatIsValid, ()) {
  const auto threads = *rc::gen::element(1U, 2U, 4U);
  const std::string text = numbered_lines(*rc::gen::inRange(1U, 500U));
  const HostileSource::Wrongs wrongs{.truncate_to = *rc::gen::inRange<std::uint64_t>(0, text.size()),
                                     .truncate_at_view = *rc::gen::inRange<std::uint64_t>(0, 10),
                                     .loss = HostileSource::Loss::Zeros};
  Memory memory(text, Memory::As::Grid, *rc::gen::inRange<std::uint64_t>(20, 900), threads, wrongs);
  Numbering numbering(*rc::gen::inRange(1U, 20U));
  const EngineResult result = Engine(*memory.supply, {threads, {}, nullptr}, numbering.handlers).run();
  RC_ASSERT(numbering.delivered == Numbering::expected(text, result.covered_end));
  RC_ASSERT(are_adjacent(numbering.sources));
  RC_ASSERT((result.end == EngineResult::End::Damaged || result.covered_end == text.size()));
}

// Damage that is found between two pieces of one chunk.
TEST(Publish, CountsWhatHasLeftWhenTheRestIsProcessedAgain) {
  const std::string text = numbered_lines(100);
  Memory memory(text, Memory::As::Grid, 1 << 20, 1);
  Numbering numbering(10);
  const std::uint64_t damaged_from = text.find("55\n");
  int pieces = 0;
  numbering.on_emit = [&] {
    if (++pieces == 2) memory.source->note_damage(damaged_from, hostile_error(Errc::Io, 0));
    return Flow::Continue;
  };
  const EngineResult result = Engine(*memory.supply, {1, {}, nullptr}, numbering.handlers).run();
  EXPECT_EQ(result.end, EngineResult::End::Damaged);
  EXPECT_EQ(result.covered_end, damaged_from);
  EXPECT_EQ(numbering.delivered, Numbering::expected(text, damaged_from));
}

RC_GTEST_PROP(Stop, FromEmitEndsWithExactlyWhatWasEmitted, ()) {
  const auto threads = *rc::gen::element(1U, 2U, 4U);
  Memory memory(numbered_lines(300), some_supply(), *rc::gen::inRange<std::uint64_t>(1, 200), threads);
  Numbering numbering(*rc::gen::inRange(1U, 20U));
  const auto blocks = *rc::gen::inRange(1, 30);
  int emitted = 0;
  numbering.on_emit = [&] { return ++emitted >= blocks ? Flow::Stop : Flow::Continue; };
  ScanProgress progress;
  const EngineResult result = Engine(*memory.supply, {threads, {}, &progress}, numbering.handlers).run();
  RC_ASSERT(emitted <= blocks);
  RC_ASSERT((result.end == EngineResult::End::StoppedByEmit || result.covered_end == memory.text.size()));
  RC_ASSERT(numbering.delivered == Numbering::expected(memory.text, result.covered_end));
  RC_ASSERT(progress.done == result.covered_end);
}

// Where a handler throws, and at which call.
struct Thrower {
  enum class Where : std::uint8_t { Measure, Process, Emit, Piece };
  Where where;
  int at_call;
  std::atomic<int> calls{0};
  void call(Where here) {
    if (here == where && calls.fetch_add(1) == at_call) throw std::runtime_error("thrown by a handler");
  }
};

RC_GTEST_PROP(Exceptions, OfHandlersReachTheCaller, ()) {
  const auto threads = *rc::gen::element(1U, 2U, 4U, 16U);
  Memory memory(numbered_lines(300), some_supply(), *rc::gen::inRange<std::uint64_t>(1, 100), threads);
  Thrower thrower{*rc::gen::element(Thrower::Where::Measure, Thrower::Where::Process, Thrower::Where::Emit,
                                    Thrower::Where::Piece),
                  *rc::gen::inRange(0, 8)};
  std::atomic<bool> in_piece = false;
  scan_detail::Handlers handlers;
  handlers.measure = [&](const Chunk&) {
    thrower.call(Thrower::Where::Measure);
    return std::uint64_t{1};
  };
  handlers.process = [&](const Chunk& chunk, std::size_t, ChunkTurn& turn) {
    static_cast<void>(turn.prefix());
    thrower.call(Thrower::Where::Process);
    if (turn.publish(chunk.offset + chunk.bytes.size() - 1) == Flow::Stop) return;
  };
  handlers.emit = [&](std::size_t, ByteRange source) {
    thrower.call(source.size() == 1 ? Thrower::Where::Emit : Thrower::Where::Piece);
    return Flow::Continue;
  };
  Engine engine(*memory.supply, {threads, {}, nullptr}, handlers);
  try {
    static_cast<void>(engine.run());
    RC_ASSERT(thrower.calls <= thrower.at_call);
  } catch (const std::runtime_error& error) {
    RC_ASSERT(std::string{error.what()} == "thrown by a handler");
  }
}

// A handler that swallows what emit threw at it does not bring the scan to a halt.
TEST(Exceptions, SwallowedByProcessDoNotHang) {
  Memory memory(numbered_lines(300), Memory::As::Grid, 10, 3);
  scan_detail::Handlers handlers;
  std::atomic<int> emits = 0;
  handlers.process = [&](const Chunk& chunk, std::size_t, ChunkTurn& turn) {
    try {
      static_cast<void>(turn.publish(chunk.offset + chunk.bytes.size()));
    } catch (const std::runtime_error&) {
    }
  };
  handlers.emit = [&](std::size_t, ByteRange) -> Flow {
    if (++emits == 5) throw std::runtime_error("once");
    return Flow::Continue;
  };
  const EngineResult result = Engine(*memory.supply, {3, {}, nullptr}, handlers).run();
  EXPECT_EQ(result.covered_end, memory.text.size());
}

TEST(Exceptions, OfTheSupplyReachTheCaller) {
  for (const unsigned threads : {1U, 4U}) {
    for (const std::uint64_t at : {0U, 3U}) {
      Memory grid(numbered_lines(300), Memory::As::Grid, 20, threads, {.throw_at_view = at});
      Numbering numbering(3);
      EXPECT_THROW(static_cast<void>(Engine(*grid.supply, {threads, {}, nullptr}, numbering.handlers).run()),
                   std::bad_alloc);

      HostileInput input(numbered_lines(300), {.throw_at_read = at});
      StreamSupply stream(input, {0, UINT64_MAX}, 20, {Records::lines(), 1000, 0}, threads, {});
      Numbering again(3);
      EXPECT_THROW(static_cast<void>(Engine(stream, {threads, {}, nullptr}, again.handlers).run()),
                   std::bad_alloc);
    }
  }
}

TEST(Cancellation, BeforeTheStartDeliversNothing) {
  std::stop_source stop;
  stop.request_stop();
  for (const auto as : {Memory::As::Grid, Memory::As::GridInDepth, Memory::As::Stream}) {
    Memory memory(numbered_lines(100), as, 10, 2);
    Numbering numbering(1);
    const EngineResult result =
        Engine(*memory.supply, {2, stop.get_token(), nullptr}, numbering.handlers).run();
    EXPECT_EQ(result.end, EngineResult::End::Cancelled);
    EXPECT_EQ(result.covered_end, 0U);
    EXPECT_EQ(numbering.delivered, "");
  }
}

RC_GTEST_PROP(Cancellation, InTheMiddleLeavesATruePrefix, ()) {
  const auto threads = *rc::gen::element(1U, 2U, 4U);
  Memory memory(numbered_lines(400), some_supply(), *rc::gen::inRange<std::uint64_t>(1, 100), threads);
  Numbering numbering(*rc::gen::inRange(1U, 20U));
  std::stop_source stop;
  const auto blocks = *rc::gen::inRange(1, 60);
  int emitted = 0;
  numbering.on_emit = [&] {
    if (++emitted == blocks) stop.request_stop();
    return Flow::Continue;
  };
  const EngineResult result =
      Engine(*memory.supply, {threads, stop.get_token(), nullptr}, numbering.handlers).run();
  RC_ASSERT((result.end == EngineResult::End::Cancelled || result.covered_end == memory.text.size()));
  RC_ASSERT(numbering.delivered == Numbering::expected(memory.text, result.covered_end));
}

// Input that never comes must not keep a scan that has all it wants, or that was told to end.
class Silence : public testing::TestWithParam<unsigned> {
 protected:
  HostileInput input_{numbered_lines(100), {.piece_max = 7, .silent_from = 200}};
  Numbering numbering_{1000};  // no pieces: publishing would wait for its turn

  // Where there are others, until one of them waits for what never comes.
  void wait_for_silence() const {
    while (GetParam() > 1 && !input_.is_silent()) std::this_thread::yield();
  }
};

TEST_P(Silence, EndsWhenEmitStops) {
  StreamSupply supply(input_, {0, UINT64_MAX}, 50, {Records::lines(), 1000, 0}, GetParam(), {});
  numbering_.on_emit = [&] {
    wait_for_silence();
    return Flow::Stop;
  };
  const EngineResult result = Engine(supply, {GetParam(), {}, nullptr}, numbering_.handlers).run();
  EXPECT_EQ(result.end, EngineResult::End::StoppedByEmit);
  EXPECT_EQ(numbering_.delivered, Numbering::expected(numbered_lines(100), result.covered_end));
}

TEST_P(Silence, EndsWhenAHandlerThrows) {
  StreamSupply supply(input_, {0, UINT64_MAX}, 50, {Records::lines(), 1000, 0}, GetParam(), {});
  numbering_.on_emit = [&]() -> Flow {
    wait_for_silence();
    throw std::runtime_error("enough");
  };
  EXPECT_THROW(static_cast<void>(Engine(supply, {GetParam(), {}, nullptr}, numbering_.handlers).run()),
               std::runtime_error);
}

TEST_P(Silence, EndsWhenCancelled) {
  std::stop_source stop;
  StreamSupply supply(input_, {0, UINT64_MAX}, 50, {Records::lines(), 1000, 0}, GetParam(), stop.get_token());
  std::jthread canceller;
  int emitted = 0;
  numbering_.on_emit = [&] {
    if (++emitted == 1) canceller = std::jthread([&] { stop.request_stop(); });
    return Flow::Continue;
  };
  const EngineResult result =
      Engine(supply, {GetParam(), stop.get_token(), nullptr}, numbering_.handlers).run();
  EXPECT_NE(result.end, EngineResult::End::Complete);
  EXPECT_EQ(numbering_.delivered, Numbering::expected(numbered_lines(100), result.covered_end));
}

// The search for a record's end goes on where it stopped: from the beginning again it would take hours.
TEST(LongRecord, ArrivingInSmallPiecesIsSearchedOnce) {
  const std::string text(8U << 20, 'x');
  HostileInput input(text, {.piece_max = 64});
  StreamSupply supply(input, {0, UINT64_MAX}, 1000, {Records::lines(), 1U << 30, 0}, 1, {});
  Delivered delivered;
  EXPECT_EQ(collect(supply, {1, {}, nullptr}, delivered).end, EngineResult::End::Complete);
  EXPECT_TRUE(delivered.text == text);
}

INSTANTIATE_TEST_SUITE_P(Threads, Silence, testing::Values(1U, 2U, 4U));

TEST(Window, BoundsTheBlocksThatWait) {
  // The first chunk takes its time: the others must not run ahead of it without bounds.
  Memory memory(numbered_lines(2000), Memory::As::Grid, 10, 4);
  std::atomic<std::uint64_t> slots = 0;
  std::atomic<std::uint64_t> furthest = 0;
  std::atomic<std::uint64_t> at_release = 0;
  scan_detail::Handlers handlers;
  handlers.prepare = [&](std::size_t count) { slots = count; };
  handlers.process = [&](const Chunk& chunk, std::size_t, ChunkTurn&) {
    std::uint64_t seen = furthest;
    while (seen < chunk.index && !furthest.compare_exchange_weak(seen, chunk.index)) {
    }
    if (chunk.index != 0) return;
    while (furthest + 1 < slots) std::this_thread::yield();
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    at_release = furthest.load();
  };
  handlers.emit = [](std::size_t, ByteRange) { return Flow::Continue; };
  const EngineResult result = Engine(*memory.supply, {4, {}, nullptr}, handlers).run();
  EXPECT_EQ(at_release + 1, slots);
  EXPECT_EQ(result.covered_end, memory.text.size());
}

}  // namespace
}  // namespace folio::scan
