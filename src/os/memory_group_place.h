// SPDX-License-Identifier: Apache-2.0
// Where a temporary memory cgroup of this process may be made; the decisions of MemoryGroup, without any
// change to the system.
//
// Ownership: plain values. Threads: any. Errors: nothing fits: an empty list.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace folio::os {

/// A group below which a new one may be made.
struct GroupParent {
  enum class Version : std::uint8_t { One, Two } version = Version::One;
  /// Version 2: whether groups below have the memory controller already. Where they have not, it can be
  /// enabled only once no process is left in the parent itself.
  enum class Controller : std::uint8_t { Enabled, ToEnable } controller = Controller::Enabled;
  std::filesystem::path path;
  std::filesystem::path own;  ///< The group that this process is in now.

  friend bool operator==(const GroupParent&, const GroupParent&) = default;

  [[nodiscard]] std::string_view limit_file() const;
  [[nodiscard]] std::string_view usage_file() const;
};

/// The best one first: this process's own group, then in version 2 the nearest above it whose children have
/// the controller.
[[nodiscard]] std::vector<GroupParent> group_parents(const std::filesystem::path& root = "/");

/// "folio-PID"
[[nodiscard]] std::string group_name(std::int64_t process);

/// Groups below `parent` whose process is no more.
[[nodiscard]] std::vector<std::filesystem::path> stale_groups(const std::filesystem::path& parent);

}  // namespace folio::os
