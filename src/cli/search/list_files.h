// SPDX-License-Identifier: Apache-2.0
// folio search --files and --type-list.
#pragma once

#include <span>
#include <string>

#include "cli/search/flags.h"

namespace folio::cli {

ExitStatus list_files(const SearchFlags& flags, std::span<const std::string> roots);
ExitStatus list_types(const SearchFlags& flags);

}  // namespace folio::cli
