// SPDX-License-Identifier: Apache-2.0
// Reads into one page-aligned buffer that is used again and again.
#pragma once

#include "os/aligned_buffer.h"
#include "scan/file_source.h"

namespace folio::scan {

class ReadReader final : public Reader {
 public:
  /// `file` is the descriptor to read through: the source's own, or one opened for O_DIRECT.
  ReadReader(FileSource& source, const File& file, Access access)
      : source_(source), file_(file), access_(access) {}

  [[nodiscard]] ByteView view(ByteRange range) override;
  [[nodiscard]] Access access() const override { return access_; }

 private:
  [[nodiscard]] bool reserve(std::uint64_t size, std::uint64_t offset);

  FileSource& source_;
  const File& file_;
  Access access_;
  os::AlignedBuffer buffer_;
  ByteRange held_{};  // file range that the buffer holds; held_.begin is page-aligned
};

/// The smallest page-aligned range around `range`. Reads with a misaligned file offset or buffer are several
/// times slower on common AMD machines, and O_DIRECT refuses them.
[[nodiscard]] ByteRange page_aligned(ByteRange range);

}  // namespace folio::scan
