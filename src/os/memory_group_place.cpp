// SPDX-License-Identifier: Apache-2.0
#include "os/memory_group_place.h"

#include <signal.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <limits>
#include <optional>
#include <system_error>

#include "os/kernel_text.h"

namespace folio::os {

namespace {

namespace fs = std::filesystem;
using Controller = GroupParent::Controller;
using Version = GroupParent::Version;

constexpr std::string_view kPrefix = "folio-";

bool is_folder(const fs::path& path) {
  std::error_code ignored;
  return fs::is_directory(path, ignored);
}

bool lists_memory(const fs::path& file) {
  std::string text = read_text(file).value_or("");
  std::ranges::replace(text, '\n', ' ');
  const auto controllers = split(text, ' ');
  return std::ranges::find(controllers, "memory") != controllers.end();
}

/// This process's group below the mount; the mount itself where a container shows the host's path.
fs::path own_folder(const fs::path& mount, const OwnCgroup& group) {
  const fs::path below = path_below_mount(group);
  return !below.empty() && is_folder(mount / below) ? mount / below : mount;
}

void add_version_1(const fs::path& mounts, const OwnCgroup& group, std::vector<GroupParent>& parents) {
  for (const fs::path& mount : {mounts / "memory", mounts / group.controllers}) {
    const fs::path own = own_folder(mount, group);
    std::error_code ignored;
    if (!fs::exists(own / "memory.limit_in_bytes", ignored)) continue;
    parents.push_back({Version::One, Controller::Enabled, own, own});
    return;
  }
}

void add_version_2(const fs::path& mount, const OwnCgroup& group, std::vector<GroupParent>& parents) {
  const fs::path own = own_folder(mount, group);
  const bool is_enabled = lists_memory(own / "cgroup.subtree_control");
  if (is_enabled || lists_memory(own / "cgroup.controllers"))
    parents.push_back({Version::Two, is_enabled ? Controller::Enabled : Controller::ToEnable, own, own});
  for (fs::path above = own; above != mount && above.has_relative_path();) {
    above = above.parent_path();
    if (!lists_memory(above / "cgroup.subtree_control")) continue;
    parents.push_back({Version::Two, Controller::Enabled, above, own});
    return;
  }
}

/// The process in the name of a group; nothing for other names.
std::optional<pid_t> process_of(std::string_view name) {
  if (!name.starts_with(kPrefix)) return std::nullopt;
  name.remove_prefix(kPrefix.size());
  pid_t process = 0;
  const auto result = std::from_chars(name.data(), name.data() + name.size(), process);
  if (result.ec != std::errc{} || result.ptr != name.data() + name.size() || process <= 0)
    return std::nullopt;
  return process;
}

}  // namespace

std::string_view GroupParent::limit_file() const {
  return version == Version::One ? "memory.limit_in_bytes" : "memory.max";
}

std::string_view GroupParent::usage_file() const {
  return version == Version::One ? "memory.usage_in_bytes" : "memory.current";
}

std::vector<GroupParent> group_parents(const fs::path& root) {
  std::vector<GroupParent> parents;
  const fs::path mounts = root / "sys/fs/cgroup";
  for (const OwnCgroup& group : own_cgroups(root)) {
    if (group.controllers.empty()) {
      for (const fs::path& mount : {mounts, mounts / "unified"}) add_version_2(mount, group, parents);
      continue;
    }
    const auto controllers = split(group.controllers, ',');
    if (std::ranges::find(controllers, "memory") != controllers.end()) add_version_1(mounts, group, parents);
  }
  return parents;
}

std::string group_name(std::int64_t process) {
  return std::string{kPrefix}.append(std::to_string(process));
}

std::vector<fs::path> stale_groups(const fs::path& parent) {
  std::vector<fs::path> stale;
  std::error_code error;
  fs::directory_iterator entry(parent, error);
  for (; !error && entry != fs::directory_iterator{}; entry.increment(error)) {
    const auto process = process_of(entry->path().filename().string());
    if (process && ::kill(*process, 0) != 0 && errno == ESRCH) stale.push_back(entry->path());
  }
  return stale;
}

}  // namespace folio::os
