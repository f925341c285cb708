// SPDX-License-Identifier: Apache-2.0
// Comparison of names that are not case-sensitive: headers, directives.
#pragma once

#include <algorithm>
#include <string_view>

namespace folio::logs {

[[nodiscard]] constexpr char to_lower(char byte) {
  return byte >= 'A' && byte <= 'Z' ? static_cast<char>(byte - 'A' + 'a') : byte;
}

[[nodiscard]] constexpr bool equals_ignoring_case(std::string_view left, std::string_view right) {
  return std::ranges::equal(left, right, [](char a, char b) { return to_lower(a) == to_lower(b); });
}

}  // namespace folio::logs
