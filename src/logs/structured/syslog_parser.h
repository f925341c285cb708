// SPDX-License-Identifier: Apache-2.0
// Lines of syslog: RFC 3164, as syslog daemons write it into files, and RFC 5424.
//
// An empty line is no record and no mistake. Threads: one. Errors: a Verdict.
#pragma once

#include <cstdint>
#include <memory>

#include "logs/line_parser.h"

namespace folio::logs {

/// "<34>Oct 11 22:14:15 machine su[1234]: message", with or without the priority; the time may be one of
/// ISO 8601, as rsyslog writes it. The machine may be missing before a program that ends with a colon.
class SyslogParser final : public LineParser {
 public:
  /// Times without a year are at most a day behind `reference`, in nanoseconds since 1970.
  explicit SyslogParser(std::int64_t reference) : reference_(reference) {}

  [[nodiscard]] Verdict parse(std::string_view line, Record& record) override;
  [[nodiscard]] std::unique_ptr<LineParser> clone() const override;
  [[nodiscard]] std::uint32_t fields() const override;

 private:
  std::int64_t reference_;
};

/// "<165>1 2003-10-11T22:14:15.003Z machine program process id [data] message".
class Syslog5424Parser final : public LineParser {
 public:
  [[nodiscard]] Verdict parse(std::string_view line, Record& record) override;
  [[nodiscard]] std::unique_ptr<LineParser> clone() const override;
  [[nodiscard]] std::uint32_t fields() const override;
};

}  // namespace folio::logs
