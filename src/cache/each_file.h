// SPDX-License-Identifier: Apache-2.0
// Does something with the cached pages of every file of some trees, on all cores, and hands on the outcomes
// in the order of the paths.
//
// Hidden files count, ignore files do not. A file with several names, or that is named twice, is worked on
// once and handed on under its first name. Memory grows with the number of such files only.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>

#include "folio/cache.h"
#include "folio/scan.h"
#include "folio/walk.h"

namespace folio::cache_detail {

/// What became of one file. What an action has no use for stays as it is.
struct CacheOutcome {
  CacheState state = {};    ///< Afterwards.
  CachePages before = {};   ///< Before a load or an eviction.
  std::uint64_t bytes = 0;  ///< Loaded or pinned.
  CacheHold hold = CacheHold::None;
  std::optional<CacheFolios> folios = {};
  std::optional<Error> problem = {};  ///< Ended early.
};

enum class FileFate : std::uint8_t {
  Done,
  Failed,    ///< See CachedFile::error.
  Repeated,  ///< Another name of a file that was there already.
  Special,   ///< Not a regular file.
  Unwanted,  ///< Too small or too large.
};

struct CachedFile {
  std::string path = {};
  FileFate fate = FileFate::Done;
  CacheOutcome outcome = {};
  std::optional<Error> error = {};
};

struct EachFileOptions {
  FileSystems file_systems = FileSystems::All;
  FollowLinks links = FollowLinks::No;  ///< Names given by the caller are followed always.
  std::vector<GlobOption> globs = {};
  std::uint64_t size_min = 0;
  std::uint64_t size_max = UINT64_MAX;
  unsigned threads = 0;
  std::stop_token stop = {};
};

using FileWork = std::function<Result<CacheOutcome>(const File&)>;
/// Called by one thread at a time. The file may be moved from.
using FileDelivery = std::function<Flow(CachedFile&)>;

/// Errors of single files are delivered; what the walk itself can't read, too, as Failed and in no order.
[[nodiscard]] Result<void> each_file(std::span<const std::string> roots, const EachFileOptions& options,
                                     const FileWork& work, const FileDelivery& deliver);

}  // namespace folio::cache_detail
