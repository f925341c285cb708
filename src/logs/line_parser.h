// SPDX-License-Identifier: Apache-2.0
// Turns lines of one format into records.
//
// Ownership: a parser owns what it was compiled from; expected texts in verdicts live as long as it. Threads:
// a parser belongs to one thread, since it remembers the last date; clone() makes one for another. Errors: a
// line that does not fit is a Verdict; nothing throws.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>

#include "logs/record.h"

namespace folio::logs {

/// Whether what a line means depends on lines before it.
enum class LineOrder : std::uint8_t { Any, Matters };

class LineParser {
 public:
  LineParser() = default;
  LineParser(const LineParser&) = delete;
  LineParser& operator=(const LineParser&) = delete;
  virtual ~LineParser() = default;

  /// `line` is without its line end ("\n" or "\r\n"); any bytes. `record` is cleared first.
  [[nodiscard]] virtual Verdict parse(std::string_view line, Record& record) = 0;
  [[nodiscard]] virtual std::unique_ptr<LineParser> clone() const = 0;
  /// Where it matters, a parser has to see all lines of a file, in their order.
  [[nodiscard]] virtual LineOrder line_order() const { return LineOrder::Any; }
  /// Bit set of the fields that a line may have, as in Record::present.
  [[nodiscard]] virtual std::uint32_t fields() const = 0;
};

}  // namespace folio::logs
