// SPDX-License-Identifier: Apache-2.0
#include "bench/access/random_methods.h"

#include "bench/access/map_spec.h"
#include "bench/access/queue_reader.h"
#include "bench/access/work.h"
#include "bench/rounds.h"
#include "core/try.h"

namespace folio::bench {

namespace {

constexpr std::uint64_t kPlacesAtATime = 256;

class Visit {
 public:
  Visit(const Task& task, const File& file)
      : task_(task),
        file_(file),
        block_(task.situation.shape == Shape::Touch64 ? kTouchBlock : kRandomBlock),
        cursor_(task.places.size(), kPlacesAtATime) {}

  Result<std::uint64_t> run() {
    switch (task_.method.method) {
      case Method::Read:
        return on_threads([this] { return by_reading(); });
      case Method::Uring:
        return on_threads([this] { return by_queue(file_); });
      case Method::Direct: {
        const File direct = FOLIO_TRY(File::open(file_.path(), {.caching = Caching::Direct}));
        return on_threads([&] { return by_queue(direct); });
      }
      default:
        break;
    }
    const Mapping mapping = FOLIO_TRY(map_as(task_.method.method, file_));
    const std::uint64_t sum = FOLIO_TRY(on_threads([&] { return by_mapping(mapping.bytes()); }));
    return checked(mapping, sum);
  }

 private:
  template <class Body>
  Result<std::uint64_t> on_threads(Body body) {
    return sum_over_threads(task_.situation.threads, body);
  }

  [[nodiscard]] std::uint64_t look(ByteView bytes) const { return look_at(task_.situation.work, bytes); }

  /// Calls `visit(offset)` for each place that falls to this thread.
  template <class VisitPlace>
  Result<void> for_each_place(VisitPlace visit) {
    while (const auto part = cursor_.take()) {
      FOLIO_TRY(check_stop(task_.stop));
      for (const std::uint64_t place : task_.places.subspan(part->begin, part->size())) {
        FOLIO_TRY(visit(place));
      }
    }
    return {};
  }

  Result<std::uint64_t> by_mapping(ByteView bytes) {
    std::uint64_t sum = 0;
    const auto visit = [&](std::uint64_t place) -> Result<void> {
      sum += look(bytes.subspan(place, block_));
      return {};
    };
    FOLIO_TRY(for_each_place(visit));
    return sum;
  }

  Result<std::uint64_t> by_reading() {
    HeapBuffer buffer(kRandomBlock);
    const MutableByteView target = buffer.bytes().first(block_);
    std::uint64_t sum = 0;
    const auto visit = [&](std::uint64_t place) -> Result<void> {
      sum += look(target.first(FOLIO_TRY(file_.read_at(place, target))));
      return {};
    };
    FOLIO_TRY(for_each_place(visit));
    return sum;
  }

  Result<std::uint64_t> by_queue(const File& file) {
    auto queue = FOLIO_TRY(QueueReader::open(file, task_.method));
    std::uint64_t sum = 0;
    ByteRange mine{0, 0};
    const auto next = [&]() -> std::optional<ByteRange> {
      if (mine.empty()) mine = cursor_.take().value_or(ByteRange{0, 0});
      if (mine.empty()) return std::nullopt;
      const std::uint64_t place = task_.places[mine.begin++];
      return ByteRange{place, place + block_};
    };
    const auto look_at_block = [&](ByteView bytes) -> Result<void> {
      sum += look(bytes);
      return check_stop(task_.stop);
    };
    FOLIO_TRY(queue.run(next, look_at_block));
    return sum;
  }

  const Task& task_;
  const File& file_;
  std::uint64_t block_;
  Cursor cursor_;
};

}  // namespace

Result<Answer> visit_places(const Task& task) {
  const File file = FOLIO_TRY(File::open(task.paths.front()));
  return Answer{.value = FOLIO_TRY(Visit(task, file).run())};
}

}  // namespace folio::bench
