// SPDX-License-Identifier: Apache-2.0
// The files that `folio bench compare` makes for its cases, the same bytes for the same size.
#pragma once

#include <filesystem>
#include <stop_token>
#include <string>
#include <vector>

#include "bench/compare.h"

namespace folio::cli {

struct CompareWishes {
  std::uint64_t size = 0;          ///< Of the log, and of the 200 middling files together.
  std::filesystem::path folder;    ///< New, and the caller's to remove.
  std::vector<std::string> named;  ///< Files of the user's, instead of the log.
  std::stop_token stop = {};
};

/// Bytes that all of it takes on the disk.
[[nodiscard]] std::uint64_t compare_space_needed(const CompareWishes& wishes);

/// Makes what the cases of `options` need, and fills in its inputs and its list.
[[nodiscard]] Result<void> make_compare_files(const CompareWishes& wishes, bench::CompareOptions& options);

}  // namespace folio::cli
