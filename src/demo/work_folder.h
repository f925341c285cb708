// SPDX-License-Identifier: Apache-2.0
// A folder of the tour's own, removed with everything in it.
#pragma once

#include <cstdint>
#include <filesystem>

#include "folio/error.h"

namespace folio::demo {

/// Bytes that this user may still write in a folder. Fails, with a sentence about it, where it is no folder.
[[nodiscard]] Result<std::uint64_t> free_space(const std::filesystem::path& folder);

class WorkFolder {
 public:
  /// Makes a folder with a new name in `parent`.
  [[nodiscard]] static Result<WorkFolder> create(const std::filesystem::path& parent);

  WorkFolder(WorkFolder&& other) noexcept;
  WorkFolder& operator=(WorkFolder&&) = delete;
  ~WorkFolder();

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  /// Moves a file of the folder beside the folder, named after it; returns the new path.
  [[nodiscard]] Result<std::filesystem::path> move_out(const std::filesystem::path& file) const;
  /// Removes the folder now and reports a failure, as the destructor cannot.
  [[nodiscard]] Result<void> remove();

 private:
  explicit WorkFolder(std::filesystem::path path);
  std::filesystem::path path_;  // empty: nothing to remove
};

}  // namespace folio::demo
