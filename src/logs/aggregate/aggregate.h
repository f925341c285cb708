// SPDX-License-Identifier: Apache-2.0
// Counts of all that a report shows, built from records.
//
// Ownership: nothing of a record is kept but copies. Threads: one aggregate for each worker, merged at the
// end. Merging is associative and commutative: the report is the same to the byte for any division of the
// records into aggregates, any order within them and any order of merging. Errors: none; memory() grows with
// the different values, not with the records.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "logs/record.h"
#include "logs/report.h"

namespace folio::logs {

struct Tables;

struct AggregateOptions {
  /// Fields that are looked at, as in Record::present; a report without agents, say, is made faster.
  std::uint32_t fields = ~std::uint32_t{0};
};

enum class BucketUnit : std::uint8_t { Minute, FiveMinutes, Hour, Day, Week, Month, Year };

struct ReportOptions {
  std::size_t top = 10;  ///< Rows of a panel.
  /// None: the shortest unit that makes at most 400 buckets. There are never more than 2000.
  std::optional<BucketUnit> bucket = std::nullopt;
  /// Undoes the escapes of a text, which has a backslash; nullptr: texts are shown as the log has them.
  std::string (*unescape)(std::string_view text) = nullptr;
};

class Aggregate {
 public:
  explicit Aggregate(const AggregateOptions& options);
  Aggregate(Aggregate&& other) noexcept;
  Aggregate& operator=(Aggregate&& other) noexcept;
  Aggregate(const Aggregate&) = delete;
  Aggregate& operator=(const Aggregate&) = delete;
  ~Aggregate();

  /// A record without any field counts as nothing.
  void add(const Record& record) { add_batch({&record, 1}); }
  /// The same, faster: looks ahead in the tables. Any number of records; 64 at a time are enough.
  void add_batch(std::span<const Record> records);
  /// REQUIRES: made with the same options. `other` can be destroyed only, then.
  void merge(Aggregate&& other);
  /// Bytes held.
  [[nodiscard]] std::uint64_t memory() const;
  /// Fills records, is_web, totals, visitors, times, latency, series, panels and notes; the caller the rest.
  [[nodiscard]] Report report(const ReportOptions& options) const;

  /// For the reader and the writer of partials.
  [[nodiscard]] const Tables& tables() const { return *tables_; }
  [[nodiscard]] Tables& tables() { return *tables_; }

 private:
  AggregateOptions options_;
  std::unique_ptr<Tables> tables_;
};

}  // namespace folio::logs
