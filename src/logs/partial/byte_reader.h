// SPDX-License-Identifier: Apache-2.0
// Reads what ByteWriter wrote, from bytes that nobody vouches for.
//
// Ownership: texts are views of the bytes. Errors: after the first mistake ok() is false, and everything
// reads as 0 and empty. Accepts one form of each number only, so that what was read is written as it was.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "logs/aggregate/hash.h"

namespace folio::logs {

class ByteReader {
 public:
  explicit ByteReader(std::string_view bytes) : left_(bytes) {}

  [[nodiscard]] bool ok() const { return is_ok_; }
  [[nodiscard]] bool at_end() const { return left_.empty(); }
  void refuse() {
    is_ok_ = false;
    left_ = {};
  }
  /// Refuses unless it holds.
  void demand(bool holds) {
    if (!holds) refuse();
  }

  [[nodiscard]] std::uint64_t number() {
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
      if (left_.empty()) break;
      const auto byte = static_cast<unsigned char>(left_.front());
      left_.remove_prefix(1);
      value |= std::uint64_t{byte & 0x7FU} << shift;
      if (byte >= 0x80) continue;
      const bool is_longer = byte == 0 && shift > 0;
      const bool is_above = shift == 63 && byte > 1;
      if (is_longer || is_above) break;
      return value;
    }
    refuse();
    return 0;
  }

  [[nodiscard]] std::int64_t signed_number() {
    const std::uint64_t coded = number();
    return static_cast<std::int64_t>(coded >> 1U ^ ((coded & 1U) != 0 ? ~std::uint64_t{0} : 0));
  }

  /// How many of something follow, of which each takes at least `size` bytes.
  [[nodiscard]] std::size_t count(std::size_t size) {
    const std::uint64_t value = number();
    if (value <= left_.size() / size) return static_cast<std::size_t>(value);
    refuse();
    return 0;
  }

  [[nodiscard]] std::uint64_t fixed() {
    const std::string_view bytes = raw(8);
    std::uint64_t value = 0;
    for (std::size_t at = bytes.size(); at > 0; --at) {
      value = value << 8U | static_cast<unsigned char>(bytes[at - 1]);
    }
    return value;
  }

  [[nodiscard]] Fingerprint fingerprint() {
    const std::uint64_t low = fixed();
    return {.low = low, .high = fixed()};
  }

  [[nodiscard]] std::string_view text() { return raw(count(1)); }

  /// Empty where fewer are left.
  [[nodiscard]] std::string_view raw(std::size_t size) {
    if (size > left_.size()) {
      refuse();
      return {};
    }
    const std::string_view bytes = left_.substr(0, size);
    left_.remove_prefix(size);
    return bytes;
  }

 private:
  std::string_view left_;
  bool is_ok_ = true;
};

}  // namespace folio::logs
