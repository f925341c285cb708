// SPDX-License-Identifier: Apache-2.0
// Set of fingerprints: open addressing, 16 bytes a slot.
//
// Threads: one. The fingerprint of zeros marks free slots; it is counted as its neighbour, {1, 0}.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "logs/aggregate/hash.h"

namespace folio::logs {

class FingerprintSet {
 public:
  [[nodiscard]] std::uint64_t size() const { return size_; }
  [[nodiscard]] std::uint64_t memory() const { return slots_.capacity() * sizeof(Fingerprint); }

  void prefetch(const Fingerprint& value) const {
    if (!slots_.empty()) __builtin_prefetch(&slots_[home(value)], 1);
  }

  void insert(Fingerprint value) {
    if (value == kFree) value.low = 1;
    if ((size_ + 1) * 8 > slots_.size() * 5) grow();
    place(value);
  }

  void merge(const FingerprintSet& other) {
    for (const Fingerprint& value : other.slots_) {
      if (value != kFree) insert(value);
    }
  }

  [[nodiscard]] std::vector<Fingerprint> sorted() const {
    std::vector<Fingerprint> values;
    values.reserve(size_);
    for (const Fingerprint& value : slots_) {
      if (value != kFree) values.push_back(value);
    }
    std::sort(values.begin(), values.end());
    return values;
  }

 private:
  static constexpr Fingerprint kFree{};
  static constexpr std::size_t kSmallest = 16;

  // Fingerprints of a file may be chosen by an enemy, its order of places may not.
  [[nodiscard]] std::size_t home(const Fingerprint& value) const {
    return static_cast<std::size_t>(scatter(value)) & (slots_.size() - 1);
  }

  void place(const Fingerprint& value) {
    std::size_t at = home(value);
    for (; slots_[at] != kFree; at = (at + 1) & (slots_.size() - 1)) {
      if (slots_[at] == value) return;
    }
    slots_[at] = value;
    ++size_;
  }

  void grow() {
    const std::size_t larger = std::max(kSmallest, slots_.size() * 2);
    const std::vector<Fingerprint> old = std::exchange(slots_, std::vector<Fingerprint>(larger));
    size_ = 0;
    for (const Fingerprint& value : old) {
      if (value != kFree) place(value);
    }
  }

  std::vector<Fingerprint> slots_;
  std::size_t size_ = 0;
};

}  // namespace folio::logs
