// SPDX-License-Identifier: Apache-2.0
#include "logs/format/delimited_parser.h"

#include <algorithm>
#include <utility>

#include "logs/format/field_values.h"
#include "logs/format/find_delimiter.h"
#include "logs/format/request_line.h"
#include "logs/time/decimal.h"
#include "logs/time/timestamp.h"

namespace folio::logs {

namespace {

constexpr std::string_view kClfForm = "a time such as 10/Oct/2000:13:55:36 -0700";
constexpr std::string_view kStatusForm = "a status of three digits";
constexpr std::string_view kNumberForm = "a number";
constexpr std::string_view kTimeForm = "a time that exists";
constexpr std::string_view kEnd = "the end of the line";
constexpr std::string_view kClosingQuote = "a closing quote";

std::string_view form_of(Reject reject) {
  if (reject == Reject::BadStatus) return kStatusForm;
  return reject == Reject::BadTime ? kTimeForm : kNumberForm;
}

[[gnu::cold, gnu::noinline]] bool reject(Verdict& verdict, Reject reason, std::ptrdiff_t column,
                                         std::string_view expected) {
  verdict = {.reject = reason, .column = static_cast<std::uint32_t>(column), .expected = expected};
  return false;
}

const char* find_end(const Step& step, const char* at, const char* end, Rest rest) {
  switch (step.ending) {
    case Ending::Byte:
      return find_byte(at, end, step.literal.text.front());
    case Ending::Literal:
      return find_literal(step.literal, at, end);
    case Ending::Quote:
      break;
    case Ending::Line:
      return rest == Rest::Nothing
                 ? end
                 : std::find_if(at, end, [](char byte) { return byte == ' ' || byte == '\t'; });
  }
  for (const char* quote = find_quote(at, end); quote != nullptr; quote = find_quote(quote + 1, end)) {
    // An unescaped quote within a text is an accident of who wrote the line, but never ends the last field.
    if (step.is_last || is_at(step.literal, quote, end)) return quote;
  }
  return nullptr;
}

struct Span {
  const char* begin = nullptr;
  const char* end = nullptr;   ///< nullptr: the field has no end.
  const char* next = nullptr;  ///< Where the literal should be.
};

Span find_span(const Step& step, const char* at, const char* end, Rest rest) {
  if (step.may_be_quoted && at != end && *at == '"') {
    const char* quote = find_quote(at + 1, end);
    if (quote != nullptr && is_at(step.literal, quote + 1, end)) return {at + 1, quote, quote + 1};
  }
  const bool has_literal = step.ending == Ending::Byte || step.ending == Ending::Literal;
  const char* found =
      step.is_list && has_literal ? find_behind_list(step.literal, at, end) : find_end(step, at, end, rest);
  return {at, found, found};
}

bool is_absent(std::string_view text) {
  return text.empty() || (text.size() == 1 && text.front() == '-');
}

Reject set_number(std::optional<std::int64_t> value, Field field, Reject reason, Record& record) {
  if (!value) return reason;
  if (*value != kAbsent) record.set(field, *value);
  return Reject::None;
}

Reject set_count(const Step& step, std::string_view text, Record& record) {
  if (!is_absent(text)) return set_number(parse_count(text), step.field, Reject::BadNumber, record);
  if (step.conversion == Conversion::CountOrZero) record.set(step.field, 0);
  return Reject::None;
}

}  // namespace

const char* find_behind_list(const Literal& literal, const char* at, const char* end) {
  for (const char* from = at; const char* found = find_literal(literal, from, end); from = found + 1) {
    const auto behind = std::string_view{found, static_cast<std::size_t>(end - found)};
    const auto before = std::string_view{at, static_cast<std::size_t>(found - at)};
    const bool is_inside =
        *found == ' ' && (before.ends_with(',') || before.ends_with(" :") || behind.starts_with(" : "));
    if (!is_inside) return found;
  }
  return nullptr;
}

Verdict DelimitedParser::parse(std::string_view line, Record& record) {
  record = Record{};
  Verdict verdict;
  if (line.empty()) return verdict;
  const FormatProgram& program = *program_;
  Place place{.begin = line.data(), .at = line.data(), .end = line.data() + line.size()};
  if (!is_at(program.prefix, place.at, place.end)) {
    reject(verdict, Reject::BadForm, 0, program.prefix.text);
    return verdict;
  }
  place.at += program.prefix.text.size();
  if (program.has_sums) sums_ = {};
  for (const Step& step : program.steps) {
    if (!take(step, place, record, verdict)) return verdict;
  }
  finish(place, record, verdict);
  return verdict;
}

bool DelimitedParser::take(const Step& step, Place& place, Record& record, Verdict& verdict) {
  if (step.conversion == Conversion::ClfTime) return take_clf_time(step, place, record, verdict);
  if (step.conversion == Conversion::TimePart) return take_time_part(step, place, verdict);
  return take_text(step, place, record, verdict);
}

bool DelimitedParser::pass_literal(const Step& step, const char* at, Place& place, Verdict& verdict) {
  if (!is_at(step.literal, at, place.end)) {
    return reject(verdict, Reject::BadForm, at - place.begin, step.expected);
  }
  place.at = at + step.literal.text.size();
  return true;
}

bool DelimitedParser::take_clf_time(const Step& step, Place& place, Record& record, Verdict& verdict) {
  const std::ptrdiff_t column = place.at - place.begin;
  if (place.end - place.at < std::ptrdiff_t{ClfTime::kSize}) {
    return reject(verdict, Reject::TooShort, place.end - place.begin, kClfForm);
  }
  const auto time = clf_time_.parse_bytes(place.at);
  if (!time) return reject(verdict, Reject::BadTime, column, kClfForm);
  record.set(Field::Time, *time);
  return pass_literal(step, place.at + ClfTime::kSize, place, verdict);
}

bool DelimitedParser::take_time_part(const Step& step, Place& place, Verdict& verdict) {
  const std::string_view rest{place.at, static_cast<std::size_t>(place.end - place.at)};
  const auto size = step.pattern->scan(rest, sums_.time);
  if (!size) return reject(verdict, Reject::BadTime, place.at - place.begin, kTimeForm);
  return pass_literal(step, place.at + *size, place, verdict);
}

bool DelimitedParser::take_text(const Step& step, Place& place, Record& record, Verdict& verdict) {
  while (step.is_padded && place.at != place.end && *place.at == ' ') ++place.at;
  const Span span = find_span(step, place.at, place.end, program_->rest);
  if (span.end == nullptr) {
    if (step.ending == Ending::Quote) {
      return reject(verdict, Reject::BadForm, place.at - place.begin, kClosingQuote);
    }
    return reject(verdict, Reject::TooShort, place.end - place.begin, step.expected);
  }
  const std::string_view text{span.begin, static_cast<std::size_t>(span.end - span.begin)};
  const Reject reason = store(step, text, record);
  if (reason != Reject::None) return reject(verdict, reason, span.begin - place.begin, form_of(reason));
  return pass_literal(step, span.next, place, verdict);
}

Reject DelimitedParser::store(const Step& step, std::string_view text, Record& record) {
  switch (step.conversion) {
    case Conversion::Skip:
      break;
    case Conversion::SkipCount:
      return is_absent(text) || parse_count(text) ? Reject::None : Reject::BadNumber;
    case Conversion::Text:
      if (!is_absent(text)) record.set(step.field, text);
      break;
    case Conversion::HostPort:
      if (!is_absent(text)) record.set(step.field, without_port(text));
      break;
    case Conversion::Request:
      set_request(text, record);
      break;
    case Conversion::Status:
      return set_number(parse_status(text), step.field, Reject::BadStatus, record);
    case Conversion::Count:
    case Conversion::CountOrZero:
      return set_count(step, text, record);
    case Conversion::Duration:
      return set_number(parse_duration(text, step.unit), step.field, Reject::BadNumber, record);
    case Conversion::DurationSum:
      return add_duration(step, text, record);
    case Conversion::DurationList:
      return set_number(parse_duration_list(text, step.unit), step.field, Reject::BadNumber, record);
    case Conversion::StatusList:
      return set_number(parse_status_list(text), step.field, Reject::BadStatus, record);
    case Conversion::IsoTime:
    case Conversion::EpochTime: {
      const auto time =
          step.conversion == Conversion::IsoTime ? parse_iso8601(text) : parse_scaled(text, step.unit);
      if (!time) return Reject::BadTime;
      record.set(Field::Time, *time);
      break;
    }
    case Conversion::ClfTime:
    case Conversion::TimePart:
      break;  // Found and stored in one go.
  }
  return Reject::None;
}

Reject DelimitedParser::add_duration(const Step& step, std::string_view text, Record& record) {
  const auto value = parse_duration(text, step.unit);
  if (!value) return Reject::BadNumber;
  sums_.is_duration_void |= *value == kAbsent;
  if (*value == kAbsent) return Reject::None;
  sums_.has_duration = true;
  if (step.field != Field::Latency) record.set(step.field, *value);
  return __builtin_add_overflow(sums_.duration, *value, &sums_.duration) ? Reject::BadNumber : Reject::None;
}

bool DelimitedParser::finish(Place place, Record& record, Verdict& verdict) const {
  const bool is_at_end = place.at == place.end || (program_->rest == Rest::Anything && *place.at == ' ');
  if (!is_at_end) return reject(verdict, Reject::BadForm, place.at - place.begin, kEnd);
  if (!program_->has_sums) return true;
  if (sums_.has_duration && !sums_.is_duration_void) record.set(Field::Latency, sums_.duration);
  if (program_->patterns.empty()) return true;
  TimeParts parts = sums_.time;
  if (record.has(Field::Time)) parts.epoch = record.number(Field::Time);
  const auto time = parts.resolve();
  if (!time) return reject(verdict, Reject::BadTime, 0, kTimeForm);
  record.set(Field::Time, *time);
  return true;
}

std::unique_ptr<LineParser> DelimitedParser::clone() const {
  return std::make_unique<DelimitedParser>(program_);
}

}  // namespace folio::logs
