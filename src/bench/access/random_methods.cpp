// SPDX-License-Identifier: Apache-2.0
#include "bench/access/random_methods.h"

#include "bench/access/file_task.h"
#include "core/try.h"
#include "os/heap_buffer.h"

namespace folio::bench {

namespace {

constexpr std::uint64_t kPlacesAtATime = 256;

class Visit : public FileTask {
 public:
  Visit(const Task& task, const File& file)
      : FileTask(task, file),
        block_(task.situation.shape == Shape::Touch64 ? kTouchBlock : kRandomBlock),
        cursor_(task.places.size(), kPlacesAtATime) {}

  Result<std::uint64_t> run() {
    switch (task().method.method) {
      case Method::Read:
        return on_threads([this] { return by_reading(); });
      case Method::Uring:
      case Method::Direct:
        return by_queues([this] { return next_place(); });
      default:
        return by_mapping([this](const Mapping& mapping) { return look_at_places(mapping.bytes()); });
    }
  }

 private:
  /// Calls `visit(offset)` for each place that falls to this thread.
  template <class VisitPlace>
  Result<void> for_each_place(VisitPlace visit) {
    while (const auto part = cursor_.take()) {
      FOLIO_TRY(check_stop(task().stop));
      for (const std::uint64_t place : task().places.subspan(part->begin, part->size())) {
        FOLIO_TRY(visit(place));
      }
    }
    return {};
  }

  Result<std::uint64_t> look_at_places(ByteView bytes) {
    std::uint64_t sum = 0;
    const auto visit = [&](std::uint64_t place) -> Result<void> {
      sum += look(bytes.subspan(place, block_));
      return {};
    };
    FOLIO_TRY(for_each_place(visit));
    return sum;
  }

  Result<std::uint64_t> by_reading() {
    os::HeapBuffer buffer(kRandomBlock);
    const MutableByteView target = buffer.bytes().first(block_);
    std::uint64_t sum = 0;
    const auto visit = [&](std::uint64_t place) -> Result<void> {
      sum += look(target.first(FOLIO_TRY(file().read_at(place, target))));
      return {};
    };
    FOLIO_TRY(for_each_place(visit));
    return sum;
  }

  Next next_place() {
    return [this, mine = ByteRange{0, 0}]() mutable -> std::optional<ByteRange> {
      if (mine.empty()) mine = cursor_.take().value_or(ByteRange{0, 0});
      if (mine.empty()) return std::nullopt;
      const std::uint64_t place = task().places[mine.begin++];
      return ByteRange{place, place + block_};
    };
  }

  std::uint64_t block_;
  Cursor cursor_;
};

}  // namespace

Result<Answer> visit_places(const Task& task) {
  const File file = FOLIO_TRY(File::open(task.paths.front()));
  return Answer{.value = FOLIO_TRY(Visit(task, file).run())};
}

}  // namespace folio::bench
