// SPDX-License-Identifier: Apache-2.0
#include "bench/disk_limits.h"

#include <algorithm>
#include <array>
#include <functional>
#include <memory>
#include <random>
#include <span>
#include <utility>

#include "bench/rounds.h"
#include "core/checked.h"
#include "core/try.h"
#include "os/aligned_buffer.h"
#include "os/uring.h"

namespace folio::bench {

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::uint64_t kKib = 1024;
constexpr std::uint64_t kMib = 1024 * kKib;
constexpr std::uint64_t kRandomBlock = 4 * kKib;
constexpr std::uint64_t kMemoryMax = 64 * kMib;  // of all buffers together

/// How the disk is asked.
struct Way {
  std::uint64_t block = 0;
  unsigned depth = 1;
};

// The most promising first, since the budget may end before the others: on a virtual disk 256 KiB were the
// best size in most runs, with much noise.
constexpr std::array kSequentialWays = std::to_array<Way>({{256 * kKib, 32},
                                                           {1 * kMib, 16},
                                                           {256 * kKib, 8},
                                                           {4 * kMib, 8},
                                                           {1 * kMib, 4},
                                                           {512 * kKib, 16},
                                                           {2 * kMib, 32},
                                                           {1 * kMib, 1},
                                                           {4 * kMib, 2},
                                                           {4 * kMib, 1}});
constexpr std::array kRandomDepths = std::to_array<unsigned>({1, 8, 32, 64});

Error error_of(Errc code, std::string detail) {
  return {.code = code, .system_errno = 0, .path = {}, .offset = std::nullopt, .detail = std::move(detail)};
}

std::string size_text(std::uint64_t bytes) {
  if (bytes >= kMib && bytes % kMib == 0) return std::to_string(bytes / kMib).append(" MiB");
  return std::to_string(bytes / kKib).append(" KiB");
}

/// Gives the number of the next block to read.
using NextBlock = std::function<std::uint64_t()>;

struct Amount {
  std::uint64_t bytes = 0;
  std::uint64_t reads = 0;
  double seconds = 0;
};

/// Reads one file past the page cache for some time, in one way after the other.
class DiskReader {
 public:
  DiskReader(const File& file, DirectReads reads, std::stop_token stop)
      : file_(file), reads_(reads), stop_(std::move(stop)) {}

  [[nodiscard]] DirectReads reads() const { return reads_; }
  [[nodiscard]] std::uint64_t blocks(std::uint64_t block) const { return (file_.size() + block - 1) / block; }

  [[nodiscard]] Result<DiskRate> measure(Way way, Clock::duration time, const NextBlock& next) {
    const Amount amount =
        FOLIO_TRY(reads_ == DirectReads::Several ? several(way, time, next) : one_by_one(way, time, next));
    std::string by = std::string{"O_DIRECT, "}.append(size_text(way.block));
    if (reads_ == DirectReads::Several) {
      by.append(", depth ").append(std::to_string(way.depth));
    } else {
      by.append(", pread");
    }
    return DiskRate{.bytes_per_second = rate(amount.bytes, amount.seconds),
                    .operations_per_second = rate(amount.reads, amount.seconds),
                    .depth = way.depth,
                    .block = way.block,
                    .by = std::move(by)};
  }

 private:
  [[nodiscard]] Result<Amount> one_by_one(Way way, Clock::duration time, const NextBlock& next) {
    os::AlignedBuffer buffer = FOLIO_TRY(os::AlignedBuffer::allocate(way.block));
    Amount amount;
    const auto start = Clock::now();
    do {
      FOLIO_TRY(check_stop(stop_));
      amount.bytes += FOLIO_TRY(file_.read_at(next() * way.block, buffer.bytes()));
      ++amount.reads;
      amount.seconds = std::chrono::duration<double>(Clock::now() - start).count();
    } while (Clock::now() - start < time);
    return amount;
  }

  /// Counts what has arrived until the time was up; what is still under way then is not counted.
  [[nodiscard]] Result<Amount> several(Way way, Clock::duration time, const NextBlock& next) {
    const auto queue = FOLIO_TRY(os::UringQueue::create(file_.descriptor(), way.depth, way.block));
    Amount amount;
    const auto start = Clock::now();
    for (unsigned slot = 0; slot < way.depth; ++slot)
      FOLIO_TRY(queue->start(slot, next() * way.block, way.block));
    while (true) {
      FOLIO_TRY(check_stop(stop_));
      const os::UringQueue::Finished finished = FOLIO_TRY(queue->finish_any());
      amount.bytes += finished.bytes;
      ++amount.reads;
      const auto now = Clock::now();
      amount.seconds = std::chrono::duration<double>(now - start).count();
      if (now - start >= time) return amount;
      FOLIO_TRY(queue->start(finished.slot, next() * way.block, way.block));
    }
  }

  const File& file_;
  DirectReads reads_;
  std::stop_token stop_;
};

/// The ways that differ from each other on a file of this size.
std::vector<Way> sequential_ways(std::uint64_t size, DirectReads reads) {
  std::vector<Way> ways;
  for (Way way : kSequentialWays) {
    way.block = std::min(way.block, round_up(size, kDirectAlignment));
    if (reads == DirectReads::OneByOne) way.depth = 1;
    const auto same = [&](const Way& other) { return other.block == way.block && other.depth == way.depth; };
    if (way.block * way.depth <= kMemoryMax && std::ranges::none_of(ways, same)) ways.push_back(way);
  }
  return ways;
}

/// Goes on where the last way ended, so that a cache in the disk has no part of it for long.
Result<DiskRate> best_sequential(DiskReader& reader, const std::vector<Way>& ways, Clock::duration time) {
  const auto deadline = Clock::now() + time;
  const auto slice = time / static_cast<std::int64_t>(ways.size());
  std::uint64_t place = 0;
  DiskRate best;
  for (const Way& way : ways) {
    if (best.block != 0 && Clock::now() >= deadline) break;
    std::uint64_t block = place / way.block;
    const std::uint64_t blocks = reader.blocks(way.block);
    const NextBlock next = [&] { return block++ % blocks; };
    DiskRate found = FOLIO_TRY(reader.measure(way, slice, next));
    place = block % blocks * way.block;
    if (best.block == 0 || found.bytes_per_second > best.bytes_per_second) best = std::move(found);
  }
  return best;
}

Result<std::vector<DiskRate>> random_rates(DiskReader& reader, Clock::duration time) {
  std::mt19937_64 random(1);
  std::uniform_int_distribution<std::uint64_t> blocks(0, reader.blocks(kRandomBlock) - 1);
  const NextBlock next = [&] { return blocks(random); };
  const std::size_t depths = reader.reads() == DirectReads::Several ? kRandomDepths.size() : 1;
  const auto slice = time / static_cast<std::int64_t>(depths);
  std::vector<DiskRate> rates;
  for (const unsigned depth : std::span(kRandomDepths).first(depths))
    rates.push_back(FOLIO_TRY(reader.measure({.block = kRandomBlock, .depth = depth}, slice, next)));
  return rates;
}

/// The same file again, past the page cache. By its descriptor: its name may be gone.
Result<File> open_direct(const File& file) {
  const bool has_disk = file.kind() == FileKind::BlockDevice ||
                        (file.kind() == FileKind::Regular && file.file_system() != FileSystemKind::Memory &&
                         file.file_system() != FileSystemKind::Pseudo);
  const std::string link = std::string{"/proc/self/fd/"}.append(std::to_string(file.descriptor()));
  if (has_disk) {
    if (auto direct = File::open(link, {.caching = Caching::Direct})) return direct;
  }
  Error error = error_of(Errc::Unsupported, "this file cannot be read past the page cache (O_DIRECT)");
  error.path = file.path();
  return std::unexpected(std::move(error));
}

/// An error that names the descriptor's link, or nothing, made one of the file. Some file systems let
/// O_DIRECT open a file and refuse the read.
Error about(const File& file, Error error) {
  if (error.code == Errc::InvalidArgument) error.code = Errc::Unsupported;
  error.path = file.path();
  return error;
}

Result<DiskLimits> measure_direct(const File& direct, DirectReads reads, Clock::duration budget,
                                  std::stop_token stop) {
  constexpr int kSequentialParts = 3;  // of five parts of the budget
  constexpr int kParts = 5;
  DiskReader reader(direct, reads, std::move(stop));
  const Clock::duration sequential = budget * kSequentialParts / kParts;
  DiskLimits limits;
  limits.sequential = FOLIO_TRY(best_sequential(reader, sequential_ways(direct.size(), reads), sequential));
  limits.random = FOLIO_TRY(random_rates(reader, budget - sequential));
  return limits;
}

}  // namespace

Result<DiskLimits> measure_disk(const File& file, std::chrono::nanoseconds budget, std::stop_token stop,
                                DirectReads reads) {
  const File direct = FOLIO_TRY(open_direct(file));
  if (direct.size() == 0) {
    Error error = error_of(Errc::InvalidArgument, "an empty file tells nothing of its disk");
    error.path = file.path();
    return std::unexpected(std::move(error));
  }
  if (!os::uring_is_available()) reads = DirectReads::OneByOne;
  const auto time = std::chrono::duration_cast<Clock::duration>(budget);
  auto limits = measure_direct(direct, reads, time, std::move(stop));
  if (!limits && limits.error().code != Errc::Cancelled)
    return std::unexpected(about(file, std::move(limits).error()));
  return limits;
}

}  // namespace folio::bench
