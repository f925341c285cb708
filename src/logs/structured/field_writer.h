// SPDX-License-Identifier: Apache-2.0
// Puts the values of a structured line into a record: by kind, and only the best of several for one field.
//
// Ownership: what it writes are views of the line, or static texts. Threads: one. Errors: a Verdict.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "logs/record.h"
#include "logs/structured/key_table.h"
#include "logs/time/clf_time.h"

namespace folio::logs {

class FieldWriter {
 public:
  /// Where a value comes from.
  enum class Written : std::uint8_t {
    Quoted,  ///< Between quotes, or in a format without kinds of values.
    Bare,    ///< A number, true or false.
  };

  void begin(Record& record) {
    record = {};
    time_mismatch_ = {};
  }
  /// Reject::None, or why the value is none of the target's field.
  [[nodiscard]] Reject write(Record& record, const Target& target, std::string_view value, Written written);
  /// Behind the last value of a line that fits so far.
  [[nodiscard]] Verdict finish(Record& record, std::string_view line) const;

 private:
  [[nodiscard]] Reject write_number(Record& record, const Target& target, std::string_view value,
                                    Written written);
  [[nodiscard]] std::optional<std::int64_t> time_of(std::string_view value, Unit unit);

  std::array<std::uint8_t, kFields> ranks_{};  // of those present
  std::string_view time_mismatch_;             // a value that should have been a time
  ClfTime clf_time_;
};

/// "emerg" to "debug" of syslog's severities. REQUIRES: at most 7.
[[nodiscard]] std::string_view severity_name(unsigned severity);

/// Method, target and protocol of "GET /path HTTP/1.1", as far as they are there.
void set_request(Record& record, std::string_view request);

/// What a reject for a field is called: "a time", "a status of three digits".
[[nodiscard]] std::string_view expected_for(Reject reject);

}  // namespace folio::logs
