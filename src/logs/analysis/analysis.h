// SPDX-License-Identifier: Apache-2.0
// A report of any number of logs: chooses the format of each, reads it, and adds it up.
//
// Ownership: owns everything; files and streams must outlive the call that reads them. Threads: one call at a
// time, each of which uses all cores. Errors: Result; after an error the analysis can go on with other files.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "folio/scan.h"
#include "logs/analysis/format_choice.h"
#include "logs/read/log_reader.h"

namespace folio::logs {

struct AnalysisRequest {
  FormatRequest format = {};
  std::string where = {};  ///< An expression; empty: all records.
  TimeRange times = {};
  std::function<Flow(std::string_view)> on_rejected = {};
};

class Analysis {
 public:
  [[nodiscard]] static Result<std::unique_ptr<Analysis>> make(AnalysisRequest request);
  Analysis(const Analysis&) = delete;
  Analysis& operator=(const Analysis&) = delete;
  ~Analysis();

  /// Chooses the format of the next input by its beginning.
  [[nodiscard]] Result<void> choose(std::string_view head);
  /// What was chosen. REQUIRES: choose() was successful.
  [[nodiscard]] const ChosenFormat& format() const { return *format_; }

  /// REQUIRES: the format was chosen.
  [[nodiscard]] Result<ReadLog> read(ScanInput input, const ScanOptions& options);

  /// Lines of all inputs.
  [[nodiscard]] const LineTally& tally() const { return tally_; }
  [[nodiscard]] Report report(const ReportOptions& options);

 private:
  explicit Analysis(AnalysisRequest request);
  void add(const std::string& name, LineTally&& tally);
  void note_format();

  AnalysisRequest request_;
  std::optional<Query> where_;
  std::optional<ChosenFormat> format_;
  std::optional<LogReader> reader_;
  LineTally tally_;
  std::vector<std::string> names_;
  std::uint64_t inputs_ = 0;
  std::uint64_t bytes_ = 0;
  std::vector<std::string> formats_;
  std::string explanation_;
};

}  // namespace folio::logs
