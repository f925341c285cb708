// SPDX-License-Identifier: Apache-2.0
#include "os/kernel_text.h"

#include <algorithm>
#include <charconv>
#include <system_error>

#include "os/small_file.h"

namespace folio::os {

namespace fs = std::filesystem;

std::optional<std::string> read_text(const fs::path& path) {
  return read_small_file(path.c_str());
}

std::optional<std::uint64_t> parse_number(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t");
  if (begin == std::string_view::npos) return std::nullopt;
  std::uint64_t value = 0;
  const auto result = std::from_chars(text.data() + begin, text.data() + text.size(), value);
  if (result.ec != std::errc{}) return std::nullopt;
  return value;
}

std::optional<std::uint64_t> read_number(const fs::path& path) {
  const auto text = read_text(path);
  return text ? parse_number(*text) : std::nullopt;
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find(separator, begin), text.size());
    parts.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return parts;
}

std::optional<std::uint64_t> read_field(const fs::path& path, std::string_view name) {
  const auto text = read_text(path);
  if (!text) return std::nullopt;
  for (std::string_view line : split(*text, '\n')) {
    if (!line.starts_with(name)) continue;
    line.remove_prefix(name.size());
    if (line.starts_with(':')) line.remove_prefix(1);
    if (line.starts_with(' ') || line.starts_with('\t')) return parse_number(line);
  }
  return std::nullopt;
}

std::vector<OwnCgroup> own_cgroups(const fs::path& root) {
  std::vector<OwnCgroup> groups;
  const std::string text = read_text(root / "proc/self/cgroup").value_or("");
  for (const std::string_view line : split(text, '\n')) {
    // "hierarchy:controllers:path"
    const std::size_t first = line.find(':');
    const std::size_t second = first == std::string_view::npos ? first : line.find(':', first + 1);
    if (second == std::string_view::npos) continue;
    groups.push_back({.controllers = std::string{line.substr(first + 1, second - first - 1)},
                      .path = std::string{line.substr(second + 1)}});
  }
  return groups;
}

fs::path path_below_mount(const OwnCgroup& group) {
  fs::path relative = fs::path{group.path}.relative_path().lexically_normal();
  const bool leads_out = std::ranges::find(relative, fs::path{".."}) != relative.end();
  return leads_out || relative == "." ? fs::path{} : relative;
}

}  // namespace folio::os
