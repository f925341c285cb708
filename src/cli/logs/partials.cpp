// SPDX-License-Identifier: Apache-2.0
#include "cli/logs/partials.h"

#include "cli/logs/flags.h"
#include "cli/logs/read_logs.h"
#include "cli/logs/show.h"
#include "cli/read_whole.h"
#include "cli/write_file.h"
#include "core/try.h"
#include "logs/partial/partial.h"

namespace folio::cli {

namespace {

Result<logs::Partial> load(const std::string& name) {
  const std::string bytes = FOLIO_TRY(read_whole(name));
  return logs::read_partial(bytes, name);
}

Result<logs::Partial> load_all(const std::vector<std::string>& names) {
  logs::Partial all = FOLIO_TRY(load(names.front()));
  for (const std::string& name : std::span(names).subspan(1)) {
    auto merged = all.merge(FOLIO_TRY(load(name)));
    if (merged) continue;
    if (merged.error().path.empty()) merged.error().path = name;
    return std::unexpected(std::move(merged).error());
  }
  return all;
}

ExitStatus save(const logs::Partial& result, const std::string& name, ExitStatus status) {
  const auto done = write_file(name, logs::write_partial(result));
  return done ? status : graver(status, tell_error(done.error()));
}

}  // namespace

ExitStatus run_logs_scan(Words words) {
  LogsFlags flags;
  if (const auto done = parse_logs_scan_flags(words, flags)) return *done;
  const LogsRead read = read_logs(flags);
  return read.result ? save(*read.result, flags.output, read.status) : read.status;
}

ExitStatus run_logs_merge(Words words) {
  LogsFlags flags;
  if (const auto done = parse_logs_merge_flags(words, flags)) return *done;
  const auto all = load_all(flags.inputs);
  return all ? save(*all, flags.output, ExitStatus::Success) : tell_error(all.error());
}

ExitStatus run_logs_report(Words words) {
  LogsFlags flags;
  if (const auto done = parse_logs_report_flags(words, flags)) return *done;
  const auto bucket = parse_bucket(flags.bucket);
  if (!bucket) return tell_error(bucket.error());
  const auto all = load_all(flags.inputs);
  if (!all) return tell_error(all.error());
  Output output;
  return output.finish(show_result(*all, flags, {.bucket = *bucket}, output));
}

}  // namespace folio::cli
