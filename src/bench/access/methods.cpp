// SPDX-License-Identifier: Apache-2.0
#include "bench/access/methods.h"

#include <atomic>

#include "bench/access/random_methods.h"
#include "bench/access/sequential_methods.h"
#include "bench/access/work.h"
#include "bench/rounds.h"
#include "core/try.h"

namespace folio::bench {

namespace {

Result<Answer> sum_of_files(const Task& task) {
  Cursor cursor(task.paths.size(), 1);
  std::atomic<Access> used{Access::Read};
  const auto read_some = [&]() -> Result<std::uint64_t> {
    FileReader reader(task.situation.work, task.method);
    std::uint64_t sum = 0;
    while (const auto next = cursor.take()) {
      FOLIO_TRY(check_stop(task.stop));
      sum += FOLIO_TRY(reader.whole_file(task.paths[next->begin]));
    }
    used.store(reader.used(), std::memory_order_relaxed);
    return sum;
  };
  const std::uint64_t sum = FOLIO_TRY(sum_over_threads(task.situation.threads, read_some));
  return Answer{.value = sum, .used = used.load()};
}

}  // namespace

Result<Answer> run_method(const Task& task) {
  switch (task.situation.shape) {
    case Shape::OnePass:
    case Shape::Passes:
      return task.method.method == Method::Auto ? scan_by_plan(task) : scan_by(task);
    case Shape::Random4K:
    case Shape::Random4KZipf:
    case Shape::Touch64:
      return visit_places(task);
    case Shape::SmallFiles:
      return sum_of_files(task);
  }
  return Answer{};
}

}  // namespace folio::bench
