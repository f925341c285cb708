// SPDX-License-Identifier: Apache-2.0
#include "logs/format/apache_format.h"

#include <array>
#include <optional>
#include <utility>

#include "core/fail.h"
#include "core/try.h"
#include "logs/format/ascii_case.h"
#include "logs/format/escape_sequence.h"
#include "logs/time/civil_time.h"

namespace folio::logs {

namespace {

constexpr std::int64_t kMillisecond = 1'000'000;
constexpr std::int64_t kMicrosecond = 1000;

struct Directive {
  std::string argument;  ///< "Referer" of %{Referer}i
  char letter = 0;
  bool is_original = false;  ///< "<": of the request before internal redirects.
  bool has_argument = false;
};

struct NamedField {
  std::string_view name;
  Field field;
};

constexpr std::array<NamedField, 11> kHeaders{{{"referer", Field::Referrer},
                                               {"referrer", Field::Referrer},
                                               {"user-agent", Field::UserAgent},
                                               {"x-forwarded-for", Field::ForwardedFor},
                                               {"host", Field::VirtualHost},
                                               {"x-request-id", Field::RequestId},
                                               {"x-correlation-id", Field::RequestId},
                                               {"unique_id", Field::RequestId},
                                               {"x-cache", Field::CacheStatus},
                                               {"x-cache-status", Field::CacheStatus},
                                               {"balancer_worker_name", Field::Upstream}}};

FieldSpec text(Field field, unsigned rank = 1) {
  return {.conversion = Conversion::Text, .field = field, .rank = rank};
}

FieldSpec latency(std::int64_t unit, unsigned rank) {
  return {.conversion = Conversion::Duration, .field = Field::Latency, .unit = unit, .rank = rank};
}

// %{...}i, %{...}o, %{...}e, %{...}n: whichever header or variable has a meaning of its own.
FieldSpec named(const Directive& directive) {
  for (const auto& [name, field] : kHeaders) {
    if (equals_ignoring_case(directive.argument, name)) return text(field, 0);
  }
  return {};
}

FieldSpec duration(const Directive& directive) {
  if (directive.argument == "ms") return latency(kMillisecond, 2);
  if (directive.argument == "us") return latency(kMicrosecond, 3);
  return latency(kNanosecondsPerSecond, 1);
}

FieldSpec tls(const Directive& directive) {
  if (equals_ignoring_case(directive.argument, "ssl_protocol")) return text(Field::TlsProtocol);
  if (equals_ignoring_case(directive.argument, "ssl_cipher")) return text(Field::TlsCipher);
  return {};
}

FieldSpec port(const Directive& directive) {
  if (directive.argument == "remote") return {};
  return {.conversion = Conversion::Count, .field = Field::ServerPort};
}

// The one without brackets; %t is read by read_time().
FieldSpec time_part(const Directive& directive) {
  return {.conversion = Conversion::TimePart, .field = Field::Time, .pattern = directive.argument};
}

FieldSpec status(const Directive& directive) {
  return {.conversion = Conversion::Status, .field = Field::Status, .rank = directive.is_original ? 1U : 2U};
}

FieldSpec count(Field field, Conversion conversion = Conversion::Count) {
  return {.conversion = conversion, .field = field};
}

FieldSpec spec_of(const Directive& directive) {
  switch (directive.letter) {
    case 'h':
      return text(Field::Host, 2);
    case 'a':
      return directive.has_argument ? FieldSpec{} : text(Field::Host);
    case 'l':
      return text(Field::Ident);
    case 'u':
      return text(Field::User);
    case 'r':
      return {.conversion = Conversion::Request, .field = Field::Target, .rank = 3};
    case 's':
      return status(directive);
    case 'b':
      return count(Field::Bytes, Conversion::CountOrZero);
    case 'B':
    case 'O':
      return count(Field::Bytes);
    case 'I':
      return count(Field::BytesReceived);
    case 'D':
      return latency(kMicrosecond, 3);
    case 'T':
      return duration(directive);
    case 'v':
      return text(Field::VirtualHost, 2);
    case 'V':
      return text(Field::VirtualHost, 1);
    case 'p':
      return port(directive);
    case 'm':
      return text(Field::Method);
    case 'U':
      return text(Field::Target);
    case 'H':
      return text(Field::Protocol);
    case 'P':
      return text(Field::Process);
    case 'L':
      return text(Field::RequestId);
    case 't':
      return time_part(directive);
    case 'x':
      return tls(directive);
    case 'i':
    case 'o':
    case 'e':
    case 'n':
      return named(directive);
    default:
      return {};
  }
}

bool is_letter(char byte) {
  return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
}

class Reader {
 public:
  explicit Reader(std::string_view format) : format_(format) {}

  Result<FormatPieces> read() {
    while (at_ < format_.size()) {
      if (format_[at_] == '%') {
        FOLIO_TRY(read_directive());
      } else {
        const std::size_t position = at_;
        append_literal(pieces_, read_escape(format_, at_), position);
      }
    }
    return std::move(pieces_);
  }

 private:
  Result<void> read_directive() {
    const std::size_t begin = at_++;
    if (take('%')) {
      append_literal(pieces_, '%', begin);
      return {};
    }
    Directive directive;
    while (at_ < format_.size() && is_modifier(format_[at_])) directive.is_original |= format_[at_++] == '<';
    if (take('{')) {
      const std::size_t close = format_.find('}', at_);
      if (close == std::string_view::npos) return complain(begin, "has no closing }");
      directive.argument = format_.substr(at_, close - at_);
      directive.has_argument = true;
      at_ = close + 1;
    }
    if (take('^')) ++at_;  // %{...}^ti: trailers, two letters
    if (at_ >= format_.size() || !is_letter(format_[at_])) return complain(begin, "has no letter");
    directive.letter = format_[at_++];
    add(directive, begin);
    return {};
  }

  static bool is_modifier(char byte) {
    return byte == '<' || byte == '>' || byte == '!' || byte == ',' || digit_value(byte) <= 9;
  }

  bool take(char wanted) {
    if (at_ >= format_.size() || format_[at_] != wanted) return false;
    ++at_;
    return true;
  }

  void add(const Directive& directive, std::size_t begin) {
    const std::string name{format_.substr(begin, at_ - begin)};
    // The path with its query: "%U%q".
    const bool is_query = directive.letter == 'q' && !pieces_.empty() && pieces_.back().name.ends_with('U');
    if (is_query && pieces_.back().is_field()) return;
    const bool is_plain_time = directive.letter == 't' && !directive.has_argument;
    if (!is_plain_time) {
      pieces_.push_back({.spec = spec_of(directive), .name = name, .position = begin});
      return;
    }
    append_literal(pieces_, '[', begin);
    FormatPiece time;
    time.spec.conversion = Conversion::ClfTime;
    time.spec.field = Field::Time;
    time.name = name;
    time.position = begin;
    pieces_.push_back(std::move(time));
    append_literal(pieces_, ']', begin);
  }

  std::unexpected<Error> complain(std::size_t begin, std::string_view what) const {
    std::string detail = "the directive ";
    detail += format_.substr(begin, at_ - begin);
    detail += " at position " + std::to_string(begin + 1) + " of the format ";
    detail += what;
    return fail(Errc::InvalidArgument, {}, std::move(detail));
  }

  std::string_view format_;
  std::size_t at_ = 0;
  FormatPieces pieces_;
};

}  // namespace

Result<FormatPieces> read_apache_format(std::string_view format) {
  return Reader{format}.read();
}

}  // namespace folio::logs
