// SPDX-License-Identifier: Apache-2.0
// Chunks from something that can only be read in sequence. Workers read in turns, each into its own buffer;
// the unfinished record at the end of one chunk is carried over to the next.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <stop_token>
#include <vector>

#include "folio/stream.h"
#include "os/aligned_buffer.h"
#include "scan/cutter.h"
#include "scan/supply.h"

namespace folio::scan {

class StreamSupply final : public ChunkSupply {
 public:
  /// Delivers records that begin in `range`, as far as `input` has them. `stop` ends a wait for input.
  /// `begin` is the offset of the first byte that the input will give.
  StreamSupply(ByteStream& input, ByteRange range, std::uint64_t chunk_size, CutRules rules, unsigned workers,
               std::stop_token stop, std::uint64_t begin = 0);

  [[nodiscard]] std::optional<std::uint64_t> count() const override { return std::nullopt; }
  [[nodiscard]] unsigned depth() const override { return 1; }
  void prefetch(unsigned, std::uint64_t) override {}
  [[nodiscard]] Fetched fetch(unsigned worker, std::uint64_t index, Chunk& chunk) override;
  void close() override;
  [[nodiscard]] std::uint64_t valid_end() override;
  [[nodiscard]] std::optional<Error> damage() const override;
  [[nodiscard]] Access access(unsigned) const override { return Access::Stream; }
  [[nodiscard]] ByteRange extent() const override { return range_; }

 private:
  struct Filled {
    std::uint64_t size = 0;  // bytes in the buffer
    enum class Input : std::uint8_t { Open, Ended } input = Input::Open;
  };
  enum class State : std::uint8_t { Reading, Ended };
  [[nodiscard]] Fetched take_turn(unsigned worker, std::uint64_t index, Chunk& chunk);
  [[nodiscard]] State read_chunk(unsigned worker, std::uint64_t index, Chunk& chunk);
  [[nodiscard]] Filled gather(os::AlignedBuffer& buffer);
  [[nodiscard]] bool first_record_is_too_long(ByteView bytes) const;
  [[nodiscard]] std::uint64_t left_of_range(std::uint64_t size) const;
  [[nodiscard]] bool skip_to_range();
  [[nodiscard]] bool skip_to(std::uint64_t offset);
  [[nodiscard]] bool skip_record();
  [[nodiscard]] std::uint64_t read_dropped(MutableByteView target);
  [[nodiscard]] bool wait_for_input();
  [[nodiscard]] Filled fill(os::AlignedBuffer& buffer, std::uint64_t size, std::uint64_t target);
  [[nodiscard]] bool ends_a_record(ByteView arrived, std::uint64_t size) const;
  [[nodiscard]] std::uint64_t whole_records(ByteView bytes, Filled filled) const;
  [[nodiscard]] std::uint64_t owned_records(ByteView bytes, std::uint64_t whole) const;
  void note(std::uint64_t offset, Error error);

  ByteStream& input_;
  ByteRange range_;
  std::uint64_t chunk_size_;
  CutRules rules_;
  std::stop_token stop_;
  std::vector<os::AlignedBuffer> buffers_;

  mutable std::mutex mutex_;
  std::condition_variable turn_;
  std::atomic<bool> closed_ = false;
  std::uint64_t next_index_ = 0;
  State state_ = State::Reading;
  // Touched only by the worker whose turn it is.
  std::uint64_t position_ = 0;      // stream offset of the first carried byte
  std::vector<std::byte> carried_;  // begin of a record that has not ended yet
  bool in_range_ = false;
  std::optional<Error> damage_;
  std::uint64_t damaged_from_ = UINT64_MAX;
};

}  // namespace folio::scan
