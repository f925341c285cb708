// SPDX-License-Identifier: Apache-2.0
#include "cli/cache/flags.h"

#include <algorithm>

#include "cli/command.h"
#include "cli/output.h"
#include "cli/quantity.h"
#include "os/interrupt.h"
#include "os/output.h"
#include "os/terminal.h"

namespace folio::cli {

namespace {

using cache_detail::CacheOrder;

constexpr unsigned kBarMin = 10;
constexpr unsigned kBarMax = 40;
constexpr std::uint64_t kRegionsMax = 10000;
// Columns in front of the bar, and some for the name.
constexpr unsigned kOtherColumns = 90;

std::optional<CacheOrder> parse_order(std::string_view text) {
  if (text == "path") return CacheOrder::Path;
  if (text == "size") return CacheOrder::Size;
  if (text == "resident") return CacheOrder::Resident;
  return std::nullopt;
}

std::optional<unsigned> parse_regions(std::string_view text) {
  const auto number = parse_number(text, 1);
  return number && *number <= kRegionsMax ? std::optional{static_cast<unsigned>(*number)} : std::nullopt;
}

std::optional<std::uint64_t> parse_top(std::string_view text) {
  return parse_number(text, 1);
}

std::optional<GlobOption> parse_glob(std::string_view text) {
  return GlobOption{.glob = std::string{text}};
}

unsigned bar_width() {
  if (!os::is_terminal(os::kStandardOutput)) return kBarMax;
  const unsigned columns = os::terminal_width(os::kStandardOutput);
  return std::clamp(columns > kOtherColumns ? columns - kOtherColumns : 0, kBarMin, kBarMax);
}

void add_choice_flags(CLI::App& app, CacheFlags& flags) {
  app.add_flag("-x,--one-file-system", flags.one_file_system,
               "Stay in the file systems of the directories named");
  app.add_flag("-L,--follow", flags.follow, "Follow symbolic links below directories, too");
  app.add_option_function<std::vector<std::string>>(
         "-g,--glob",
         [&flags](const std::vector<std::string>& globs) {
           for (const std::string& glob : globs) flags.each.globs.push_back(*parse_glob(as_typed(glob)));
         },
         "Only files below directories that match GLOB; with ! in front: those that don't")
      ->allow_extra_args(false);
  add_converted(app, "--min-size", flags.each.size_min, parse_size, "a size in bytes (K, M, G allowed)",
                "Leave out smaller files");
  add_converted(app, "--max-size", flags.each.size_max, parse_size, "a size in bytes (K, M, G allowed)",
                "Leave out larger files");
  add_converted(app, "--range", flags.range, parse_range, "BEGIN:END in bytes (K, M, G allowed)",
                "Only this part of each file, widened to whole pages: BEGIN:END, either may be missing");
}

void add_form_flags(CLI::App& app, CacheFlags& flags) {
  add_converted(app, "--sort", flags.order, parse_order, "path, size or resident",
                "Order of the files: path (as named and found), size, resident");
  add_converted(app, "--top", flags.top, parse_top, "a number from 1 on", "Show the first NUM files only");
  app.add_flag("-s,--summary", flags.summary, "Show the total only");
  add_converted(app, "--regions", flags.regions, parse_regions, "a number from 1 to 10000",
                "Parts of each file in its bar and in --json");
  app.add_flag("--json", flags.json, "One JSON object a line");
  add_converted(app, "--threads", flags.each.threads, parse_threads, "a number from 1 to 1024",
                "Threads; default: the cores that may be used");
}

}  // namespace

CacheStateOptions CacheFlags::state_options() const {
  if (regions > 0) return {.range = range, .regions = regions};
  if (summary) return {.range = range, .regions = 1};
  return {.range = range, .regions = json ? kBarMax : bar_width()};
}

void add_cache_flags(CLI::App& app, CacheFlags& flags) {
  add_files(app, flags.files, "Files, and directories with all that is in them");
  add_choice_flags(app, flags);
  add_form_flags(app, flags);
}

std::optional<ExitStatus> parse_cache_flags(CLI::App& app, Words words, CacheFlags& flags) {
  if (const auto done = parse(app, words)) return done;
  if (flags.files.empty()) {
    complain("cache " + std::string{words.front()} + ": name files or directories");
    return ExitStatus::Failure;
  }
  flags.each.file_systems = flags.one_file_system ? FileSystems::One : FileSystems::All;
  flags.each.links = flags.follow ? FollowLinks::Yes : FollowLinks::No;
  flags.each.stop = os::interrupt_token();
  return std::nullopt;
}

}  // namespace folio::cli
