// SPDX-License-Identifier: Apache-2.0
// What all sources over a File share: its size at opening and the check that it has not become shorter.
#pragma once

#include <algorithm>
#include <cstdint>
#include <utility>

#include "folio/file.h"
#include "os/file_stream.h"
#include "scan/source.h"

namespace folio::scan {

class FileSource : public Source {
 public:
  explicit FileSource(const File& file) : file_(file) {}

  [[nodiscard]] std::uint64_t size() const override { return file_.size(); }

  // One fstat per chunk (about 0.3 us) finds a file that was cut and has grown again since the last look,
  // which neither a fault nor a short read would show.
  [[nodiscard]] std::uint64_t valid_end() override {
    if (file_.kind() == FileKind::Regular) {
      auto now = file_.current_identity();
      if (!now) {
        note_damage(0, std::move(now).error());
      } else if (now->size < size()) {
        note_damage(now->size, os::truncation_error(file_, now->size));
      }
    }
    return noted_end();
  }

  [[nodiscard]] const File& file() const { return file_; }

  // A read that came back short tells that the file ends before it, but not where.
  void note_truncation(std::uint64_t offset) {
    if (const auto now = file_.current_identity()) offset = std::min(offset, now->size);
    note_damage(offset, os::truncation_error(file_, offset));
  }

 private:
  const File& file_;
};

}  // namespace folio::scan
