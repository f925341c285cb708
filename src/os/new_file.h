// SPDX-License-Identifier: Apache-2.0
// A file that is written under a temporary name and takes its place only when it is complete.
#pragma once

#include <cstdint>
#include <filesystem>

#include "folio/error.h"
#include "folio/file.h"

namespace folio::os {

/// Removes the temporary unless commit() succeeded.
class NewFile {
 public:
  /// Refuses targets that can't be replaced: directories, devices, pipes, "-", files that can't be written.
  [[nodiscard]] static Result<NewFile> create(const std::filesystem::path& target);

  NewFile(NewFile&& other) noexcept;
  NewFile& operator=(NewFile&&) = delete;
  ~NewFile();

  [[nodiscard]] File& file() { return file_; }
  /// Gives the file its name; an existing file is replaced and hands on its permissions.
  [[nodiscard]] Result<void> commit();

 private:
  NewFile(File file, std::filesystem::path temporary, std::filesystem::path target);

  File file_;
  std::filesystem::path temporary_;  // empty: nothing to remove
  std::filesystem::path target_;
};

}  // namespace folio::os
