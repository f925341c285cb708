// SPDX-License-Identifier: Apache-2.0
// Runs a compiled format over lines: one pass from left to right, no regular expression.
//
// Ownership: shares its program. Threads: belongs to one. Errors: a Verdict.
#pragma once

#include <memory>
#include <string_view>

#include "logs/format/format_program.h"
#include "logs/line_parser.h"
#include "logs/time/clf_time.h"
#include "logs/time/time_pattern.h"

namespace folio::logs {

class DelimitedParser final : public LineParser {
 public:
  explicit DelimitedParser(SharedProgram program) : program_(std::move(program)) {}

  [[nodiscard]] Verdict parse(std::string_view line, Record& record) override;
  [[nodiscard]] std::unique_ptr<LineParser> clone() const override;
  [[nodiscard]] std::uint32_t fields() const override { return program_->fields; }

 private:
  /// What several fields make together.
  struct Sums {
    TimeParts time;
    std::int64_t duration = 0;
    bool has_duration = false;
    bool is_duration_void = false;
  };

  /// Where in the line the parser is.
  struct Place {
    const char* begin;
    const char* at;
    const char* end;
  };

  static bool pass_literal(const Step& step, const char* at, Place& place, Verdict& verdict);
  bool take(const Step& step, Place& place, Record& record, Verdict& verdict);
  bool take_clf_time(const Step& step, Place& place, Record& record, Verdict& verdict);
  bool take_time_part(const Step& step, Place& place, Verdict& verdict);
  bool take_text(const Step& step, Place& place, Record& record, Verdict& verdict);
  Reject store(const Step& step, std::string_view text, Record& record);
  Reject add_duration(const Step& step, std::string_view text, Record& record);
  bool finish(Place place, Record& record, Verdict& verdict) const;

  SharedProgram program_;
  ClfTime clf_time_;
  Sums sums_;
};

}  // namespace folio::logs
