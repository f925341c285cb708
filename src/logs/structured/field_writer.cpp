// SPDX-License-Identifier: Apache-2.0
#include "logs/structured/field_writer.h"

#include <optional>

#include "logs/structured/number.h"
#include "logs/time/civil_time.h"
#include "logs/time/decimal.h"
#include "logs/time/text_reader.h"
#include "logs/time/timestamp.h"

namespace folio::logs {

namespace {

constexpr std::int64_t unit_nanoseconds(Unit unit) {
  switch (unit) {
    case Unit::Milliseconds:
      return 1'000'000;
    case Unit::Microseconds:
      return 1000;
    case Unit::Nanoseconds:
      return 1;
    default:
      return kNanosecondsPerSecond;
  }
}

// Bunyan and pino write 10 to 60, GELF writes syslog's severities.
std::string_view level_name(std::string_view number) {
  constexpr std::array<std::string_view, 6> kNames{"trace", "debug", "info", "warn", "error", "fatal"};
  if (number.size() == 1 && digit_value(number[0]) < 8) return severity_name(digit_value(number[0]));
  const bool is_tens = number.size() == 2 && number[1] == '0';
  const unsigned ten = is_tens ? digit_value(number[0]) : 0;
  return ten >= 1 && ten <= 6 ? kNames[ten - 1] : number;
}

// Go writes the number of the protocol itself.
std::string_view tls_name(std::string_view number) {
  constexpr std::array<std::string_view, 5> kNames{"SSLv3", "TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3"};
  constexpr std::int64_t kFirst = 0x300;
  const auto value = parse_count(number);
  if (!value || *value < kFirst || *value >= kFirst + 5) return number;
  return kNames[static_cast<std::size_t>(*value - kFirst)];
}

// 0, or 100 to 999.
std::optional<std::int64_t> status_of(std::string_view value) {
  if (value == "0") return 0;
  if (value.size() != 3) return std::nullopt;
  const auto number = parse_count(value);
  return number && *number >= 100 ? number : std::nullopt;
}

std::optional<std::int64_t> not_negative(std::optional<std::int64_t> number) {
  return number && *number >= 0 ? number : std::nullopt;
}

std::optional<std::int64_t> duration_of(std::string_view value, Unit unit, FieldWriter::Written written) {
  const auto number = parse_number(value, unit_nanoseconds(unit));
  if (number || written == FieldWriter::Written::Bare) return not_negative(number);
  return parse_duration(value);
}

}  // namespace

std::string_view severity_name(unsigned severity) {
  constexpr std::array<std::string_view, 8> kNames{"emerg",   "alert",  "crit", "err",
                                                   "warning", "notice", "info", "debug"};
  return kNames[severity];
}

std::string_view expected_for(Reject reject) {
  switch (reject) {
    case Reject::BadTime:
      return "a time";
    case Reject::BadStatus:
      return "a status of three digits";
    default:
      return "a number";
  }
}

void set_request(Record& record, std::string_view request) {
  const std::size_t space = request.find(' ');
  if (space == std::string_view::npos) {
    record.set(Field::Target, request);
    return;
  }
  if (space > 0) record.set(Field::Method, request.substr(0, space));
  std::string_view target = request.substr(space + 1);
  const std::size_t last = target.rfind(' ');
  if (last != std::string_view::npos && target.substr(last + 1).starts_with("HTTP/")) {
    record.set(Field::Protocol, target.substr(last + 1));
    target = target.substr(0, last);
  }
  if (!target.empty()) record.set(Field::Target, target);
}

std::optional<std::int64_t> FieldWriter::time_of(std::string_view value, Unit unit) {
  if (unit != Unit::Plain) return parse_number(value, unit_nanoseconds(unit));
  if (value.size() == ClfTime::kSize) {
    if (const auto time = clf_time_.parse(value)) return time;
  }
  if (const auto time = parse_any_time(value)) return time;
  return parse_epoch_number(value);
}

Reject FieldWriter::write_number(Record& record, const Target& target, std::string_view value,
                                 Written written) {
  std::optional<std::int64_t> number;
  Reject reject = Reject::BadNumber;
  switch (target.kind) {
    case ValueKind::Time:
      number = time_of(value, target.unit);
      reject = Reject::BadTime;
      if (!number) time_mismatch_ = value;
      break;
    case ValueKind::Status:
      number = status_of(value);
      reject = Reject::BadStatus;
      break;
    case ValueKind::Duration:
      number = duration_of(value, target.unit, written);
      break;
    default:
      number = not_negative(parse_number(value, 1));
  }
  if (!number) return target.mismatch == Mismatch::Ignore ? Reject::None : reject;
  record.set(target.field, *number);
  ranks_[static_cast<std::size_t>(target.field)] = target.rank;
  return Reject::None;
}

Reject FieldWriter::write(Record& record, const Target& target, std::string_view value, Written written) {
  if (value.empty() || value == "-") return Reject::None;
  std::uint8_t& rank = ranks_[static_cast<std::size_t>(target.field)];
  if (record.has(target.field) && rank < target.rank) return Reject::None;
  switch (target.kind) {
    case ValueKind::Text:
      break;
    case ValueKind::RequestLine:
      set_request(record, value);
      rank = target.rank;
      ranks_[static_cast<std::size_t>(Field::Method)] = 0xFF;  // keys of their own know better
      ranks_[static_cast<std::size_t>(Field::Protocol)] = 0xFF;
      return Reject::None;
    case ValueKind::Level:
      value = level_name(value);
      break;
    case ValueKind::TlsVersion:
      value = tls_name(value);
      break;
    default:
      return write_number(record, target, value, written);
  }
  record.set(target.field, value);
  rank = target.rank;
  return Reject::None;
}

Verdict FieldWriter::finish(Record& record, std::string_view line) const {
  if (!time_mismatch_.empty() && !record.has(Field::Time)) {
    return {.reject = Reject::BadTime,
            .column = static_cast<std::uint32_t>(time_mismatch_.data() - line.data()),
            .expected = expected_for(Reject::BadTime)};
  }
  // One key may mean the client or the server; it is the client where nothing else is.
  const std::string_view host = record.text(Field::Host);
  if (record.has(Field::VirtualHost) && record.text(Field::VirtualHost).data() == host.data()) {
    record.texts[static_cast<std::size_t>(Field::VirtualHost)] = {};
    record.present &= ~(1U << static_cast<unsigned>(Field::VirtualHost));
  }
  // A line that says nothing known is not lost.
  if (record.present == 0) record.set(Field::Message, line);
  return {};
}

}  // namespace folio::logs
