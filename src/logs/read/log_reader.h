// SPDX-License-Identifier: Apache-2.0
// Reads files and streams of one format into one aggregate, on all cores.
//
// Each worker has tables of its own, which are brought together behind each file: what a record adds does not
// depend on its place. A chunk is aggregated before it is known to be intact; where a file turns out to have
// been changed, what it added is thrown away, and the bytes that are right are read again.
//
// Ownership: what the prototypes refer to must outlive the reader. Threads: one call at a time.
#pragma once

#include <functional>
#include <memory>
#include <string_view>
#include <vector>

#include "folio/scan.h"
#include "logs/read/chunk_fold.h"

namespace folio::logs {

struct ReadRules {
  const LineParser* parser = nullptr;  ///< A prototype.
  Conditions conditions = {};
  AggregateOptions aggregate = {};
  /// Gets the lines that were rejected, in file order; empty: nobody wants them. Flow::Stop ends the scan.
  std::function<Flow(std::string_view)> on_rejected = {};
};

/// One input, and what it added.
struct ReadLog {
  ScanReport report;
  LineTally tally;
};

class LogReader {
 public:
  explicit LogReader(ReadRules rules);
  LogReader(const LogReader&) = delete;
  LogReader& operator=(const LogReader&) = delete;
  ~LogReader();

  /// Errors: what keeps the scan from starting. Where the report has a problem, the aggregate holds what it
  /// says is covered, and nothing else of this input.
  [[nodiscard]] Result<ReadLog> read(ScanInput input, const ScanOptions& options);

  /// Uses another format from here on.
  void set_parser(const LineParser& parser);
  [[nodiscard]] Aggregate& aggregate() { return total_; }

 private:
  /// What left the scan: right, and in file order.
  struct Emitted {
    LineTally tally;
    std::uint64_t bytes = 0;
  };
  using Workers = std::vector<std::unique_ptr<ChunkFold>>;
  [[nodiscard]] Workers make_workers(const ScanOptions& options) const;
  [[nodiscard]] Result<ScanReport> fold(ScanInput input, const ScanOptions& options, Workers& workers,
                                        Emitted* emitted);
  [[nodiscard]] Result<Workers> fold_covered(ScanInput input, ScanOptions options, ByteRange covered);

  ReadRules rules_;
  Aggregate total_;
};

}  // namespace folio::logs
