// SPDX-License-Identifier: Apache-2.0
// The mount that a path lies on, by /proc/self/mountinfo.
//
// Ownership: plain values. Threads: any. Errors: lines that are not understood are skipped.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace folio::os {

struct Mount {
  std::string point;
  std::string device;  ///< "MAJOR:MINOR"
  std::string type;    ///< "ext4"
  std::string source;  ///< "/dev/sda2"

  friend bool operator==(const Mount&, const Mount&) = default;
};

/// A line of mountinfo, its octal escapes resolved.
[[nodiscard]] std::optional<Mount> parse_mount(std::string_view line);

/// The mount with the longest point above `path`, an absolute path without links; of several mounts on one
/// point the last, which covers the others.
[[nodiscard]] std::optional<Mount> find_mount(std::string_view mountinfo, std::string_view path);

}  // namespace folio::os
