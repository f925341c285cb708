// SPDX-License-Identifier: Apache-2.0
// The page cache of a file: how much of it is there, and where; bringing it in, dropping it, pinning it.
//
// Ownership: plain values; a CacheLock owns a mapping, and what it pinned is pinned until it is destroyed.
// Threads: all functions may be called from any thread, on the same File too, but for a sampled look (see
// cache_state). Errors: Result<T>; files without offsets (pipes, sockets) are Errc::Unsupported. Looking
// never maps the file. Not guaranteed: that the numbers still hold when they are returned. The kernel drops
// and brings in pages whenever it sees fit, and counts page by page while others read.
#pragma once

#include <cstdint>
#include <optional>
#include <stop_token>
#include <vector>

#include "folio/bytes.h"
#include "folio/error.h"
#include "folio/file.h"
#include "folio/mapping.h"
#include "folio/residency.h"
#include "folio/scan.h"

namespace folio {

/// The default range of what follows.
inline constexpr ByteRange kWholeFile{0, UINT64_MAX};

/// Pages of memory, not bytes.
struct CachePages {
  std::uint64_t pages = 0;     ///< That the range touches.
  std::uint64_t resident = 0;  ///< Of these, in the page cache.
  std::uint64_t dirty = 0;     ///< Changed, and not yet on the device.
  std::uint64_t writeback = 0;
  std::uint64_t recently_evicted = 0;  ///< Dropped for want of memory, so lately that they are missed.

  CachePages& operator+=(const CachePages& other);
  friend bool operator==(const CachePages&, const CachePages&) = default;
};

struct CacheState {
  /// Cachestat: exact. Sampled: `resident` is an estimate, and the rest is not known. Unknown: neither works.
  ResidencyMethod method = ResidencyMethod::Unknown;
  ByteRange range = {};  ///< As asked for, cut to the file.
  std::uint64_t page_size = 0;
  CachePages total = {};
  std::vector<CachePages> regions = {};  ///< Neighbours, as equal as whole pages allow; their sum is `total`.

  [[nodiscard]] bool is_exact() const { return method == ResidencyMethod::Cachestat; }
};

struct CacheStateOptions {
  ByteRange range = kWholeFile;
  /// Parts to tell apart; fewer where there are fewer pages, or samples.
  unsigned regions = 1;
};

/// Where cachestat(2) is refused (it wants the file's owner, or somebody who may write it), up to 64 pages
/// are asked for with RWF_NOWAIT. The kernel may bring those in; so that it brings in no more, read-ahead is
/// off while it is asked: no other thread should read through `file` then.
[[nodiscard]] Result<CacheState> cache_state(const File& file, const CacheStateOptions& options = {});

enum class CacheLoadWay : std::uint8_t {
  Read,  ///< Reads on all cores into buffers that stay in their caches.
  /// Through a mapping that asks for 2 MiB pages: what was not in the cache comes in folios of 2 MiB where
  /// the file system has them.
  Map,
};

struct CacheLoadOptions {
  ByteRange range = kWholeFile;
  CacheLoadWay way = CacheLoadWay::Read;
  unsigned threads = 0;  ///< 0: as many as the process may use.
  std::stop_token stop = {};
  ScanProgress* progress = nullptr;  ///< `done` grows by what is loaded; `total` is left alone.
};

struct CacheLoad {
  std::uint64_t bytes = 0;            ///< Brought in, or found there, from the beginning of the range.
  std::optional<Error> problem = {};  ///< Why it ended early: cancelled, truncated, an I/O error.
};

[[nodiscard]] Result<CacheLoad> load_into_cache(const File& file, const CacheLoadOptions& options = {});

/// Why pages stay in the cache.
enum class CacheHold : std::uint8_t {
  None,        ///< Nothing stayed.
  FileSystem,  ///< The file system lives in memory (tmpfs).
  Dirty,       ///< Changed meanwhile, or not to be written.
  InUse,       ///< Mapped or pinned by a program, or being read.
};

struct CacheEviction {
  CacheState before;
  CacheState after;
  CacheHold hold = CacheHold::None;
};

/// Writes dirty pages to the device and drops the range, widened to whole pages. `regions` as in
/// CacheStateOptions, for `after`.
[[nodiscard]] Result<CacheEviction> evict_from_cache(const File& file, const CacheStateOptions& options = {});

/// A part of a file that is pinned in memory. Survives truncation of the file: what the file no longer has is
/// not pinned any more, and nothing else happens.
class CacheLock {
 public:
  /// Brings in and pins. On failure nothing stays pinned, and the error says how much could be.
  [[nodiscard]] static Result<CacheLock> lock(const File& file, ByteRange range = kWholeFile,
                                              const std::stop_token& stop = {},
                                              ScanProgress* progress = nullptr);
  /// Whole pages, in bytes: what counts against the limit.
  [[nodiscard]] std::uint64_t size() const { return size_; }
  /// How the file differs from what it was when it was opened.
  [[nodiscard]] Result<FileChange> revalidate() const { return mapping_.revalidate(); }

 private:
  CacheLock(Mapping mapping, std::uint64_t size) : mapping_(static_cast<Mapping&&>(mapping)), size_(size) {}
  Mapping mapping_;
  std::uint64_t size_ = 0;
};

/// How the pages that a file has in the cache are put together.
struct CacheFolios {
  std::uint64_t resident = 0;  ///< Bytes in the cache, all of which were touched.
  std::uint64_t huge = 0;  ///< Of these, mapped by 2 MiB entries of the page table: folios of 2 MiB or more.
  std::uint64_t faults = 0;  ///< That touching them cost.

  [[nodiscard]] double faults_per_mib() const {
    return resident == 0 ? 0.0 : static_cast<double>(faults) * (1 << 20) / static_cast<double>(resident);
  }
};

/// **Maps the file and touches the pages that it has in the cache**, no others: nobody but root is told the
/// size of a folio in another way. Nothing where the kernel does not tell this user which pages those are.
[[nodiscard]] Result<std::optional<CacheFolios>> cache_folios(const File& file, ByteRange range = kWholeFile);

}  // namespace folio
