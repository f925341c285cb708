// SPDX-License-Identifier: Apache-2.0
#include "os/mount_table.h"

#include <algorithm>
#include <vector>

#include "os/kernel_text.h"

namespace folio::os {

namespace {

bool is_octal(char digit) {
  return digit >= '0' && digit <= '7';
}

/// Blanks, line ends and backslashes are written as a backslash and three octal digits.
std::string unescaped(std::string_view text) {
  constexpr std::size_t kEscapeSize = 4;
  std::string plain;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const std::string_view escape = text.substr(at, kEscapeSize);
    if (escape.size() == kEscapeSize && escape[0] == '\\' &&
        std::ranges::all_of(escape.substr(1), is_octal)) {
      plain += static_cast<char>((escape[1] - '0') * 64 + (escape[2] - '0') * 8 + (escape[3] - '0'));
      at += kEscapeSize - 1;
    } else {
      plain += text[at];
    }
  }
  return plain;
}

bool is_above(std::string_view point, std::string_view path) {
  if (point == "/") return path.starts_with('/');
  return !point.empty() && path.starts_with(point) &&
         (path.size() == point.size() || path[point.size()] == '/');
}

}  // namespace

std::optional<Mount> parse_mount(std::string_view line) {
  // ID PARENT MAJOR:MINOR ROOT POINT OPTIONS [TAGS...] - TYPE SOURCE OPTIONS
  constexpr std::size_t kDevice = 2;
  constexpr std::size_t kPoint = 4;
  constexpr std::ptrdiff_t kTags = 6;
  const std::vector<std::string_view> words = split(line, ' ');
  if (words.size() <= static_cast<std::size_t>(kTags)) return std::nullopt;
  const auto dash = std::find(words.begin() + kTags, words.end(), "-");
  if (words.end() - dash < 3) return std::nullopt;
  return Mount{.point = unescaped(words[kPoint]),
               .device = std::string{words[kDevice]},
               .type = unescaped(dash[1]),
               .source = unescaped(dash[2])};
}

std::optional<Mount> find_mount(std::string_view mountinfo, std::string_view path) {
  std::optional<Mount> best;
  for (const std::string_view line : split(mountinfo, '\n')) {
    auto mount = parse_mount(line);
    if (!mount || !is_above(mount->point, path)) continue;
    if (!best || mount->point.size() >= best->point.size()) best = std::move(mount);
  }
  return best;
}

}  // namespace folio::os
