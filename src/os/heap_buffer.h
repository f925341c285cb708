// SPDX-License-Identifier: Apache-2.0
// A page-aligned buffer from the C++ heap: no system call for a small one, and no zeros.
//
// Ownership: move-only owner of its bytes. Threads: like a plain value. Errors: std::bad_alloc.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <new>
#include <utility>

#include "folio/bytes.h"
#include "folio/file.h"

namespace folio::os {

class HeapBuffer {
 public:
  HeapBuffer() = default;  ///< Empty.
  explicit HeapBuffer(std::uint64_t size)
      : bytes_(static_cast<std::byte*>(::operator new(size, kAlignment))), size_(size) {}
  HeapBuffer(HeapBuffer&& other) noexcept
      : bytes_(std::move(other.bytes_)), size_(std::exchange(other.size_, 0)) {}
  HeapBuffer& operator=(HeapBuffer&& other) noexcept {
    bytes_ = std::move(other.bytes_);
    size_ = std::exchange(other.size_, 0);
    return *this;
  }

  [[nodiscard]] MutableByteView bytes() { return {bytes_.get(), size_}; }
  [[nodiscard]] std::uint64_t size() const { return size_; }

 private:
  static constexpr std::align_val_t kAlignment{kDirectAlignment};
  struct Free {
    void operator()(std::byte* bytes) const { ::operator delete(bytes, kAlignment); }
  };
  std::unique_ptr<std::byte, Free> bytes_;
  std::uint64_t size_ = 0;
};

}  // namespace folio::os
