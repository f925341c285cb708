// SPDX-License-Identifier: Apache-2.0
#include "cli/search/list_files.h"

#include <atomic>

#include "cli/search/job.h"
#include "cli/search/output_gate.h"
#include "cli/search/run.h"
#include "cli/text.h"
#include "os/interrupt.h"

namespace folio::cli {

namespace {

constexpr std::size_t kBatchSize = 32U << 10;

}  // namespace

ExitStatus list_files(const SearchFlags& flags, std::span<const std::string> roots) {
  Output output;
  Verdict verdict;
  std::mutex mutex;
  std::string batch;
  WalkOptions options = flags.walk;
  options.threads = flags.walk.sort == WalkSort::None ? flags.scan.threads : 1;
  options.stop = os::interrupt_token();
  const std::string color = use_color(flags.scan.color) ? flags.styles.path.sequence() : "";
  const auto visit = [&](const WalkEntry& entry) {
    verdict.note_found();
    if (flags.quiet) return WalkFlow::Stop;
    const std::scoped_lock lock(mutex);
    append_styled(batch, flags.null_after_name ? std::string{entry.path} : quoted_name(entry.path), color);
    batch += flags.null_after_name ? '\0' : '\n';
    if (batch.size() < kBatchSize) return WalkFlow::Continue;
    const Flow flow = output.write(batch);
    batch.clear();
    return flow == Flow::Continue ? WalkFlow::Continue : WalkFlow::Stop;
  };
  const auto report = walk(roots, options, visit, [&](const Error& error) {
    verdict.note(flags.messages ? tell_error(error) : status_of(error.code));
  });
  if (!report) verdict.note(tell_error(report.error()));
  if (options.stop.stop_requested()) verdict.note(ExitStatus::Interrupted);
  output.write(batch);
  return output.finish(verdict.status(flags));
}

ExitStatus list_types(const SearchFlags& flags) {
  const auto types = file_types(flags.walk.type_changes);
  if (!types) return tell_error(types.error());
  std::string text;
  for (const FileType& type : *types) {
    text += type.name + ":";
    std::string_view separator = " ";
    for (const std::string& glob : type.globs) {
      text += separator;
      text += glob;
      separator = ", ";
    }
    text += '\n';
  }
  Output output;
  output.write(text);
  return output.finish(ExitStatus::Success);
}

}  // namespace folio::cli
