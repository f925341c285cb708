// SPDX-License-Identifier: Apache-2.0
#include "walk/git_config.h"

#include <algorithm>

#include "os/directory.h"
#include "walk/glob.h"

namespace folio::walk_detail {

namespace {

constexpr std::size_t kConfigSizeMax = 16U << 20;
constexpr std::string_view kBlanks = " \t\r";

std::string_view trimmed(std::string_view text) {
  const std::size_t begin = std::min(text.find_first_not_of(kBlanks), text.size());
  text.remove_prefix(begin);
  return text.substr(0, text.find_last_not_of(kBlanks) + 1);
}

bool equals_folded(std::string_view text, std::string_view lower) {
  return std::ranges::equal(text, lower, {}, ascii_lower);
}

// The value without quotes, escapes and a comment behind it.
std::string value_of(std::string_view text) {
  std::string value;
  std::size_t end = 0;  // behind the last byte that is no blank outside of quotes
  bool is_quoted = false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '"') {
      is_quoted = !is_quoted;
      continue;
    }
    if (!is_quoted && (text[at] == '#' || text[at] == ';')) break;
    if (text[at] == '\\' && at + 1 < text.size()) ++at;
    value.push_back(text[at]);
    if (is_quoted || !kBlanks.contains(text[at])) end = value.size();
  }
  value.resize(end);
  return value;
}

std::optional<std::string> excludes_file_in(const std::string& path) {
  const auto text = os::read_text(os::kCurrentDirectory, path.c_str(), kConfigSizeMax);
  return text ? excludes_file_of(*text) : std::nullopt;
}

std::string at_home(const std::string& path, const std::string& home) {
  if (path == "~" || path.starts_with("~/")) return home + path.substr(1);
  return path;
}

}  // namespace

std::optional<std::string> excludes_file_of(std::string_view config) {
  std::optional<std::string> found;
  bool is_core = false;
  while (!config.empty()) {
    const std::size_t end = std::min(config.find('\n'), config.size());
    std::string_view line = trimmed(config.substr(0, end));
    config.remove_prefix(std::min(end + 1, config.size()));
    if (line.starts_with('[')) {
      const std::size_t close = std::min(line.find(']'), line.size());
      is_core = equals_folded(trimmed(line.substr(1, close - 1)), "core");
      line = trimmed(line.substr(std::min(close + 1, line.size())));
    }
    const std::size_t sign = line.find('=');
    if (!is_core || sign == std::string_view::npos) continue;
    if (equals_folded(trimmed(line.substr(0, sign)), "excludesfile")) {
      found = value_of(trimmed(line.substr(sign + 1)));
    }
  }
  return found;
}

std::string global_excludes_path(const GitEnvironment& environment) {
  std::string config_home = environment.config_home;
  if (config_home.empty() && !environment.home.empty()) config_home = environment.home + "/.config";
  std::optional<std::string> path;
  if (!environment.home.empty()) path = excludes_file_in(environment.home + "/.gitconfig");
  if (!path && !config_home.empty()) path = excludes_file_in(config_home + "/git/config");
  if (path) return at_home(*path, environment.home);
  if (!config_home.empty()) config_home += "/git/ignore";
  return config_home;
}

}  // namespace folio::walk_detail
