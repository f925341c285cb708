// SPDX-License-Identifier: Apache-2.0
// Severities as logs write them.
#pragma once

#include <string>
#include <string_view>

namespace folio::logs {

/// "error" for "ERR", "E" and "Error"; of words that mean no severity the word itself.
[[nodiscard]] std::string level_name(std::string_view level);
/// Error and above.
[[nodiscard]] bool is_error_level(std::string_view level);

}  // namespace folio::logs
