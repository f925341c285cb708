// SPDX-License-Identifier: Apache-2.0
// Backslashes in formats, as in configuration files: \" \' \\ \t \n.
#pragma once

#include <cstddef>
#include <string_view>

namespace folio::logs {

/// The byte at `at`, or what the escape there stands for; `at` moves behind it. Other backslashes stay.
[[nodiscard]] constexpr char read_escape(std::string_view text, std::size_t& at) {
  const char byte = text[at++];
  if (byte != '\\' || at == text.size()) return byte;
  switch (text[at]) {
    case 't':
      ++at;
      return '\t';
    case 'n':
      ++at;
      return '\n';
    case '"':
    case '\'':
    case '\\':
      return text[at++];
    default:
      return byte;
  }
}

}  // namespace folio::logs
