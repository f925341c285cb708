// SPDX-License-Identifier: Apache-2.0
// The same random places in a file for every method: blocks of 4 KiB, one after another.
#pragma once

#include <cstdint>
#include <vector>

#include "folio/bytes.h"
#include "folio/file.h"

namespace folio::demo {

class RandomPlaces {
 public:
  static constexpr std::uint64_t kBlockSize = 4096;
  static constexpr std::uint64_t kCount = 20'000;

  /// REQUIRES: size >= kBlockSize.
  explicit RandomPlaces(std::uint64_t file_size);

  [[nodiscard]] std::uint64_t count() const { return offsets_.size(); }
  [[nodiscard]] std::uint64_t bytes() const { return count() * kBlockSize; }

  /// Newlines in all blocks.
  [[nodiscard]] Result<std::uint64_t> count_in_memory(ByteView bytes) const;
  [[nodiscard]] Result<std::uint64_t> count_by_reading(const File& file, MutableByteView buffer) const;

 private:
  std::vector<std::uint64_t> offsets_;
};

}  // namespace folio::demo
