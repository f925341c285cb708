// SPDX-License-Identifier: Apache-2.0
#include "cli/words.h"

#include <charconv>

namespace folio::cli {

std::optional<std::uint64_t> parse_number(std::string_view text, std::uint64_t least) {
  std::uint64_t number = 0;
  const char* const end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc{} || rest != end || number < least) return std::nullopt;
  return number;
}

}  // namespace folio::cli
