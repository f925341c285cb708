// SPDX-License-Identifier: Apache-2.0
// A File as sequential input: from its current position where it has no size, else the bytes that it had at
// opening.
#pragma once

#include <cstdint>

#include "folio/file.h"
#include "scan/stream_supply.h"

namespace folio::scan {

/// For pipes, terminals, pseudo files: whatever read() returns.
class PositionInput final : public StreamInput {
 public:
  explicit PositionInput(const File& file) : file_(file) {}
  [[nodiscard]] std::uint64_t begin() const override { return file_.start_offset(); }
  [[nodiscard]] Result<std::size_t> read(MutableByteView target) override { return file_.read_next(target); }
  [[nodiscard]] bool has_more_within(int timeout_ms) override;

 private:
  const File& file_;
};

/// For files with a size: reads at offsets from `begin` on, so that any range costs only itself.
class OffsetInput final : public StreamInput {
 public:
  OffsetInput(const File& file, std::uint64_t begin) : file_(file), begin_(begin), next_(begin) {}
  [[nodiscard]] std::uint64_t begin() const override { return begin_; }
  /// Errc::Truncated where the file ends before its size at opening.
  [[nodiscard]] Result<std::size_t> read(MutableByteView target) override;
  [[nodiscard]] bool has_more_within(int) override { return true; }

 private:
  const File& file_;
  std::uint64_t begin_;
  std::uint64_t next_;
};

}  // namespace folio::scan
