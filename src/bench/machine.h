// SPDX-License-Identifier: Apache-2.0
// What measurements were taken on: the machine, and the place of a file on it.
//
// Ownership: plain values. Threads: any. Errors: what can't be found out is an empty string, an empty
// optional or an empty list; only a path that is not there is an error.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "folio/error.h"
#include "folio/file.h"
#include "os/machine_facts.h"

namespace folio::bench {

struct Machine {
  std::string time;    ///< Now, in UTC: "2026-01-31T12:00:00Z".
  std::string kernel;  ///< Release, as of uname(2).
  std::string cpu;     ///< Name of the model.
  unsigned cores = 1;  ///< That this process may use.
  std::optional<std::uint64_t> memory;
  std::optional<std::uint64_t> memory_available;
  std::optional<std::uint64_t> memory_limit;  ///< Of the cgroup; nothing where it does not limit.
  std::uint64_t page_size = 0;
  std::string thp;  ///< Transparent huge pages: "always", "madvise" or "never".
  std::vector<os::Mitigation> mitigations;
  bool io_uring = false;
};

struct Place {
  std::filesystem::path path;
  std::string file_system;  ///< Name of its type: "ext4", "xfs".
  FileSystemKind kind = FileSystemKind::Local;
  std::string device;  ///< Name of the block device: "sda2".
  std::optional<bool> rotational;
  std::optional<std::uint64_t> readahead;  ///< Bytes.
  std::optional<bool> large_folios;        ///< Seen by whoever measures; not filled in here.
};

/// `root` is where /proc and /sys are found; tests give a folder of their own.
[[nodiscard]] Machine describe_machine(const std::filesystem::path& root = "/");

/// Of a file or a folder. Opens nothing that could wait.
[[nodiscard]] Result<Place> describe_place(const std::filesystem::path& path,
                                           const std::filesystem::path& root = "/");

}  // namespace folio::bench
