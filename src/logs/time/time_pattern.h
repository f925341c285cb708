// SPDX-License-Identifier: Apache-2.0
// Times in a form that the user gives, in the language of strftime: "%d/%b/%Y:%H:%M:%S %z".
//
// A time may be scattered over a line, as Apache's "%{%d/%b/%Y %T}t.%{msec_frac}t %{%z}t" has it: every piece
// adds to one TimeParts, and the whole is resolved at the end. Ownership: a pattern owns its text. Threads:
// immutable after compile(). Errors: a Result for a pattern, nothing for a text that does not fit.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "folio/error.h"
#include "logs/time/civil_time.h"

namespace folio::logs {

/// What has been read of a time so far.
struct TimeParts {
  CivilTime civil;
  std::optional<std::int64_t> epoch;  ///< Nanoseconds since 1970; what is not a fraction in `civil` is void.
  bool has_fraction = false;          ///< In civil.nanosecond.
  bool is_afternoon = false;          ///< %p of a time in %I.
  bool has_half_day = false;

  [[nodiscard]] std::optional<std::int64_t> resolve() const;
};

class TimePattern {
 public:
  /// Knows %a %A %b %B %h %d %e %j %m %Y %y %H %I %p %M %S %T %R %D %F %z %Z %s %f %n %t %%, and Apache's
  /// words sec, msec, usec, msec_frac and usec_frac in place of a pattern; "begin:" and "end:" before it are
  /// skipped.
  [[nodiscard]] static Result<TimePattern> compile(std::string_view pattern);

  /// How many bytes at the front of `text` fit; nothing if they don't.
  [[nodiscard]] std::optional<std::size_t> scan(std::string_view text, TimeParts& parts) const;

  /// The whole of `text` as one time.
  [[nodiscard]] std::optional<std::int64_t> parse(std::string_view text) const;

 private:
  // Conversions without "%": letters as strftime has them, capital forms of several replaced by their parts;
  // kLiteral stands before each literal byte.
  static constexpr char kLiteral = '\'';

  std::string steps_;
};

}  // namespace folio::logs
