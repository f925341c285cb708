// SPDX-License-Identifier: Apache-2.0
// What happens to the names in a folder, and when files are written to: inotify.
//
// Ownership: owns its descriptor. Threads: one call at a time. Network file systems do not tell what other
// machines do: there, and where the kernel has no inotify to give, look at the files instead.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "folio/error.h"
#include "folio/file.h"

namespace folio::os {

/// The file that a name leads to now.
struct NamedFile {
  std::uint64_t device = 0;
  std::uint64_t inode = 0;
  bool is_regular = false;
  [[nodiscard]] bool is(const FileIdentity& file) const {
    return device == file.device && inode == file.inode;
  }
};
[[nodiscard]] std::optional<NamedFile> named_file(const std::filesystem::path& path);

/// Something that happened to a name in the watched folder.
struct NameEvent {
  enum class Kind : std::uint8_t { Created, MovedFrom, MovedTo, Deleted };
  Kind kind = Kind::Created;
  std::uint32_t move = 0;  ///< The same for both ends of a move.
  std::string name;
};

class FolderWatch {
 public:
  [[nodiscard]] static Result<FolderWatch> open(const std::filesystem::path& folder);
  FolderWatch(FolderWatch&& other) noexcept;
  FolderWatch& operator=(FolderWatch&& other) noexcept;
  FolderWatch(const FolderWatch&) = delete;
  FolderWatch& operator=(const FolderWatch&) = delete;
  ~FolderWatch();

  /// Also wakes wait() when `file` is written to or truncated, until it is closed. False where that can't be.
  [[nodiscard]] bool add_file(const File& file) const;

  /// True when something has happened. Waits up to `timeout_ms`; a signal ends the wait early.
  [[nodiscard]] bool wait(int timeout_ms) const;

  struct Events {
    std::vector<NameEvent> names;  ///< In the order in which they happened.
    bool lost = false;             ///< Some are missing, or the folder is watched no more.
  };
  /// All that has happened since the last call; does not wait.
  [[nodiscard]] Events take_events();
  /// When this returns, the events of all renames whose effect could be seen before can be taken.
  void settle() const;

 private:
  FolderWatch(int descriptor, int folder, std::filesystem::path path);
  int descriptor_ = -1;
  int folder_ = -1;  // number of the folder's watch
  std::filesystem::path path_;
};

}  // namespace folio::os
