// SPDX-License-Identifier: Apache-2.0
// The converters to UTF-8, one for each kind of encoding. What is invalid becomes U+FFFD.
#pragma once

#include <cstring>
#include <memory>

#include "decode/decoder.h"
#include "folio/decode.h"

namespace folio::decode {

enum class ByteOrder : std::uint8_t { Little, Big };

[[nodiscard]] std::unique_ptr<Decoder> make_utf16_decoder(ByteOrder order);
/// By the name of the table.
[[nodiscard]] std::unique_ptr<Decoder> make_single_byte_decoder(std::string_view name);
/// By the C library. Errc::Unsupported where it does not have the encoding.
[[nodiscard]] Result<std::unique_ptr<Decoder>> make_system_decoder(const std::string& name);

/// Where UTF-8 is written; the room was made sure of.
class Utf8Writer {
 public:
  explicit Utf8Writer(MutableByteView out) : out_(out) {}
  [[nodiscard]] std::size_t room() const { return out_.size() - size_; }
  [[nodiscard]] std::size_t size() const { return size_; }

  /// REQUIRES: room() >= 4, and a character that is no surrogate.
  void put(char32_t character) {
    if (character < 0x80) return put_byte(character);
    if (character < 0x800) {
      put_byte(0xc0U | character >> 6U);
    } else if (character < 0x10000) {
      put_byte(0xe0U | character >> 12U);
      put_byte(0x80U | (character >> 6U & 0x3fU));
    } else {
      put_byte(0xf0U | character >> 18U);
      put_byte(0x80U | (character >> 12U & 0x3fU));
      put_byte(0x80U | (character >> 6U & 0x3fU));
    }
    put_byte(0x80U | (character & 0x3fU));
  }
  /// REQUIRES: room() >= run.size().
  void put_ascii(ByteView run) {
    std::memcpy(out_.data() + size_, run.data(), run.size());
    size_ += run.size();
  }
  void put_replacement() { put(0xfffd); }

 private:
  void put_byte(char32_t byte) { out_[size_++] = static_cast<std::byte>(byte); }

  MutableByteView out_;
  std::size_t size_ = 0;
};

inline constexpr std::size_t kCharacterMax = 4;  // bytes of UTF-8

}  // namespace folio::decode
