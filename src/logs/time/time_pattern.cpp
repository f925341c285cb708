// SPDX-License-Identifier: Apache-2.0
#include "logs/time/time_pattern.h"

#include <array>
#include <chrono>
#include <utility>

#include "core/fail.h"
#include "core/try.h"
#include "logs/time/decimal.h"

namespace folio::logs {

namespace {

using Word = std::pair<std::string_view, std::string_view>;

// Steps of our own, by letters that strftime uses for something else.
constexpr char kEpochMilliseconds = '1';
constexpr char kEpochMicroseconds = '2';
constexpr char kMilliseconds = '3';
constexpr char kMicroseconds = '6';

constexpr std::array<Word, 5> kApacheWords{
    {{"sec", "s"}, {"msec", "1"}, {"usec", "2"}, {"msec_frac", "3"}, {"usec_frac", "6"}}};

// What stands for several steps.
std::string_view expansion(char conversion) {
  switch (conversion) {
    case 'T':
      return "H':M':S";
    case 'R':
      return "H':M";
    case 'D':
      return "m'/d'/y";
    case 'F':
      return "Y'-m'-d";
    case '%':
      return "'%";
    case 'B':
    case 'h':
      return "b";
    case 'A':
      return "a";
    case 'e':
      return "d";
    case 't':
      return "n";
    default:
      return {};
  }
}

constexpr std::string_view kPlainSteps = "abdjmYyHIpMSzZsfn";

bool is_letter(char byte) {
  return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
}

bool read_letters(TextReader& reader) {
  if (!is_letter(reader.peek())) return false;
  while (is_letter(reader.peek())) reader.skip(1);
  return true;
}

// The full name behind the short one: "uary". "Mayor" is no month, but does no harm.
bool read_month(TextReader& reader, CivilTime& time) {
  if (!read_month_name(reader, time.month)) return false;
  while (is_letter(reader.peek())) reader.skip(1);
  return true;
}

bool read_short_year(TextReader& reader, CivilTime& time) {
  if (!reader.digits(2, time.year)) return false;
  time.year += time.year < 69 ? 2000 : 1900;  // as POSIX has it
  return true;
}

bool read_half_day(TextReader& reader, TimeParts& parts) {
  parts.is_afternoon = reader.peek() == 'P' || reader.peek() == 'p';
  parts.has_half_day = true;
  return reader.any_of("AaPp") && reader.any_of("Mm");
}

bool read_half_day_hour(TextReader& reader, CivilTime& time) {
  return reader.padded_two(time.hour) && time.hour >= 1 && time.hour <= 12;
}

bool read_day_of_year(TextReader& reader, CivilTime& time) {
  unsigned number = 0;
  if (!reader.digits(3, number) || number < 1 || number > 366) return false;
  // Days are added to the first of January; the year may follow only later, so this is for common years.
  const std::chrono::year_month_day date{
      std::chrono::sys_days{std::chrono::year{static_cast<int>(time.year)} / 1 / 1} +
      std::chrono::days{number - 1}};
  time.month = static_cast<unsigned>(date.month());
  time.day = static_cast<unsigned>(date.day());
  return true;
}

bool read_zone(TextReader& reader, CivilTime& time) {
  if (reader.literal('Z')) return true;
  return read_zone_offset(reader, time.zone_seconds);
}

bool read_epoch(TextReader& reader, TimeParts& parts, std::int64_t unit) {
  const std::string_view rest = reader.rest();
  std::size_t size = rest.starts_with('-') ? 1 : 0;
  while (size < rest.size() && digit_value(rest[size]) <= 9) ++size;
  parts.epoch = parse_scaled(rest.substr(0, size), unit);
  reader.skip(size);
  return parts.epoch.has_value();
}

bool read_fraction(TextReader& reader, TimeParts& parts) {
  parts.has_fraction = true;
  return reader.fraction(parts.civil.nanosecond);
}

bool read_exact_fraction(TextReader& reader, TimeParts& parts, unsigned digits, std::uint32_t unit) {
  unsigned value = 0;
  if (!reader.digits(digits, value)) return false;
  parts.has_fraction = true;
  parts.civil.nanosecond = value * unit;
  return true;
}

bool read_spaces(TextReader& reader) {
  while (reader.any_of(" \t")) continue;
  return true;
}

bool read_step(char step, TextReader& reader, TimeParts& parts) {
  CivilTime& time = parts.civil;
  switch (step) {
    case 'a':
    case 'Z':
      return read_letters(reader);
    case 'b':
      return read_month(reader, time);
    case 'd':
      return reader.padded_two(time.day);
    case 'j':
      return read_day_of_year(reader, time);
    case 'm':
      return reader.digits(2, time.month);
    case 'Y':
      return reader.digits(4, time.year);
    case 'y':
      return read_short_year(reader, time);
    case 'H':
      return reader.padded_two(time.hour);
    case 'I':
      return read_half_day_hour(reader, time);
    case 'p':
      return read_half_day(reader, parts);
    case 'M':
      return reader.digits(2, time.minute);
    case 'S':
      return reader.digits(2, time.second);
    case 'z':
      return read_zone(reader, time);
    case 's':
      return read_epoch(reader, parts, kNanosecondsPerSecond);
    case kEpochMilliseconds:
      return read_epoch(reader, parts, 1'000'000);
    case kEpochMicroseconds:
      return read_epoch(reader, parts, 1000);
    case kMilliseconds:
      return read_exact_fraction(reader, parts, 3, 1'000'000);
    case kMicroseconds:
      return read_exact_fraction(reader, parts, 6, 1000);
    case 'f':
      return read_fraction(reader, parts);
    default:
      return read_spaces(reader);
  }
}

Result<std::string> compile_conversion(char conversion, std::size_t position) {
  if (const auto several = expansion(conversion); !several.empty()) return std::string{several};
  if (kPlainSteps.find(conversion) != std::string_view::npos) return std::string(1, conversion);
  std::string detail = "the time pattern has an unknown conversion %";
  detail += conversion;
  detail += " at position " + std::to_string(position + 1);
  return fail(Errc::InvalidArgument, {}, std::move(detail));
}

void skip_prefix(std::string_view& pattern) {
  for (const std::string_view prefix : {"begin:", "end:"}) {
    if (pattern.starts_with(prefix)) return pattern.remove_prefix(prefix.size());
  }
}

}  // namespace

std::optional<std::int64_t> TimeParts::resolve() const {
  if (epoch) {
    const std::int64_t whole = *epoch;
    if (!has_fraction) return whole;
    constexpr std::int64_t last = std::int64_t{1} << 62;
    if (whole > last || whole < -last) return std::nullopt;
    return whole + civil.nanosecond;
  }
  CivilTime time = civil;
  if (has_half_day) {
    if (time.hour > 12) return std::nullopt;
    time.hour = time.hour % 12 + (is_afternoon ? 12 : 0);
  }
  return to_nanoseconds(time);
}

Result<TimePattern> TimePattern::compile(std::string_view pattern) {
  skip_prefix(pattern);
  TimePattern compiled;
  for (const auto& [word, steps] : kApacheWords) {
    if (pattern != word) continue;
    compiled.steps_ = steps;
    return compiled;
  }
  if (pattern.empty()) return fail(Errc::InvalidArgument, {}, "the time pattern is empty");
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] != '%') {
      compiled.steps_ += {kLiteral, pattern[i]};
      continue;
    }
    if (i + 1 == pattern.size()) {
      return fail(Errc::InvalidArgument, {}, "the time pattern ends with a lone %");
    }
    compiled.steps_ += FOLIO_TRY(compile_conversion(pattern[i + 1], i));
    ++i;
  }
  return compiled;
}

std::optional<std::size_t> TimePattern::scan(std::string_view text, TimeParts& parts) const {
  TextReader reader{text};
  for (std::size_t i = 0; i < steps_.size(); ++i) {
    const bool is_literal = steps_[i] == kLiteral;
    if (is_literal ? !reader.literal(steps_[++i]) : !read_step(steps_[i], reader, parts)) return std::nullopt;
  }
  return text.size() - reader.left();
}

std::optional<std::int64_t> TimePattern::parse(std::string_view text) const {
  TimeParts parts;
  const auto size = scan(text, parts);
  if (!size || *size != text.size()) return std::nullopt;
  return parts.resolve();
}

}  // namespace folio::logs
