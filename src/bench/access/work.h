// SPDX-License-Identifier: Apache-2.0
// What the methods share: the work on the bytes, the threads, and who takes which part.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <functional>
#include <optional>

#include "bench/access/situation.h"
#include "folio/bytes.h"
#include "folio/error.h"

namespace folio::bench {

/// The same number for the same bytes, however they are cut.
[[nodiscard]] std::uint64_t look_at(WorkKind work, ByteView bytes);

/// Hands out the parts of `total` bytes, `step` at a time, to several threads.
class Cursor {
 public:
  Cursor(std::uint64_t total, std::uint64_t step) : total_(total), step_(step) {}

  [[nodiscard]] std::optional<ByteRange> take() {
    const std::uint64_t begin = next_.fetch_add(step_, std::memory_order_relaxed);
    if (begin >= total_) return std::nullopt;
    return ByteRange{begin, std::min(begin + step_, total_)};
  }

 private:
  std::uint64_t total_;
  std::uint64_t step_;
  std::atomic<std::uint64_t> next_{0};
};

/// Runs `body` once on each of `threads` threads, the calling one included, and sums what they return. The
/// first error of a thread is the error of all.
[[nodiscard]] Result<std::uint64_t> sum_over_threads(unsigned threads,
                                                     const std::function<Result<std::uint64_t>()>& body);

}  // namespace folio::bench
