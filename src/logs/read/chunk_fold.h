// SPDX-License-Identifier: Apache-2.0
// One worker's work: the lines of a chunk become records, and those that meet the conditions are aggregated.
//
// Ownership: the prototypes that it is made from must outlive it. Threads: one worker each.
#pragma once

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "folio/scan.h"
#include "logs/aggregate/aggregate.h"
#include "logs/line_parser.h"
#include "logs/query/query.h"
#include "logs/query/time_range.h"
#include "logs/read/tally.h"
#include "pattern/literal_searcher.h"

namespace folio::logs {

/// Which records go into the report.
struct Conditions {
  const Query* where = nullptr;  ///< Null: all. A prototype, cloned for each worker.
  TimeRange times = {};          ///< Others are held back, and so is what has no time.
  /// Lines without it are passed over unparsed; empty: every line is parsed.
  std::string literal;
};

enum class RejectedText : std::uint8_t { Drop, Keep };

/// What leaves a chunk in file order.
struct ChunkResult {
  LineTally tally;
  std::uint64_t bytes = 0;
  std::string rejected;  ///< The rejected lines, each with a newline; with RejectedText::Keep only.

  void clear() {
    tally = {};
    bytes = 0;
    rejected.clear();
  }
};

class ChunkFold {
 public:
  ChunkFold(const LineParser& parser, const Conditions& conditions, const AggregateOptions& options,
            RejectedText rejected);

  void fold(const Chunk& chunk, ChunkResult& result);
  [[nodiscard]] Aggregate& aggregate() { return aggregate_; }
  /// Of all chunks.
  [[nodiscard]] std::uint64_t bytes() const { return bytes_; }

 private:
  void fold_all(std::string_view lines, ChunkResult& result);
  void fold_candidates(std::string_view lines, ChunkResult& result);
  void fold_line(std::string_view line, std::uint64_t offset, ChunkResult& result);
  void reject(Reject why, std::string_view line, std::uint64_t offset, ChunkResult& result);
  [[nodiscard]] bool is_wanted(const Record& record);
  void hand_on();

  std::unique_ptr<LineParser> parser_;
  std::optional<Query> where_;
  const Conditions& conditions_;
  RejectedText rejected_;
  std::optional<pattern::LiteralSearcher> searcher_;
  pattern::SearchState search_state_;
  Aggregate aggregate_;
  // PERF: the tables look ahead at the records that are handed to them together.
  static constexpr std::size_t kBatch = 32;
  std::array<Record, kBatch> records_;
  std::size_t held_ = 0;
  std::uint64_t bytes_ = 0;
};

}  // namespace folio::logs
