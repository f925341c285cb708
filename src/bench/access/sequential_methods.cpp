// SPDX-License-Identifier: Apache-2.0
#include "bench/access/sequential_methods.h"

#include <algorithm>
#include <utility>

#include "bench/access/file_task.h"
#include "core/try.h"

namespace folio::bench {

namespace {

// What a thread takes at a time from a mapping: small enough that all of them end together.
constexpr std::uint64_t kMapStep = 1 << 20;

std::uint64_t passes_of(const Situation& situation) {
  return situation.shape == Shape::Passes ? kPasses : 1;
}

/// The passes as one long row of parts, so that no thread waits for the others between them.
class PassCursor {
 public:
  PassCursor(std::uint64_t size, std::uint64_t passes, std::uint64_t step)
      : size_(size), step_(step), cells_((size + step - 1) / step), cursor_(cells_ * passes, 1) {}

  [[nodiscard]] std::optional<ByteRange> take() {
    const auto cell = cursor_.take();
    if (!cell) return std::nullopt;
    const std::uint64_t begin = cell->begin % cells_ * step_;
    return ByteRange{begin, std::min(begin + step_, size_)};
  }

 private:
  std::uint64_t size_;
  std::uint64_t step_;
  std::uint64_t cells_;
  Cursor cursor_;
};

class Scan : public FileTask {
 public:
  Scan(const Task& task, const File& file)
      : FileTask(task, file),
        cursor_(file.size(), passes_of(task.situation),
                is_mapped(task.method.method) && task.method.block == 0 ? kMapStep : task.method.block) {}

  Result<std::uint64_t> run() {
    switch (task().method.method) {
      case Method::MapWindow:
        return on_threads([this] { return by_windows(); });
      case Method::Read:
        return on_threads([this] { return by_reading(); });
      case Method::Uring:
      case Method::Direct:
        return by_queues([this] { return Next{[this] { return cursor_.take(); }}; });
      default:
        return by_mapping([this](Mapping& mapping) { return look_at_parts(mapping); });
    }
  }

 private:
  Result<std::uint64_t> look_at_parts(Mapping& mapping) {
    std::uint64_t sum = 0;
    while (const auto part = cursor_.take()) {
      FOLIO_TRY(check_stop(task().stop));
      if (task().method.method == Method::MapPopulate) FOLIO_TRY(mapping.populate(Touch::Read, *part));
      sum += look(mapping.bytes().subspan(part->begin, part->size()));
    }
    return sum;
  }

  Result<std::uint64_t> by_windows() {
    std::uint64_t sum = 0;
    while (const auto part = cursor_.take()) {
      FOLIO_TRY(check_stop(task().stop));
      const Mapping window = FOLIO_TRY(map_as(Method::Map, file(), *part));
      sum = FOLIO_TRY(checked(window, sum + look(window.bytes())));
    }
    return sum;
  }

  Result<std::uint64_t> by_reading() {
    os::HeapBuffer buffer(task().method.block);
    std::uint64_t sum = 0;
    while (const auto part = cursor_.take()) {
      FOLIO_TRY(check_stop(task().stop));
      const MutableByteView target = buffer.bytes().first(part->size());
      sum += look(target.first(FOLIO_TRY(file().read_at(part->begin, target))));
    }
    return sum;
  }

  PassCursor cursor_;
};

struct Sum {
  std::uint64_t value = 0;
  void merge(Sum other) { value += other.value; }
};

Result<Answer> answer_of(Result<Reduced<Sum>> scanned) {
  if (!scanned) return std::unexpected(std::move(scanned).error());
  if (scanned->report.problem) return std::unexpected(*scanned->report.problem);
  return Answer{.value = scanned->value.value, .used = scanned->report.stats.access};
}

}  // namespace

Result<Answer> scan_by(const Task& task) {
  const File file = FOLIO_TRY(File::open(task.paths.front()));
  return Answer{.value = FOLIO_TRY(Scan(task, file).run())};
}

Result<Answer> scan_by_plan(const Task& task) {
  const File file = FOLIO_TRY(File::open(task.paths.front()));
  ScanOptions options;
  options.threads = task.situation.threads == task.cores ? 0 : task.situation.threads;
  options.records = Records::none();
  options.stop = task.stop;
  const auto fold = [&](Sum& sum, const Chunk& chunk) {
    sum.value += look_at(task.situation.work, chunk.bytes);
  };
  if (task.situation.shape != Shape::Passes) return answer_of(scan_reduce<Sum>(file, options, fold));
  const ScanSession session = FOLIO_TRY(ScanSession::open(file));
  Answer all;
  for (unsigned pass = 0; pass < kPasses; ++pass) {
    const Answer answer = FOLIO_TRY(answer_of(scan_reduce<Sum>(session, options, fold)));
    all = {.value = all.value + answer.value, .used = answer.used};
  }
  return all;
}

Result<std::uint64_t> FileReader::whole_file(const std::string& path) {
  if (method_.method == Method::Auto) {
    const Task task{.paths = {&path, 1}, .situation = {.work = work_, .threads = 1}, .method = method_};
    const Answer answer = FOLIO_TRY(scan_by_plan(task));
    used_ = answer.used;
    return answer.value;
  }
  const File file = FOLIO_TRY(File::open(path));
  return is_mapped(method_.method) ? by_mapping(file) : by_reading(file);
}

Result<std::uint64_t> FileReader::by_mapping(const File& file) const {
  const Mapping mapping = FOLIO_TRY(map_as(method_.method, file));
  return checked(mapping, look_at(work_, mapping.bytes()));
}

Result<std::uint64_t> FileReader::by_reading(const File& file) {
  std::uint64_t sum = 0;
  for (std::uint64_t offset = 0; offset < file.size();) {
    const std::size_t got = FOLIO_TRY(file.read_at(offset, buffer_.bytes()));
    if (got == 0) break;
    sum += look_at(work_, buffer_.bytes().first(got));
    offset += got;
  }
  return sum;
}

}  // namespace folio::bench
