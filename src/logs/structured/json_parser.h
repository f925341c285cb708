// SPDX-License-Identifier: Apache-2.0
// Lines of one JSON object each.
//
// Strict: what is no JSON object, or has anything behind it, is rejected. Texts stay as they stand in the
// line, escapes included. An empty line is no record and no mistake. A line without any key that means
// something is a record whose message is the line. Ownership: a KeyTable is shared by clones. Threads: one.
#pragma once

#include <memory>

#include "logs/line_parser.h"
#include "logs/structured/field_writer.h"
#include "logs/structured/json_cursor.h"
#include "logs/structured/key_table.h"

namespace folio::logs {

class JsonParser final : public LineParser {
 public:
  explicit JsonParser(std::shared_ptr<const KeyTable> keys) : keys_(std::move(keys)) {}

  [[nodiscard]] Verdict parse(std::string_view line, Record& record) override;
  [[nodiscard]] std::unique_ptr<LineParser> clone() const override;
  [[nodiscard]] std::uint32_t fields() const override;

 private:
  // The line that is parsed.
  struct Walk {
    JsonCursor cursor;
    Record& record;
    Verdict verdict = {};  // why a value does not fit its field
  };

  bool object(Walk& walk, std::uint16_t level, unsigned depth);
  bool array(Walk& walk, std::uint16_t level, unsigned depth);
  bool known_value(Walk& walk, const KeyTable::Key& key, unsigned depth);
  bool write(Walk& walk, std::uint16_t target, std::string_view value, FieldWriter::Written written);

  std::shared_ptr<const KeyTable> keys_;
  FieldWriter writer_;
};

}  // namespace folio::logs
