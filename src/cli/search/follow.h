// SPDX-License-Identifier: Apache-2.0
// folio search --follow: what is appended to files, as it comes.
#pragma once

#include <span>
#include <string>

#include "cli/search/file_search.h"

namespace folio::cli {

/// Until interrupted. Files are searched from their present end on.
void follow_all(const SearchJob& job, std::span<const std::string> names, OutputGate& gate, Verdict& verdict);

}  // namespace folio::cli
