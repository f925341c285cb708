// SPDX-License-Identifier: Apache-2.0
// Reading the texts that the kernel writes: numbers, fields, lists, and the cgroups of this process.
//
// Ownership: views are of the caller's text. Threads: any. Errors: what is not there, or is no number, is
// nothing.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace folio::os {

[[nodiscard]] std::optional<std::string> read_text(const std::filesystem::path& path);

/// The number at the start of the text; nothing for "max", negative numbers and everything else.
[[nodiscard]] std::optional<std::uint64_t> parse_number(std::string_view text);
[[nodiscard]] std::optional<std::uint64_t> read_number(const std::filesystem::path& path);

/// At least one part, which may be empty.
[[nodiscard]] std::vector<std::string_view> split(std::string_view text, char separator);

/// Value of a line "name value" or "name: value".
[[nodiscard]] std::optional<std::uint64_t> read_field(const std::filesystem::path& path,
                                                      std::string_view name);

/// A line of /proc/self/cgroup; version 2 has no controllers.
struct OwnCgroup {
  std::string controllers;
  std::string path;
};

[[nodiscard]] std::vector<OwnCgroup> own_cgroups(const std::filesystem::path& root);

/// Below the mount; empty where the path leads out of this namespace's root.
[[nodiscard]] std::filesystem::path path_below_mount(const OwnCgroup& group);

}  // namespace folio::os
