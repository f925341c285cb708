// SPDX-License-Identifier: Apache-2.0
// Runs a search over everything that the user named: one file on all cores, or many on as many workers.
#pragma once

#include <string>
#include <vector>

#include "cli/search/file_search.h"

namespace folio::cli {

/// `roots` are files, directories, or "-" for standard input.
void search_all(const SearchJob& job, std::span<const std::string> roots, OutputGate& gate, Verdict& verdict);

/// Whether a root is a directory.
[[nodiscard]] bool is_directory(const std::string& root);

/// The order in which results leave.
[[nodiscard]] OutputGate::Order output_order(const SearchFlags& flags, std::span<const std::string> roots);

}  // namespace folio::cli
