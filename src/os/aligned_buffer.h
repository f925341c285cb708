// SPDX-License-Identifier: Apache-2.0
// A page-aligned buffer of anonymous memory that can grow.
//
// Ownership: move-only owner; data() is valid until the buffer grows, moves or is destroyed.
// Threads: like a plain value. Errors: Result<T>.
#pragma once

#include <cstddef>
#include <cstdint>

#include "folio/error.h"
#include "folio/mapping.h"

namespace folio::os {

class AlignedBuffer {
 public:
  AlignedBuffer() = default;  ///< Empty.

  /// `size` zeroed bytes; 0 is no allocation.
  [[nodiscard]] static Result<AlignedBuffer> allocate(std::uint64_t size);

  /// Makes room for at least `size` bytes and keeps the content; never shrinks.
  [[nodiscard]] Result<void> grow(std::uint64_t size);

  [[nodiscard]] std::byte* data() { return memory_.writable_bytes().data(); }
  [[nodiscard]] const std::byte* data() const { return memory_.bytes().data(); }
  [[nodiscard]] std::uint64_t size() const { return memory_.size(); }
  [[nodiscard]] MutableByteView bytes() { return memory_.writable_bytes(); }

 private:
  explicit AlignedBuffer(Mapping memory) : memory_(static_cast<Mapping&&>(memory)) {}
  Mapping memory_;
};

}  // namespace folio::os
