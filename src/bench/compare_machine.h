// SPDX-License-Identifier: Apache-2.0
// What a comparison was taken on.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

namespace folio::bench {

struct CompareMachine {
  std::string time;    ///< Now, in UTC: "2026-01-31T12:00:00Z".
  std::string kernel;  ///< Release.
  std::string cpu;     ///< Name of the model; empty where it can't be found out.
  unsigned cores = 1;  ///< That this process may use.
  std::uint64_t memory = 0;
};

[[nodiscard]] CompareMachine describe_compare_machine();

/// Name of the type of the file system that holds `path`: "ext4"; empty where it can't be found out.
[[nodiscard]] std::string file_system_of(const std::filesystem::path& path);

}  // namespace folio::bench
