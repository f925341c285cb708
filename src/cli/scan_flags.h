// SPDX-License-Identifier: Apache-2.0
// The flags that every scanning subcommand has, and what they make visible.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "cli/exit_status.h"
#include "cli/output.h"
#include "cli/words.h"
#include "folio/scan.h"

namespace folio::cli {

enum class ProgressWhen { Auto, Always, Never };

struct ScanFlags {
  unsigned threads = 0;
  Access access = Access::Auto;
  std::uint64_t chunk_size = 0;
  std::uint64_t record_size_max = ScanOptions{}.record_size_max;
  std::optional<ByteRange> range;
  ProgressWhen progress = ProgressWhen::Auto;
  Color color = Color::Auto;
  // Plain switches, as the parser sets them.
  bool explain = false;
  bool stats = false;
  bool json = false;
};

void add_scan_flags(CLI::App& app, ScanFlags& flags);
/// Those of them that say how a file is read and what is told about it: not --threads, --stats, --json,
/// --color.
void add_input_flags(CLI::App& app, ScanFlags& flags);
CLI::Option* add_progress_flag(CLI::App& app, ProgressWhen& when);
/// 1 to 1024.
[[nodiscard]] std::optional<unsigned> parse_threads(std::string_view text);

/// Options of one scan; stopped by SIGINT and SIGTERM.
[[nodiscard]] ScanOptions scan_options(const ScanFlags& flags);

/// Opens `name`, "-" being standard input.
[[nodiscard]] Result<File> open_input(const std::string& name);

/// Moves standard input, where it is a file, behind what was read: who reads on from it must not see that
/// again.
void consume(const std::string& name, const File& file, const ScanReport& report);

/// Tells on standard error what the flags ask for and what the user must know: the plan, the statistics, a
/// problem with the bytes that the result covers. Returns the status that the report stands for.
ExitStatus tell_report(std::string_view name, const ScanReport& report, const ScanFlags& flags);

/// Tells an error of a file, and returns its status.
ExitStatus tell_error(const Error& error);

/// JSON members that describe how a result came about: covered, complete, problem.
void append_json_coverage(std::string& out, const ScanReport& report);

}  // namespace folio::cli
