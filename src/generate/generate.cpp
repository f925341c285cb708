// SPDX-License-Identifier: Apache-2.0
// generate_file: blocks of a BlockSource, written on all cores.
#include "folio/generate.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <mutex>
#include <span>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

#include "core/try.h"
#include "folio/bytes.h"
#include "folio/limits.h"
#include "folio/mapping.h"
#include "generate/block_source.h"
#include "generate/needle.h"
#include "os/new_file.h"

namespace folio {

namespace {

using generate::BlockCount;
using generate::BlockSource;
using generate::kBlockSize;
using generate::Needle;

constexpr auto kKindNames = std::to_array<std::string_view>({"text", "log", "random", "zeros", "binary"});

Error invalid(std::string detail) {
  return {.code = Errc::InvalidArgument,
          .system_errno = 0,
          .path = {},
          .offset = std::nullopt,
          .detail = std::move(detail)};
}

std::optional<Error> wrong_options(const GenerateOptions& options) {
  if (!options.needle) return std::nullopt;
  if (options.needle->empty()) return invalid("the needle is empty");
  if (options.needle->contains('\n')) return invalid("the needle contains a newline");
  if (options.needle->size() > kNeedleSizeMax) return invalid("the needle is longer than 64 KiB");
  if (options.every == 0)
    return invalid("a needle in every 0 lines has no meaning; the smallest number is 1");
  return std::nullopt;
}

/// What all threads of one call share.
class Job {
 public:
  Job(const GenerateOptions& options, const BlockSource& source, const Needle& needle, const File& file)
      : options_(options), source_(source), needle_(needle), file_(file) {}

  /// Takes blocks until none is left or the job ends early. `buffer` holds a block and its slack.
  void work(std::span<char> buffer) {
    BlockCount counts;
    while (!failed_.load(std::memory_order_relaxed)) {
      if (options_.stop.stop_requested()) {
        fail({.code = Errc::Cancelled,
              .system_errno = 0,
              .path = file_.path(),
              .offset = std::nullopt,
              .detail = "generation was cancelled"});
        break;
      }
      const std::uint64_t index = cursor_.fetch_add(1, std::memory_order_relaxed);
      const std::uint64_t offset = index * kBlockSize;
      if (offset >= options_.size) break;
      const auto size = static_cast<std::size_t>(std::min<std::uint64_t>(kBlockSize, options_.size - offset));
      write_block(index, buffer.first(size), counts);
    }
    const std::scoped_lock lock(mutex_);
    total_.lines += counts.lines;
    total_.needle_count += counts.needle_count;
    total_.needle_lines += counts.needle_lines;
  }

  /// After all threads have ended.
  Result<BlockCount> finish() {
    if (problem_) return std::unexpected(*std::move(problem_));
    return total_;
  }

 private:
  void write_block(std::uint64_t index, std::span<char> block, BlockCount& counts) {
    counts.lines += source_.render(index, block.data(), block.size());
    if (needle_.exists()) {
      const auto found = generate::count_needle({block.data(), block.size()}, needle_.text);
      counts.needle_count += found.count;
      counts.needle_lines += found.lines;
    }
    auto written = file_.write_at(index * kBlockSize, std::as_bytes(block));
    if (!written) return fail(std::move(written).error());
    if (options_.progress != nullptr)
      options_.progress->done.fetch_add(block.size(), std::memory_order_relaxed);
  }

  void fail(Error problem) {
    const std::scoped_lock lock(mutex_);
    if (!problem_) problem_ = std::move(problem);
    failed_.store(true, std::memory_order_relaxed);
  }

  const GenerateOptions& options_;
  const BlockSource& source_;
  const Needle& needle_;
  const File& file_;
  std::atomic<std::uint64_t> cursor_{0};
  std::atomic<bool> failed_{false};
  std::mutex mutex_;
  BlockCount total_;              // guarded by mutex_
  std::optional<Error> problem_;  // guarded by mutex_
};

unsigned thread_count(const GenerateOptions& options) {
  const unsigned wanted = options.threads != 0 ? options.threads : machine_limits().cores;
  const std::uint64_t blocks = options.size / kBlockSize + 1;
  return static_cast<unsigned>(std::clamp<std::uint64_t>(wanted, 1, blocks));
}

/// Runs the job on this thread and on as many others as were asked for and can be had.
Result<BlockCount> run(Job& job, unsigned threads, std::size_t buffer_size) {
  std::vector<Mapping> buffers;
  for (unsigned i = 0; i < threads; ++i) buffers.push_back(FOLIO_TRY(Mapping::anonymous(buffer_size)));
  const auto buffer = [&buffers](unsigned i) {
    const MutableByteView bytes = buffers[i].writable_bytes();
    // SAFETY: char may alias any object.
    return std::span{reinterpret_cast<char*>(bytes.data()), bytes.size()};
  };
  {
    std::vector<std::jthread> others;
    others.reserve(threads);
    try {
      for (unsigned i = 1; i < threads; ++i)
        others.emplace_back([&job, part = buffer(i)] { job.work(part); });
    } catch (const std::system_error&) {
      // The system grants no more threads: those that there are do the work.
    }
    job.work(buffer(0));
  }
  return job.finish();
}

/// Zeros, all in one line, with a needle of zeros: the only one that lies across blocks.
BlockCount count_zeros(std::uint64_t size, const Needle& needle) {
  const std::uint64_t count = size / needle.text.size();
  return {.lines = 0, .needle_count = count, .needle_lines = count == 0 ? 0U : 1U};
}

}  // namespace

std::string_view generate_kind_name(GenerateKind kind) {
  return kKindNames[static_cast<std::size_t>(kind)];
}

std::optional<GenerateKind> parse_generate_kind(std::string_view name) {
  const auto found = std::ranges::find(kKindNames, name);
  if (found == kKindNames.end()) return std::nullopt;
  return static_cast<GenerateKind>(found - kKindNames.begin());
}

Result<Generated> generate_file(const std::filesystem::path& path, const GenerateOptions& options) {
  const auto start = std::chrono::steady_clock::now();
  if (auto problem = wrong_options(options)) return std::unexpected(*std::move(problem));
  if (options.progress != nullptr) {
    options.progress->total = options.size;
    options.progress->done = 0;
  }
  const Needle needle{options.needle ? std::string_view{*options.needle} : std::string_view{}, options.every};
  const auto source = generate::make_source({.kind = options.kind, .seed = options.seed, .needle = needle});

  auto target = FOLIO_TRY(os::NewFile::create(path));
  FOLIO_TRY(target.file().resize(options.size));
  Job job(options, *source, needle, target.file());
  BlockCount counts = FOLIO_TRY(run(job, thread_count(options), kBlockSize + generate::block_slack(needle)));
  if (options.kind == GenerateKind::Zeros && needle.exists()) {
    const bool all_zeros = needle.text.find_first_not_of('\0') == std::string_view::npos;
    if (all_zeros) counts = count_zeros(options.size, needle);
    counts.needle_lines = std::min<std::uint64_t>(counts.needle_lines, 1);
  }
  if (options.durability == Durability::Flushed) FOLIO_TRY(target.file().sync());
  FOLIO_TRY(target.commit());

  const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - start;
  return Generated{.size = options.size,
                   .lines = counts.lines,
                   .needle_count = counts.needle_count,
                   .needle_lines = counts.needle_lines,
                   .seconds = taken.count()};
}

}  // namespace folio
