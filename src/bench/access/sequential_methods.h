// SPDX-License-Identifier: Apache-2.0
// Reading files from the beginning to the end.
#pragma once

#include <cstdint>
#include <string>

#include "bench/access/methods.h"
#include "os/heap_buffer.h"

namespace folio::bench {

/// One file, by a fixed method.
[[nodiscard]] Result<Answer> scan_by(const Task& task);
/// One file, by folio's engine as it sees fit.
[[nodiscard]] Result<Answer> scan_by_plan(const Task& task);

/// Small files one after another on one thread, with one buffer for all.
class FileReader {
 public:
  FileReader(WorkKind work, const MethodSpec& method) : work_(work), method_(method), buffer_(method.block) {}

  [[nodiscard]] Result<std::uint64_t> whole_file(const std::string& path);
  /// How `auto` read the last one.
  [[nodiscard]] Access used() const { return used_; }

 private:
  [[nodiscard]] Result<std::uint64_t> by_mapping(const File& file) const;
  [[nodiscard]] Result<std::uint64_t> by_reading(const File& file);

  WorkKind work_;
  MethodSpec method_;
  os::HeapBuffer buffer_;
  Access used_ = Access::Read;
};

}  // namespace folio::bench
