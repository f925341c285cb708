// SPDX-License-Identifier: Apache-2.0
// What reading in sequence and at random places share: who works, on which descriptor, through which queue.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>

#include "bench/access/map_spec.h"
#include "bench/access/methods.h"
#include "bench/access/queue_reader.h"
#include "bench/access/work.h"
#include "bench/rounds.h"
#include "core/try.h"
#include "folio/file.h"
#include "folio/mapping.h"

namespace folio::bench {

class FileTask {
 public:
  FileTask(const Task& task, const File& file) : task_(task), file_(file) {}

 protected:
  /// What a queue of one thread is to read next.
  using Next = std::function<std::optional<ByteRange>()>;

  [[nodiscard]] const Task& task() const { return task_; }
  [[nodiscard]] const File& file() const { return file_; }
  [[nodiscard]] std::uint64_t look(ByteView bytes) const { return look_at(task_.situation.work, bytes); }

  /// The sum of what `body()` returns on each thread.
  template <class Body>
  Result<std::uint64_t> on_threads(Body body) {
    return sum_over_threads(task_.situation.threads, body);
  }

  /// The same for `body(Mapping&)` on a mapping of the whole file.
  template <class Body>
  Result<std::uint64_t> by_mapping(Body body) {
    Mapping mapping = FOLIO_TRY(map_as(task_.method.method, file_));
    const auto on_mapping = [&] { return body(mapping); };
    const std::uint64_t sum = FOLIO_TRY(on_threads(on_mapping));
    return checked(mapping, sum);
  }

  /// Through io_uring, past the page cache where the method is so. `make_next()` gives each thread its Next.
  template <class MakeNext>
  Result<std::uint64_t> by_queues(MakeNext make_next) {
    std::optional<File> direct;
    if (task_.method.method == Method::Direct) {
      direct = FOLIO_TRY(File::open(file_.path(), {.caching = Caching::Direct}));
    }
    const File& through = direct ? *direct : file_;
    return on_threads([&] { return by_queue(through, make_next()); });
  }

 private:
  Result<std::uint64_t> by_queue(const File& through, const Next& next) {
    auto queue = FOLIO_TRY(QueueReader::open(through, task_.method));
    std::uint64_t sum = 0;
    const auto look_at_block = [&](ByteView bytes) -> Result<void> {
      sum += look(bytes);
      return check_stop(task_.stop);
    };
    FOLIO_TRY(queue.run(next, look_at_block));
    return sum;
  }

  const Task& task_;
  const File& file_;
};

}  // namespace folio::bench
