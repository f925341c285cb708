// SPDX-License-Identifier: Apache-2.0
// What all files of one run of `folio search` have in common: the pattern, what is shown and how, and what
// has come of it so far.
#pragma once

#include <atomic>
#include <chrono>
#include <mutex>

#include "cli/search/flags.h"
#include "cli/search/json_messages.h"
#include "cli/search/text_renderer.h"

namespace folio::cli {

/// How one file's results are shown. Immutable during a run.
struct SearchJob {
  const SearchFlags& flags;
  Pattern pattern;
  SearchMode mode = SearchMode::Lines;
  SearchOptions options;  ///< Without what differs between files.
  TextStyle style;        ///< Without the name.
  enum class Names : std::uint8_t { None, EachLine, Heading } names = Names::None;

  [[nodiscard]] bool shows_lines() const { return mode == SearchMode::Lines && !flags.quiet; }
  /// Whether it is enough to know that there is a selected line.
  [[nodiscard]] bool needs_any_only() const {
    const bool by_name = mode == SearchMode::FilesWithMatches || mode == SearchMode::FilesWithoutMatch;
    return (flags.quiet && !flags.stats && !flags.json) || by_name;
  }
  /// Whether a NUL byte makes a file a binary one.
  [[nodiscard]] bool looks_for_binary() const {
    return options.binary == BinaryData::Withhold || (flags.json && flags.binary != BinaryFiles::AsText);
  }
  /// What stands between the results of two files.
  [[nodiscard]] std::string separator() const;
};

[[nodiscard]] Result<Pattern> make_pattern(const SearchFlags& flags, std::span<const std::string> patterns);
[[nodiscard]] SearchJob make_job(const SearchFlags& flags, Pattern pattern, SearchJob::Names names,
                                 LineNumbers numbers);

/// What has come of a run. Threads: any.
class Verdict {
 public:
  void note(ExitStatus status);
  void add(const SearchTotals& totals);
  [[nodiscard]] bool found() const { return found_.load(std::memory_order_relaxed); }
  void note_found() { found_.store(true, std::memory_order_relaxed); }
  [[nodiscard]] bool is_interrupted();
  /// The status that grep's users expect: an error outweighs a match, but for -q.
  [[nodiscard]] ExitStatus status(const SearchFlags& flags);
  [[nodiscard]] SearchTotals totals();

 private:
  std::mutex mutex_;
  ExitStatus status_ = ExitStatus::Success;
  SearchTotals totals_;
  std::atomic<bool> found_ = false;
};

}  // namespace folio::cli
