// SPDX-License-Identifier: Apache-2.0
// A result that outlives its run: what was counted, of which bytes, under which settings.
//
// As a file: magic, version, size, content in sorted order, checksum of 128 bits. Equal content gives equal
// bytes, whatever the threads and the order of merging. Ownership: a value; move-only, as an Aggregate is.
// Threads: one. Errors: bytes that are no partial, of another version, cut off or damaged give one sentence.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "folio/error.h"
#include "logs/aggregate/aggregate.h"
#include "logs/partial/covered.h"
#include "logs/report.h"

namespace folio::logs {

struct Partial {
  /// What must be equal for merging, readable: "format=combined where=status>=500".
  std::string settings;
  std::string format;              ///< As in Report.
  std::string format_explanation;  ///< As in Report; merging keeps the first by its bytes.
  std::uint64_t bytes_read = 0;
  std::uint64_t lines = 0;
  std::uint64_t filtered = 0;
  std::vector<RejectCount> rejects;  ///< Sorted by reason.
  std::vector<Covered> covered;      ///< As join() makes them.
  Aggregate aggregate{AggregateOptions{}};

  /// Fails, and changes nothing, where settings differ or a byte would be counted twice.
  [[nodiscard]] Result<void> merge(Partial&& other);
  /// The aggregate's report, with what else is known here.
  [[nodiscard]] Report report(const ReportOptions& options) const;
};

/// Adds lines that were refused for a reason; of two first ones the one by file and offset stays.
void add_rejects(std::vector<RejectCount>& into, const RejectCount& more);

[[nodiscard]] std::string write_partial(const Partial& partial);
/// `name` is the file's, for messages. Takes memory in proportion to `bytes` only.
[[nodiscard]] Result<Partial> read_partial(std::string_view bytes, const std::string& name);

/// For tests: `content` between header and checksum.
[[nodiscard]] std::string seal_partial(std::string_view content);

}  // namespace folio::logs
