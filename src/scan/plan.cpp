// SPDX-License-Identifier: Apache-2.0
#include "scan/plan.h"

#include <algorithm>
#include <string>

#include "core/checked.h"
#include "folio/residency.h"
#include "os/recent_limits.h"

namespace folio::scan {

namespace {

// PERF: a buffer of up to half a MiB stays in the second-level cache between the copy and the fold, and costs
// few faults when it is touched first; smaller chunks cost more in turns than they save (256 KiB to 1 MiB
// differ by less than 5 %, 64 KiB is a third slower; Sapphire Rapids, 2 cores).
constexpr std::uint64_t kChunkSize = 512ULL << 10;
constexpr std::uint64_t kStreamChunkSize = 512ULL << 10;
// One thread alone has no turns to take, and a file that is read in 100 us feels each fault of the buffer.
constexpr std::uint64_t kSmallFileChunkSize = 128ULL << 10;
// PERF: a mapping needs no buffer that has to stay in the cache, and is read faster in longer stretches: 128
// MiB in folios of 2 MiB take two threads 7.0 ms by 512 KiB, 6.5 ms by 1 MiB and 5.8 ms by 2 MiB.
constexpr std::uint64_t kMappedChunkMax = 2ULL << 20;
// So many for each thread, that all of them end at about the same time.
constexpr std::uint64_t kChunksPerThread = 8;

bool is_seekable(FileKind kind) {
  return kind == FileKind::Regular || kind == FileKind::BlockDevice;
}

void choose_access(Plan& plan, const FileFacts& facts, const MachineLimits& machine,
                   const PlanThresholds& limits) {
  const auto choose = [&](Access access, std::string_view why) {
    plan.access = access;
    plan.why = why;
  };
  if (facts.file_system == FileSystemKind::Network || facts.file_system == FileSystemKind::Fuse) {
    return choose(Access::Read,
                  "a network or user-space file system: reading reports its errors, a mapping cannot");
  }
  if (facts.size < limits.map_size_min) {
    return choose(Access::Read, "a small file: one copy costs less than mapping it");
  }
  // What lies in memory already does not count as available.
  if (facts.file_system != FileSystemKind::Memory && facts.size > machine.memory_available) {
    return choose(Access::Direct,
                  "larger than the memory that may be used: the page cache would only be flushed");
  }
  if (facts.size < limits.copy_size_max && facts.is_cached) {
    return choose(Access::Read,
                  "a cached file that fits into the second-level cache: one copy costs less than mapping it");
  }
  if (facts.size < limits.probe_size_min) {
    return choose(Access::Map, "a file of middling size: mapped, whether it is cached or not");
  }
  plan.probes = true;
  choose(Access::Map,
         "mapped in large pages, which also reads ahead; where it lies in small pages of the "
         "page cache, read if that turns out to be cheaper");
}

// One record that is a whole file: a mapping needs no memory for it, and no copy.
bool is_mapped_whole(const FileFacts& facts, const ScanOptions& options) {
  const bool is_local =
      facts.file_system == FileSystemKind::Local || facts.file_system == FileSystemKind::Memory;
  return options.records.kind == Records::Kind::Whole && is_local && facts.size > 0;
}

void choose_threads(Plan& plan, const FileFacts& facts, const MachineLimits& machine,
                    const ScanOptions& options, const PlanThresholds& limits) {
  plan.threads = options.threads != 0 ? options.threads : machine.cores;
  if (options.threads == 0 && plan.access != Access::Stream && facts.size < limits.parallel_size_min)
    plan.threads = 1;
  if (options.records.kind == Records::Kind::Whole) plan.threads = 1;
}

std::uint64_t mapped_chunk_size(std::uint64_t size, unsigned threads) {
  if (threads == 1) return kMappedChunkMax;
  const std::uint64_t share = round_up(size / (threads * kChunksPerThread), kChunkSize);
  return std::clamp(share, kChunkSize, kMappedChunkMax);
}

std::uint64_t usual_chunk_size(const Plan& plan, const FileFacts& facts, const PlanThresholds& limits) {
  if (plan.access == Access::Stream) return kStreamChunkSize;
  if (plan.access == Access::Map) return mapped_chunk_size(facts.size, plan.threads);
  if (facts.size < limits.copy_size_max) return limits.copy_size_max;
  return facts.size < limits.parallel_size_min ? kSmallFileChunkSize : kChunkSize;
}

}  // namespace

// PERF: the last page tells enough of a file that was read in one go. Asking about it takes 0.15 us, and does
// not start read-ahead in the way of the beginning, as a read that must not wait would (0.2 us).
bool is_last_page_cached(const File& file, ByteRange range) {
  const ByteRange last{range.end - 1, range.end};
  for (const auto method : {ResidencyMethod::Cachestat, ResidencyMethod::Sampled}) {
    const auto found = residency_by(file, last, method);
    if (found && found->method != ResidencyMethod::Unknown) return found->resident != 0;
  }
  return false;
}

FileFacts file_facts(const File& file, ByteRange range) {
  FileFacts facts{.kind = file.kind(),
                  .file_system = file.file_system(),
                  .has_size = file.size() != 0,
                  .size = range.size()};
  const PlanThresholds limits;
  const bool is_asked_for = facts.size >= limits.map_size_min && facts.size < limits.copy_size_max;
  if (is_asked_for) {
    facts.is_cached = facts.file_system == FileSystemKind::Memory || is_last_page_cached(file, range);
  }
  return facts;
}

bool is_worth_keeping(const File& file) {
  if (!is_seekable(file.kind()) || file.size() == 0) return false;
  switch (file.file_system()) {
    case FileSystemKind::Local:
      // What does not fit would be read again by each scan, and push everything else out.
      return file.size() < PlanThresholds{}.probe_size_min ||
             file.size() <= os::recent_machine_limits().memory_available;
    case FileSystemKind::Memory:
      return true;
    case FileSystemKind::Network:
    case FileSystemKind::Fuse:
    case FileSystemKind::Pseudo:
      break;
  }
  return false;
}

Plan make_plan(const FileFacts& facts, const MachineLimits& machine, const ScanOptions& options,
               const PlanThresholds& thresholds) {
  Plan plan;
  const bool streams = !is_seekable(facts.kind) || facts.file_system == FileSystemKind::Pseudo;
  if (streams || !facts.has_size) {
    plan.access = Access::Stream;
    plan.why = streams ? "not a file with a size that can be trusted: read in sequence"
                       : "an empty file, or one that does not tell its size: read in sequence";
  } else if (options.access != Access::Auto) {
    plan.access = options.access;
    plan.why = "asked for with --access";
  } else if (is_mapped_whole(facts, options)) {
    plan.access = Access::Map;
    plan.why = "all of it is one record: mapped, it need not be copied";
  } else {
    choose_access(plan, facts, machine, thresholds);
  }
  choose_threads(plan, facts, machine, options, thresholds);
  plan.chunk_size = options.chunk_size != 0 ? options.chunk_size : usual_chunk_size(plan, facts, thresholds);
  plan.chunk_size =
      std::clamp<std::uint64_t>(plan.chunk_size, 1, std::max<std::uint64_t>(1, options.record_size_max));
  if (plan.access != Access::Stream) {
    const std::uint64_t cells =
        std::max<std::uint64_t>(1, (facts.size + plan.chunk_size - 1) / plan.chunk_size);
    plan.threads = static_cast<unsigned>(std::min<std::uint64_t>(plan.threads, cells));
  }
  return plan;
}

}  // namespace folio::scan
