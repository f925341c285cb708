// SPDX-License-Identifier: Apache-2.0
// Writes numbers and texts as bytes; byte_reader.h reads them.
//
// Numbers are LEB128: seven bits a byte, lowest first, no byte more than needed. Threads: one.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "logs/aggregate/hash.h"

namespace folio::logs {

class ByteWriter {
 public:
  void number(std::uint64_t value) {
    for (; value >= 0x80; value >>= 7U) bytes_.push_back(static_cast<char>(value | 0x80U));
    bytes_.push_back(static_cast<char>(value));
  }
  /// Small where the number is near 0.
  void signed_number(std::int64_t value) {
    const auto bits = static_cast<std::uint64_t>(value);
    number(bits << 1U ^ (value < 0 ? ~std::uint64_t{0} : 0));
  }
  /// Eight bytes, lowest first.
  void fixed(std::uint64_t value) {
    for (unsigned shift = 0; shift < 64; shift += 8) bytes_.push_back(static_cast<char>(value >> shift));
  }
  void fingerprint(const Fingerprint& value) {
    fixed(value.low);
    fixed(value.high);
  }
  void raw(std::string_view bytes) { bytes_.append(bytes); }
  void text(std::string_view bytes) {
    number(bytes.size());
    raw(bytes);
  }

  [[nodiscard]] std::string& bytes() { return bytes_; }

 private:
  std::string bytes_;
};

}  // namespace folio::logs
