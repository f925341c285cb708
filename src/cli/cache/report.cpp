// SPDX-License-Identifier: Apache-2.0
#include "cli/cache/report.h"

#include <fmt/format.h>

#include <utility>

#include "cli/quantity.h"
#include "cli/text.h"
#include "os/output.h"
#include "os/terminal.h"

namespace folio::cli {

using cache_detail::CachedFile;
using cache_detail::CacheOrder;
using cache_detail::FileFate;

CacheReport::CacheReport(CacheAction action, const CacheFlags& flags)
    : action_(action), flags_(flags), ranking_(flags.order, flags.top) {}

void CacheReport::share_terminal_with(const ProgressLine& progress) {
  const bool is_shared = os::is_terminal(os::kStandardOutput) && progress.is_drawn();
  terminal_ = is_shared ? Terminal::Shared : Terminal::Alone;
}

void CacheReport::complain_about(const CachedFile& file) {
  if (file.error) status_ = graver(status_, tell_error(*file.error));
  if (file.outcome.problem) status_ = graver(status_, tell_error(*file.outcome.problem));
  if (file.fate == FileFate::Special) complain(quoted_name(file.path) + ": not a regular file; skipped");
  if (action_ == CacheAction::Evict && file.outcome.hold != CacheHold::None) {
    complain(fmt::format("{}: {} pages stayed in the cache: {}", quoted_name(file.path),
                         format_count(file.outcome.state.total.resident), hold_reason(file.outcome.hold)));
  }
}

Flow CacheReport::add(CachedFile& file) {
  total_.add(file);
  complain_about(file);
  if (file.fate != FileFate::Done || flags_.summary) return Flow::Continue;
  if (flags_.order == CacheOrder::Path) {
    return shown_ >= flags_.top ? Flow::Continue : show(file);
  }
  ranking_.add(std::move(file));
  return Flow::Continue;
}

Flow CacheReport::show(const CachedFile& file) {
  const bool is_first = shown_++ == 0;
  if (flags_.json) return write(cache_json(action_, file));
  const std::string header = is_first ? cache_header() : "";
  return write(header + cache_row(file, flags_.state_options().regions));
}

Flow CacheReport::write(std::string text) {
  if (terminal_ == Terminal::Shared) text.insert(0, ProgressLine::kWipe);
  return output_.write(text);
}

ExitStatus CacheReport::finish(const Result<void>& walked) {
  if (!walked) status_ = graver(status_, tell_error(walked.error()));
  if (flags_.each.stop.stop_requested()) status_ = graver(status_, ExitStatus::Interrupted);
  for (const CachedFile& file : ranking_.take()) {
    if (show(file) == Flow::Stop) break;
  }
  if (flags_.json) {
    write(cache_total_json(action_, total_));
  } else if (flags_.summary || total_.files > 1 || total_.repeated > 0) {
    write((shown_ == 0 ? cache_header() : "") + cache_total_row(total_));
  }
  return output_.finish(status_);
}

Result<void> run_on_files(const CacheFlags& flags, const cache_detail::FileWork& work, CacheReport& report) {
  return cache_detail::each_file(flags.files, flags.each, work,
                                 [&](CachedFile& file) { return report.add(file); });
}

}  // namespace folio::cli
