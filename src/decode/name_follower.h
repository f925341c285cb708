// SPDX-License-Identifier: Apache-2.0
// Opens every file that gets a name, in the order in which they get it.
//
// Threads: one call at a time.
#pragma once

#include <chrono>
#include <filesystem>
#include <optional>
#include <vector>

#include "decode/name_history.h"
#include "folio/file.h"
#include "folio/follow.h"
#include "os/watch.h"

namespace folio::decode {

class NameFollower {
 public:
  NameFollower(std::filesystem::path path, const FollowOptions& options);

  struct Found {
    std::vector<File> files;  ///< May hold some that are known.
    unsigned missed = 0;      ///< That had the name and can't be found or opened any more.
  };
  /// The files that have got the name since the last call, as far as the kernel tells.
  [[nodiscard]] Found take_announced();
  /// The file that has the name now, if it is not one of `known`.
  struct Look {
    enum class Name : std::uint8_t { Missing, Known, New } name = Name::Missing;
    std::optional<File> file;  ///< If new; empty where it will be announced, or can't be opened.
  };
  [[nodiscard]] Look look(const std::vector<FileIdentity>& known);

  /// Wakes wait() when this file changes.
  void watch(const File& file);
  void wait(std::chrono::milliseconds time) const;
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  using Clock = std::chrono::steady_clock;
  void open_watch();
  void take_events();
  void seek_holders();

  std::filesystem::path path_;
  std::filesystem::path folder_;
  FollowOptions::Notice notice_;
  std::chrono::milliseconds interval_;
  std::optional<os::FolderWatch> watch_;
  Clock::time_point next_try_{};  // to have a watch again
  NameHistory history_;
};

}  // namespace folio::decode
