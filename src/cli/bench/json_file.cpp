// SPDX-License-Identifier: Apache-2.0
#include "cli/bench/json_file.h"
#include "cli/write_file.h"

#include "cli/scan_flags.h"

namespace folio::cli {

std::optional<JsonFile> JsonFile::create(const std::string& path) {
  JsonFile json;
  if (path.empty()) return json;
  auto file = os::NewFile::create(path);
  if (!file) {
    static_cast<void>(tell_error(file.error()));
    return std::nullopt;
  }
  json.file_.emplace(std::move(*file));
  return json;
}

ExitStatus JsonFile::finish(ExitStatus status) {
  if (!file_) return status;
  const auto written = complete(*file_, text_);
  return written ? status : graver(status, tell_error(written.error()));
}

}  // namespace folio::cli
