// SPDX-License-Identifier: Apache-2.0
// Texts with their ASCII letters in lower case.
#pragma once

#include <string>
#include <string_view>

namespace folio::logs {

[[nodiscard]] inline std::string lower(std::string_view text) {
  std::string result{text};
  for (char& letter : result) {
    if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
  }
  return result;
}

}  // namespace folio::logs
