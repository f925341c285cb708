// SPDX-License-Identifier: Apache-2.0
// Reads digits, names and literals from the front of a text. Everything returns whether it was there, and
// moves on only then. Reads nothing outside the text.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace folio::logs {

/// The first byte in the lowest bits, whatever the machine.
[[nodiscard]] inline std::uint64_t load_u64(const char* at) {
  std::uint64_t bits = 0;
  std::memcpy(&bits, at, sizeof bits);
  if constexpr (std::endian::native == std::endian::big) bits = __builtin_bswap64(bits);
  return bits;
}
[[nodiscard]] inline std::uint32_t load_u32(const char* at) {
  std::uint32_t bits = 0;
  std::memcpy(&bits, at, sizeof bits);
  if constexpr (std::endian::native == std::endian::big) bits = __builtin_bswap32(bits);
  return bits;
}

/// Value of a digit, above 9 for other bytes.
[[nodiscard]] constexpr unsigned digit_value(char digit) {
  return static_cast<unsigned char>(digit) - unsigned{'0'};
}

class TextReader {
 public:
  explicit TextReader(std::string_view text) : at_(text.data()), end_(at_ + text.size()) {}

  [[nodiscard]] bool at_end() const { return at_ == end_; }
  [[nodiscard]] std::size_t left() const { return static_cast<std::size_t>(end_ - at_); }
  [[nodiscard]] std::string_view rest() const { return {at_, left()}; }
  /// '\0' at the end.
  [[nodiscard]] char peek() const { return at_end() ? '\0' : *at_; }
  void skip(std::size_t size) { at_ += size; }

  bool literal(char wanted) {
    if (at_end() || *at_ != wanted) return false;
    ++at_;
    return true;
  }
  bool any_of(std::string_view wanted) {
    if (at_end() || wanted.find(*at_) == std::string_view::npos) return false;
    ++at_;
    return true;
  }
  /// Exactly `count` digits, at most nine.
  bool digits(unsigned count, unsigned& value) {
    if (left() < count) return false;
    unsigned sum = 0;
    for (unsigned i = 0; i < count; ++i) {
      if (digit_value(at_[i]) > 9) return false;
      sum = sum * 10 + digit_value(at_[i]);
    }
    at_ += count;
    value = sum;
    return true;
  }
  /// A digit or two, perhaps with a space for the first of them: "7", " 7", "17".
  bool padded_two(unsigned& value) {
    const TextReader before = *this;
    const bool is_padded = literal(' ');
    if (!is_padded && digits(2, value)) return true;
    if (digits(1, value)) return true;
    *this = before;
    return false;
  }
  /// Up to nine digits behind the point, as nanoseconds; more are an error.
  bool fraction(std::uint32_t& nanoseconds) {
    std::uint32_t sum = 0;
    unsigned count = 0;
    for (; count < left() && digit_value(at_[count]) <= 9; ++count) {
      if (count == 9) return false;
      sum = sum * 10 + digit_value(at_[count]);
    }
    if (count == 0) return false;
    for (unsigned i = count; i < 9; ++i) sum *= 10;
    at_ += count;
    nanoseconds = sum;
    return true;
  }

 private:
  const char* at_;
  const char* end_;
};

}  // namespace folio::logs
