// SPDX-License-Identifier: Apache-2.0
// Conditions on records: status >= 500 and path ~ "^/api" and latency > 250ms.
//
// Comparisons: == != < <= > >=, ~ and !~ with a regular expression, in ("a", "b"), not in, contains,
// starts_with, ends_with; a field alone asks whether the record has it. A comparison is false where the
// record does not have the field, and its "not" is true. "and" binds closer than "or", "not" closer than
// both. Texts stand between quotes and are compared with what the log has, escapes included. Fields have the
// names of parse_field, and `path` (without the query), `query`, `status_class` ("4xx"), `hour`, `weekday`
// ("mon") and `day` ("2025-01-31"), which are those of UTC. Ownership: a Query owns all that it needs; clones
// share what never changes. Threads: one for each Query. Errors: Errc::InvalidArgument with one sentence and
// the column; evaluation cannot fail.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "folio/error.h"
#include "logs/query/field_pattern.h"
#include "logs/record.h"

namespace folio::logs {

class Query {
 public:
  /// `now`: what times such as "2h" are before, in nanoseconds since 1970.
  [[nodiscard]] static Result<Query> compile(std::string_view text, std::int64_t now);

  /// For another thread.
  [[nodiscard]] Query clone() const { return Query(program_); }

  [[nodiscard]] bool matches(const Record& record);

  /// Bytes that every line contains whose record matches, so that lines without them need not be parsed;
  /// nothing where that cannot be known.
  [[nodiscard]] const std::optional<std::string>& required_literal() const;
  /// Bit set of the fields that are asked for, as in Record::present.
  [[nodiscard]] std::uint32_t fields() const;

  struct Program;

 private:
  explicit Query(std::shared_ptr<const Program> program);

  std::shared_ptr<const Program> program_;
  std::vector<FieldMatcher> matchers_;  // of the program's patterns
};

}  // namespace folio::logs
