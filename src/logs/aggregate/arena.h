// SPDX-License-Identifier: Apache-2.0
// Memory that is given out piece by piece and freed at once.
//
// Ownership: pieces live as long as the arena, also when it is moved. Threads: one.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

namespace folio::logs {

class Arena {
 public:
  Arena() = default;
  Arena(Arena&& other) noexcept { swap(other); }
  Arena& operator=(Arena&& other) noexcept {
    Arena moved{std::move(other)};
    swap(moved);
    return *this;
  }
  Arena(const Arena&) = delete;
  Arena& operator=(const Arena&) = delete;
  ~Arena() = default;

  /// Aligned to 8.
  [[nodiscard]] std::byte* allocate(std::size_t size) {
    const std::size_t rounded = (size + 7) & ~std::size_t{7};
    if (rounded > left_) add_block(rounded);
    std::byte* const piece = next_;
    next_ += rounded;
    left_ -= rounded;
    return piece;
  }

  [[nodiscard]] std::uint64_t memory() const { return memory_ + blocks_.capacity() * sizeof(blocks_[0]); }

  void swap(Arena& other) noexcept {
    std::swap(blocks_, other.blocks_);
    std::swap(next_, other.next_);
    std::swap(left_, other.left_);
    std::swap(memory_, other.memory_);
  }

 private:
  static constexpr std::size_t kSmallest = 1024;
  static constexpr std::size_t kLargest = std::size_t{1} << 20U;

  void add_block(std::size_t at_least) {
    const std::size_t usual = std::clamp(static_cast<std::size_t>(memory_), kSmallest, kLargest);
    const std::size_t size = std::max(at_least, usual);
    blocks_.push_back(std::make_unique_for_overwrite<std::byte[]>(size));
    next_ = blocks_.back().get();
    left_ = size;
    memory_ += size;
  }

  std::vector<std::unique_ptr<std::byte[]>> blocks_;
  std::byte* next_ = nullptr;
  std::size_t left_ = 0;
  std::uint64_t memory_ = 0;
};

}  // namespace folio::logs
