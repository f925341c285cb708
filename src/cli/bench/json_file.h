// SPDX-License-Identifier: Apache-2.0
// The file behind `--json FILE`: JSON lines that appear under that name when they are complete.
//
// Ownership: move-only owner of a temporary file. Errors: told on standard error where they occur.
#pragma once

#include <optional>
#include <string>

#include "cli/exit_status.h"
#include "os/new_file.h"

namespace folio::cli {

class JsonFile {
 public:
  /// Writes nowhere where `path` is empty. Nothing, after a sentence about it, where it can't be written.
  [[nodiscard]] static std::optional<JsonFile> create(const std::string& path);

  void add(std::string_view line) { text_.append(line); }
  /// Gives the file its name. `status`, or Failure after a sentence.
  [[nodiscard]] ExitStatus finish(ExitStatus status);

 private:
  JsonFile() = default;
  std::optional<os::NewFile> file_;
  std::string text_;
};

}  // namespace folio::cli
