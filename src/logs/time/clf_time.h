// SPDX-License-Identifier: Apache-2.0
// The time of access logs, 10/Oct/2000:13:55:36 -0700, which remembers the last date and zone: nearly always
// the next line has the same, and only the time of day is computed.
//
// Threads: belongs to one. Errors: nothing, for what is no time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "logs/time/civil_time.h"
#include "logs/time/text_reader.h"

namespace folio::logs {

class ClfTime {
 public:
  static constexpr std::size_t kSize = 26;

  [[nodiscard]] std::optional<std::int64_t> parse(std::string_view text) {
    if (text.size() != kSize) return std::nullopt;
    return parse_bytes(text.data());
  }
  /// Of the kSize bytes at `text`.
  [[nodiscard]] std::optional<std::int64_t> parse_bytes(const char* text);

 private:
  // In the text.
  static constexpr std::size_t kClock = 12;
  static constexpr std::size_t kZone = 20;

  bool learn(const char* text);

  // As they were in the last text: its first eight bytes, the next four, and the last six.
  std::uint64_t date_ = 0;
  std::uint64_t zone_ = 0;
  std::uint32_t year_ = 0;
  std::int64_t midnight_ = 0;  // nanoseconds
};

/// Seconds of HH:MM:SS; above 86,400 for what is no time of day. `is_leap_second` for second 60.
struct ClockSeconds {
  std::uint32_t seconds = 0;
  bool is_valid = false;
  bool is_leap_second = false;
};

// PERF: all eight bytes at once. Digits become 0 to 9 and colons 0; adding what is missing to 128 shows the
// bytes that are more.
[[nodiscard]] inline ClockSeconds parse_clock(const char* text) {
  constexpr std::uint64_t form = 0x30303A30303A3030;
  constexpr std::uint64_t room = 0x76767F76767F7676;
  constexpr std::uint64_t high_bits = 0x8080808080808080;
  const std::uint64_t values = load_u64(text) ^ form;
  const bool has_form = ((values | (values + room)) & high_bits) == 0;
  const std::uint64_t pairs = values * 10 + (values >> 8);
  const auto hour = static_cast<std::uint32_t>(pairs & 0xFF);
  const auto minute = static_cast<std::uint32_t>(pairs >> 24 & 0xFF);
  const auto second = static_cast<std::uint32_t>(pairs >> 48 & 0xFF);
  return {.seconds = hour * 3600 + minute * 60 + second,
          .is_valid = has_form && hour < 24 && minute < 60 && second <= 60,
          .is_leap_second = second == 60};
}

inline std::optional<std::int64_t> ClfTime::parse_bytes(const char* text) {
  const bool is_known =
      load_u64(text) == date_ && load_u32(text + 8) == year_ && load_u64(text + kSize - 8) >> 16 == zone_;
  if (!is_known && !learn(text)) return std::nullopt;
  const ClockSeconds clock = parse_clock(text + kClock);
  if (!clock.is_valid) return std::nullopt;
  return midnight_ + std::int64_t{clock.seconds} * kNanosecondsPerSecond - (clock.is_leap_second ? 1 : 0);
}

}  // namespace folio::logs
