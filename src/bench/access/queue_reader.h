// SPDX-License-Identifier: Apache-2.0
// Reads of one thread through io_uring, several under way at once.
#pragma once

#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <utility>

#include "bench/access/situation.h"
#include "folio/bytes.h"
#include "folio/file.h"
#include "os/uring.h"

namespace folio::bench {

class QueueReader {
 public:
  /// `file` must outlive it. Unsupported where there is no io_uring.
  [[nodiscard]] static Result<QueueReader> open(const File& file, const MethodSpec& method);

  /// Reads each range that `next` gives, at most a block long, until it gives none; `look` sees their bytes
  /// in that order.
  [[nodiscard]] Result<void> run(const std::function<std::optional<ByteRange>()>& next,
                                 const std::function<Result<void>(ByteView)>& look);

 private:
  struct Pending {
    unsigned slot;
    std::uint64_t size;
  };
  QueueReader(std::unique_ptr<os::UringQueue> queue, const MethodSpec& method)
      : queue_(std::move(queue)), method_(method) {}
  [[nodiscard]] Result<void> start(unsigned slot, ByteRange range);

  std::unique_ptr<os::UringQueue> queue_;
  MethodSpec method_;
  std::deque<Pending> pending_;
};

}  // namespace folio::bench
