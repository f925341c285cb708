// SPDX-License-Identifier: Apache-2.0
// The files that the access benchmark measures on: those that were named, or new ones.
#pragma once

#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "bench/access/run.h"
#include "demo/work_folder.h"

namespace folio::cli {

struct FileWishes {
  std::vector<std::string> names;          ///< To measure on; none: new files.
  std::vector<std::uint64_t> sizes;        ///< Of new files.
  std::vector<std::uint64_t> small_sizes;  ///< Of sets of small files.
  std::string folder;                      ///< For new files; empty: the one for temporary files.
  std::uint64_t memory_limit = 0;          ///< For the file that is larger than the memory allowed; 0: none.
  std::stop_token stop;
};

struct AccessFiles {
  std::optional<demo::WorkFolder> folder;  ///< Goes with everything in it.
  std::vector<bench::TestFiles> files;
  std::vector<bench::TestFiles> small_files;
  std::optional<bench::LimitedFiles> limited;

  /// A path on the file system that is measured.
  [[nodiscard]] const std::string& sample() const { return files.back().paths.front(); }
};

/// Named files must be regular ones and not empty. New ones are written and flushed, if there is room.
[[nodiscard]] Result<AccessFiles> make_access_files(const FileWishes& wishes);

}  // namespace folio::cli
