// SPDX-License-Identifier: Apache-2.0
// What hands chunks to the engine's workers: a grid of cells over a Source, or a stream that is read in
// turns.
//
// Threads: fetch() and prefetch() are called by several workers at once, each with its own worker number.
#pragma once

#include <cstdint>
#include <optional>

#include "folio/scan.h"

namespace folio::scan {

/// What a fetch found.
enum class Fetched : std::uint8_t {
  Whole,      ///< All records of the chunk; there may be none.
  CutShort,   ///< The first of them only: damage was noted where they end.
  BehindEnd,  ///< No such chunk.
};

class ChunkSupply {
 public:
  ChunkSupply() = default;
  ChunkSupply(const ChunkSupply&) = delete;
  ChunkSupply& operator=(const ChunkSupply&) = delete;
  virtual ~ChunkSupply() = default;

  /// Number of chunks; nothing where only reading on can tell.
  [[nodiscard]] virtual std::optional<std::uint64_t> count() const = 0;
  /// Chunks that a worker may claim before it works on the first of them.
  [[nodiscard]] virtual unsigned depth() const = 0;
  virtual void prefetch(unsigned worker, std::uint64_t index) = 0;
  /// Chunk `index`, valid until this worker's next prefetch or fetch. Until close(), every claimed index is
  /// fetched once, by each worker in the order of its claims.
  [[nodiscard]] virtual Fetched fetch(unsigned worker, std::uint64_t index, Chunk& chunk) = 0;
  /// No further chunk is of use: ends every fetch that waits for input or for its turn. May be called more
  /// than once.
  virtual void close() {}

  /// Everything delivered so far is valid before this offset. Called once per chunk, before it is published.
  [[nodiscard]] virtual std::uint64_t valid_end() = 0;
  [[nodiscard]] virtual std::optional<Error> damage() const = 0;
  /// How the bytes of the worker's last chunk were reached.
  [[nodiscard]] virtual Access access(unsigned worker) const = 0;
  /// Where the scan begins, and where it ends if all goes well and the end is known.
  [[nodiscard]] virtual ByteRange extent() const = 0;
};

}  // namespace folio::scan
