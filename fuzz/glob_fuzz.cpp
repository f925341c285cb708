// SPDX-License-Identifier: Apache-2.0
// Globs in both dialects against matching by recursion. The first byte chooses dialect and case, the second
// the size of the glob; the glob and the text follow. Long inputs are matched, but not compared: recursion
// takes exponential time.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "walk/glob.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace folio::walk_detail;
  constexpr std::size_t kStarsMax = 5;
  if (size < 2) return 0;
  // SAFETY: bytes are read as characters.
  const std::string_view input(reinterpret_cast<const char*>(data) + 2, size - 2);
  const std::string_view pattern = input.substr(0, data[1]);
  const std::string_view text = input.substr(pattern.size());
  const auto dialect = data[0] % 2 == 0 ? GlobDialect::IgnoreFile : GlobDialect::CommandLine;
  const auto name_case = data[0] / 2 % 2 == 0 ? folio::NameCase::Sensitive : folio::NameCase::Insensitive;
  auto globs = Glob::compile(pattern, dialect, name_case);
  if (!globs) return 0;
  const bool is_small =
      std::ranges::count(pattern, '*') <= static_cast<std::ptrdiff_t>(kStarsMax) && text.size() < 40;
  for (Glob& glob : *globs) {
    const bool matches = glob.matches(text);
    if (is_small && matches != glob.matches_naively(text)) std::abort();
    if (!is_small || text.ends_with('/')) continue;
    // What floats decides by the last component as "**/" before it did by the path.
    const bool is_led = pattern.starts_with("**/");
    glob.float_if_simple();
    const bool is_name = glob.is_any_depth() && (is_led || !text.contains('/'));
    if (is_name && glob.matches(text.substr(text.rfind('/') + 1)) != matches) std::abort();
  }
  return 0;
}
