// SPDX-License-Identifier: Apache-2.0
// The text of a small file of the kernel, as in /proc and /sys.
#pragma once

#include <optional>
#include <string>

namespace folio::os {

/// Nothing where it can't be read.
[[nodiscard]] std::optional<std::string> read_small_file(const char* path);

}  // namespace folio::os
