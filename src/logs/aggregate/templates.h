// SPDX-License-Identifier: Apache-2.0
// A message with what changes from line to line masked: numbers, ids, addresses, paths and quoted texts.
//
//   "user 17 of 10.0.0.1 read /etc/passwd" -> "user <n> of <ip> read <path>"
//
// Ownership: the text is inside the object. Time is linear in the message. Threads: plain data.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

namespace folio::logs {

class TemplateText {
 public:
  /// What comes behind so many bytes of a message is not looked at.
  static constexpr std::size_t kMessageMax = 1024;

  explicit TemplateText(std::string_view message);

  [[nodiscard]] std::string_view text() const { return {out_.data(), size_}; }

 private:
  void put(std::string_view text);
  void mask(std::size_t length, std::string_view placeholder);
  void word();
  void number_or_mixed(std::string_view run);
  [[nodiscard]] bool quoted();
  [[nodiscard]] bool path();
  [[nodiscard]] char before() const { return at_ == 0 ? ' ' : message_[at_ - 1]; }
  [[nodiscard]] std::string_view rest() const { return message_.substr(at_); }

  std::string_view message_;
  std::size_t at_ = 0;
  std::size_t size_ = 0;
  // No placeholder is longer than three times what it stands for.
  std::array<char, 3 * kMessageMax + 16> out_;
};

}  // namespace folio::logs
