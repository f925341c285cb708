// SPDX-License-Identifier: Apache-2.0
// The flags that all actions of `folio cache` share.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cache/each_file.h"
#include "cache/total.h"
#include "cli/scan_flags.h"
#include "cli/words.h"

namespace folio::cli {

struct CacheFlags {
  std::vector<std::string> files;
  cache_detail::EachFileOptions each;
  ByteRange range = kWholeFile;
  cache_detail::CacheOrder order = cache_detail::CacheOrder::Path;
  std::uint64_t top = UINT64_MAX;
  unsigned regions = 0;  ///< 0: as many as a line has room for.
  // Plain switches, as the parser sets them.
  bool one_file_system = false;
  bool follow = false;
  bool summary = false;
  bool json = false;

  [[nodiscard]] CacheStateOptions state_options() const;
};

void add_cache_flags(CLI::App& app, CacheFlags& flags);
/// Completes the flags. A status means that the command is done.
[[nodiscard]] std::optional<ExitStatus> parse_cache_flags(CLI::App& app, Words words, CacheFlags& flags);

}  // namespace folio::cli
