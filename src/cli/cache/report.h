// SPDX-License-Identifier: Apache-2.0
// What an action of `folio cache` shows: a line for each file as it comes, or the first ones in another
// order, and the total.
#pragma once

#include "cache/total.h"
#include "cli/cache/flags.h"
#include "cli/cache/render.h"
#include "cli/output.h"
#include "cli/progress_line.h"

namespace folio::cli {

/// Threads: one at a time.
class CacheReport {
 public:
  CacheReport(CacheAction action, const CacheFlags& flags);

  /// Lines that overwrite what a progress line has drawn on the same terminal.
  void share_terminal_with(const ProgressLine& progress);
  Flow add(cache_detail::CachedFile& file);
  /// Shows what is left. An error of the walk itself may be handed in.
  [[nodiscard]] ExitStatus finish(const Result<void>& walked);
  [[nodiscard]] const cache_detail::CacheTotal& total() const { return total_; }

 private:
  void complain_about(const cache_detail::CachedFile& file);
  Flow show(const cache_detail::CachedFile& file);
  Flow write(std::string text);

  CacheAction action_;
  const CacheFlags& flags_;
  cache_detail::CacheTotal total_;
  cache_detail::Ranking ranking_;
  std::uint64_t shown_ = 0;
  ExitStatus status_ = ExitStatus::Success;
  enum class Terminal { Alone, Shared } terminal_ = Terminal::Alone;
  Output output_;
};

/// Works on all files of the flags and hands them to the report.
[[nodiscard]] Result<void> run_on_files(const CacheFlags& flags, const cache_detail::FileWork& work,
                                        CacheReport& report);

}  // namespace folio::cli
