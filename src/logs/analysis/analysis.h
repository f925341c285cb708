// SPDX-License-Identifier: Apache-2.0
// Any number of logs as one partial result: chooses the format of each, reads it, and adds it up.
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
#include "logs/partial/partial.h"
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

  /// Reads `input`, which is `origin` or made of it; `head` is how it begins. Refuses a file that was read
  /// before: no line counts twice. REQUIRES: the format was chosen.
  [[nodiscard]] Result<ScanReport> read(ScanInput input, const File& origin, std::string_view head,
                                        const ScanOptions& options);

  /// Everything that was read; the analysis is over then.
  [[nodiscard]] Partial finish();

 private:
  explicit Analysis(AnalysisRequest request);
  void add(const std::string& name, const ReadLog& log, ByteRange range);
  void note_format();

  AnalysisRequest request_;
  std::optional<Query> where_;
  std::optional<ChosenFormat> format_;
  std::optional<LogReader> reader_;
  Partial partial_;
  std::vector<std::string> formats_;
};

}  // namespace folio::logs
