// SPDX-License-Identifier: Apache-2.0
// Small inputs of the command, read whole: lists of patterns, results that were saved.
#pragma once

#include <cstdint>
#include <string>

#include "folio/error.h"

namespace folio::cli {

/// The bytes of `name`, "-" being standard input. Errc::Unsupported where there are more than `size_max`.
[[nodiscard]] Result<std::string> read_whole(const std::string& name, std::uint64_t size_max = UINT64_MAX);

}  // namespace folio::cli
