// SPDX-License-Identifier: Apache-2.0
// Which situations a run goes through.
#include <algorithm>

#include "bench/access/run.h"

namespace folio::bench {

namespace {

constexpr std::uint64_t kMib = 1 << 20;
// A thread takes longer to start than one thread needs for less than this.
constexpr std::uint64_t kParallelSizeMin = 256 << 10;
constexpr std::uint64_t kLargeFolio = 2 * kMib;
constexpr std::uint64_t kRandomSizeMin = 16 * kMib;

class Lister {
 public:
  explicit Lister(const AccessOptions& options) : options_(options) {}

  std::vector<Situation> list() {
    const auto& files = options_.files;
    for (file_ = 0; file_ < files.size(); ++file_) sequential(files[file_].size);
    for (file_ = 0; file_ < options_.small_files.size(); ++file_)
      small_files(options_.small_files[file_].size);
    for (file_ = 0; file_ < files.size(); ++file_) {
      const std::uint64_t size = files[file_].size;
      const bool is_wanted = is_full() || file_ + 1 == files.size();
      if (size >= kRandomSizeMin && is_wanted) random(size);
    }
    file_ = 0;
    if (options_.limited) limited(options_.limited->file.size);
    return std::move(situations_);
  }

 private:
  [[nodiscard]] bool is_full() const { return options_.breadth == Breadth::Full; }

  void add(Shape shape, CacheState state, std::uint64_t size, WorkKind work = WorkKind::Newlines) {
    for (const unsigned threads : options_.threads) {
      if (threads > 1 && size < kParallelSizeMin && shape != Shape::SmallFiles) continue;
      const Situation situation{
          .shape = shape, .work = work, .state = state, .size = size, .threads = threads, .file = file_};
      if (!options_.wanted || options_.wanted(situation)) situations_.push_back(situation);
    }
  }

  void sequential(std::uint64_t size) {
    for (const CacheState state : {CacheState::WarmSmall, CacheState::WarmLarge, CacheState::Cold}) {
      if (state == CacheState::WarmLarge && size < kLargeFolio) continue;
      add(Shape::OnePass, state, size);
      if (state == CacheState::Cold && !is_full()) continue;
      add(Shape::Passes, state, size);
      if (state != CacheState::Cold && is_full()) add(Shape::OnePass, state, size, WorkKind::Sum);
    }
  }

  void small_files(std::uint64_t size) {
    for (const CacheState state : {CacheState::WarmSmall, CacheState::Cold}) {
      add(Shape::SmallFiles, state, size);
    }
  }

  void random(std::uint64_t size) {
    for (const CacheState state : {CacheState::WarmSmall, CacheState::WarmLarge, CacheState::Cold}) {
      for (const Shape shape : {Shape::Random4K, Shape::Random4KZipf, Shape::Touch64}) {
        if (!is_full() && shape == Shape::Random4KZipf) continue;
        add(shape, state, size, WorkKind::Sum);
      }
    }
  }

  void limited(std::uint64_t size) {
    add(Shape::OnePass, CacheState::Limited, size);
    if (is_full()) add(Shape::Passes, CacheState::Limited, size);
  }

  const AccessOptions& options_;
  std::size_t file_ = 0;
  std::vector<Situation> situations_;
};

}  // namespace

std::vector<Situation> situations_of(const AccessOptions& options) {
  return Lister(options).list();
}

}  // namespace folio::bench
