// SPDX-License-Identifier: Apache-2.0
// What the kernel tells of the machine, and of the file system and the block device under a path.
//
// Ownership: plain values. Threads: any. Errors: what can't be read is empty. `root` is where /proc and /sys
// are found; tests give a folder of their own.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "folio/error.h"
#include "folio/file.h"

namespace folio::os {

/// What the kernel does about a weakness of the processor.
struct Mitigation {
  std::string name;   ///< "spectre_v2"
  std::string state;  ///< "Mitigation: Retpolines"

  friend bool operator==(const Mitigation&, const Mitigation&) = default;
};

/// One short line of ASCII: blanks at the ends go, every other byte becomes '?'.
[[nodiscard]] std::string printable(std::string_view text);

[[nodiscard]] std::string kernel_release();
[[nodiscard]] std::string cpu_model(const std::filesystem::path& root = "/");
/// Bytes of physical memory that the kernel manages.
[[nodiscard]] std::optional<std::uint64_t> physical_memory(const std::filesystem::path& root = "/");
/// The chosen one of "always [madvise] never".
[[nodiscard]] std::string transparent_huge_pages(const std::filesystem::path& root = "/");
/// In order of their names.
[[nodiscard]] std::vector<Mitigation> mitigations(const std::filesystem::path& root = "/");

struct PlaceFacts {
  FileSystemKind kind = FileSystemKind::Local;
  std::string file_system;  ///< Name of its type.
  std::string device;       ///< Name of the block device.
  std::optional<bool> rotational;
  std::optional<std::uint64_t> readahead;  ///< Bytes.
};

/// Fails only where the path is not there or may not be looked at.
[[nodiscard]] Result<PlaceFacts> place_facts(const std::filesystem::path& path,
                                             const std::filesystem::path& root = "/");

}  // namespace folio::os
