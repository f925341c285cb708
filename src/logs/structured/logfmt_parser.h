// SPDX-License-Identifier: Apache-2.0
// Lines of logfmt: key=value key="quoted \" value" flag.
//
// Bytes up to the space separate. A value without quotes has no quote in it; a key without value is a flag
// and means nothing; a line without any "=" is rejected, an empty one is no record and no mistake. Ownership:
// a KeyTable is shared by clones. Threads: one.
#pragma once

#include <memory>

#include "logs/line_parser.h"
#include "logs/structured/field_writer.h"
#include "logs/structured/key_table.h"

namespace folio::logs {

class LogfmtParser final : public LineParser {
 public:
  explicit LogfmtParser(std::shared_ptr<const KeyTable> keys) : keys_(std::move(keys)) {}

  [[nodiscard]] Verdict parse(std::string_view line, Record& record) override;
  [[nodiscard]] std::unique_ptr<LineParser> clone() const override;
  [[nodiscard]] std::uint32_t fields() const override;

 private:
  Verdict write(Record& record, std::string_view line, std::string_view name, std::string_view value);

  std::shared_ptr<const KeyTable> keys_;
  FieldWriter writer_;
};

}  // namespace folio::logs
