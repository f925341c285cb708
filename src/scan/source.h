// SPDX-License-Identifier: Apache-2.0
// The seam between the engine and the ways to reach bytes. A Source is a file (or a test's imitation of one)
// with positional access; a Reader is one worker's window on it.
//
// Whatever goes wrong while bytes are fetched is *damage at an offset*: bytes before it are valid, bytes from
// it on are not. Readers note damage and return what they have; the engine asks valid_end() before it
// publishes a chunk. Threads: Source is shared and thread-safe; a Reader belongs to one worker.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>

#include "folio/bytes.h"
#include "folio/error.h"
#include "folio/scan.h"

namespace folio::scan {

class Reader {
 public:
  Reader() = default;
  Reader(const Reader&) = delete;
  Reader& operator=(const Reader&) = delete;
  virtual ~Reader() = default;

  /// The bytes of `range`, or a prefix of them where damage was noted. Valid until the next call of view() or
  /// prefetch(). A call with the same begin and a larger end keeps what was fetched already.
  [[nodiscard]] virtual ByteView view(ByteRange range) = 0;
  /// Ranges that may be announced with prefetch() before the first of them is viewed.
  [[nodiscard]] virtual unsigned depth() const { return 1; }
  /// Announces a view; ranges are viewed in the order in which they were announced.
  virtual void prefetch(ByteRange range) { static_cast<void>(range); }
  /// How the bytes of the last view were reached.
  [[nodiscard]] virtual Access access() const = 0;
};

class Source {
 public:
  Source() = default;
  Source(const Source&) = delete;
  Source& operator=(const Source&) = delete;
  virtual ~Source() = default;

  /// One past the last readable byte, as known at opening.
  [[nodiscard]] virtual std::uint64_t size() const = 0;
  [[nodiscard]] virtual std::unique_ptr<Reader> open_reader() = 0;

  /// Looks whether the source is still what it was, and returns the offset before which everything read so
  /// far is valid. Called once per chunk.
  [[nodiscard]] virtual std::uint64_t valid_end() { return noted_end(); }
  /// The same by what has been noticed so far, without a look at the file.
  [[nodiscard]] virtual std::uint64_t noted_end() { return damaged_from_.load(std::memory_order_acquire); }

  /// Records that bytes from `offset` on are not to be trusted. The damage nearest to the beginning is kept.
  void note_damage(std::uint64_t offset, Error error) {
    const std::scoped_lock lock(mutex_);
    if (offset >= damaged_from_.load(std::memory_order_relaxed)) return;
    error.offset = offset;
    damage_ = std::move(error);
    damaged_from_.store(offset, std::memory_order_release);
  }
  /// Before another scan of the same source; no reader may be at work.
  void forget_damage() {
    const std::scoped_lock lock(mutex_);
    damaged_from_.store(UINT64_MAX, std::memory_order_release);
    damage_.reset();
  }
  [[nodiscard]] std::optional<Error> damage() const {
    const std::scoped_lock lock(mutex_);
    return damage_;
  }

 private:
  mutable std::mutex mutex_;
  std::atomic<std::uint64_t> damaged_from_{UINT64_MAX};
  std::optional<Error> damage_;
};

}  // namespace folio::scan
