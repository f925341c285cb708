// SPDX-License-Identifier: Apache-2.0
// folio logs, and its parts that make, merge and show partial results.
#include <fmt/format.h>

#include <array>

#include "cli/logs/flags.h"
#include "cli/logs/partials.h"
#include "cli/logs/read_logs.h"
#include "cli/logs/show.h"
#include "cli/output.h"
#include "cli/words.h"
#include "logs/analysis/format_choice.h"

namespace folio::cli {

namespace {

struct LogsPart {
  std::string_view name;
  ExitStatus (*run)(Words);
};

constexpr std::array kParts{LogsPart{"scan", run_logs_scan}, LogsPart{"merge", run_logs_merge},
                            LogsPart{"report", run_logs_report}};

ExitStatus list_formats() {
  Output output;
  std::string text;
  for (const logs::FormatName& format : logs::format_names())
    text += fmt::format("{:<14} {}\n", format.name, format.description);
  output.write(text);
  return output.finish(ExitStatus::Success);
}

ExitStatus report_logs(const LogsFlags& flags) {
  const auto bucket = parse_bucket(flags.bucket);
  if (!bucket) return tell_error(bucket.error());
  const LogsRead read = read_logs(flags);
  if (!read.result) return read.status;
  Output output;
  const ExitStatus shown =
      show_result(*read.result, flags, {.bucket = *bucket, .seconds = read.seconds}, output);
  return output.finish(graver(read.status, shown));
}

}  // namespace

ExitStatus run_logs(Words words) {
  // A file of such a name is read as ./scan.
  for (const LogsPart& part : kParts) {
    if (words.size() > 1 && part.name == words[1]) return part.run(words.subspan(1));
  }
  LogsFlags flags;
  if (const auto done = parse_logs_flags(words, flags)) return *done;
  return flags.formats ? list_formats() : report_logs(flags);
}

}  // namespace folio::cli
