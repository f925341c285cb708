// SPDX-License-Identifier: Apache-2.0
// The text of a small file of the kernel, as in /proc and /sys.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace folio::os {

/// Nothing where it can't be read.
[[nodiscard]] std::optional<std::string> read_small_file(const char* path);

/// Hands the text to a file that is there, in one write; an errno, 0 is success.
int write_small_file(const char* path, std::string_view text);

}  // namespace folio::os
