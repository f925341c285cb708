// SPDX-License-Identifier: Apache-2.0
// folio bench access: flags, and what is shown when.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "bench/access/limits.h"
#include "bench/machine.h"
#include "bench/page_cache.h"
#include "cli/bench/access_files.h"
#include "cli/bench/access_report.h"
#include "cli/bench/access_text.h"
#include "cli/bench/bench.h"
#include "cli/command.h"
#include "cli/duration.h"
#include "cli/output.h"
#include "cli/quantity.h"
#include "cli/scan_flags.h"
#include "core/try.h"
#include "folio/file.h"
#include "folio/limits.h"
#include "os/interrupt.h"
#include "os/output.h"

namespace folio::cli {

namespace {

constexpr double kMinute = 60;

struct AccessFlags {
  FileWishes wishes;
  ReportFiles report;
  double budget = 0;  // seconds; 0: the usual one
  std::string only;
  unsigned threads = 0;
  // Plain switches, as the parser sets them.
  bool quick = false;
  bool no_limit = false;
};

/// "64K,1M,1G".
std::optional<std::vector<std::uint64_t>> parse_sizes(std::string_view text) {
  std::vector<std::uint64_t> sizes;
  while (true) {
    const std::size_t comma = std::min(text.find(','), text.size());
    const auto size = parse_size(text.substr(0, comma));
    if (!size || *size == 0) return std::nullopt;
    sizes.push_back(*size);
    if (comma == text.size()) break;
    text.remove_prefix(comma + 1);
  }
  std::ranges::sort(sizes);
  sizes.erase(std::ranges::unique(sizes).begin(), sizes.end());
  return sizes;
}

// Less, and the process itself would not fit.
constexpr std::uint64_t kMemoryLimitMin = 32 << 20;

std::optional<std::uint64_t> parse_memory_limit(std::string_view text) {
  const auto limit = parse_size(text);
  return limit && *limit >= kMemoryLimitMin ? limit : std::nullopt;
}

void add_flags(CLI::App& app, AccessFlags& flags) {
  add_files(app, flags.wishes.names, "Files to measure on; default: new ones of several sizes");
  add_converted(app, "--size", flags.wishes.sizes, parse_sizes, "sizes such as 64K,1M,1G",
                "Sizes of the new files, separated by commas");
  add_text(app, "--dir", flags.wishes.folder, "Folder for new files; default: the one for temporary files");
  add_converted(app, "--threads", flags.threads, parse_threads, "a number from 1 to 1024",
                "Most threads; default: the cores that may be used");
  app.add_flag("--quick", flags.quick, "Fewer sizes and methods: about two minutes");
  add_converted(app, "--budget", flags.budget, parse_seconds, "a time such as 90s, 10m or 2h",
                "Ends after about this time, with what there is then; default 15m, with --quick 2m");
  add_converted(app, "--memory-limit", flags.wishes.memory_limit, parse_memory_limit, "a size from 32M on",
                "Measures a file of four times this size with so much memory allowed; default 256M, with "
                "--quick 64M");
  app.add_flag("--no-memory-limit", flags.no_limit, "Leaves that out");
  add_text(app, "--only", flags.only, "Situations whose title holds this text, such as cold, or four passes");
  add_text(app, "--json", flags.report.json,
           "Writes everything as JSON lines to this file as it becomes known");
  add_text(app, "--html", flags.report.html, "Writes a report with plots, one file that needs no network");
  app.footer(
      "New files are removed at the end, also when it is interrupted. Named files are read and evicted from\n"
      "the page cache, never written. SIGINT ends the run, and what was measured is shown.\n"
      "Exit status: 0 done; 2 an error, or a method that found other bytes; 130 interrupted.");
}

void fill_in(AccessFlags& flags) {
  FileWishes& wishes = flags.wishes;
  constexpr std::uint64_t kKib = 1 << 10;
  constexpr std::uint64_t kMib = 1 << 20;
  if (wishes.sizes.empty()) {
    wishes.sizes = flags.quick ? std::vector{16 * kKib, kMib, 128 * kMib}
                               : std::vector{kKib, 16 * kKib, 256 * kKib, 4 * kMib, 64 * kMib, 512 * kMib};
  }
  wishes.small_sizes = {4 * kKib, 64 * kKib};
  if (wishes.memory_limit == 0) wishes.memory_limit = (flags.quick ? 64 : 256) * kMib;
  if (flags.no_limit) wishes.memory_limit = 0;
  if (flags.budget <= 0) flags.budget = (flags.quick ? 2 : 15) * kMinute;
  wishes.stop = os::interrupt_token();
}

std::vector<unsigned> thread_counts(unsigned most) {
  if (most == 0) most = machine_limits().cores;
  std::vector<unsigned> counts;
  for (unsigned count = 1; count < most; count *= 2) counts.push_back(count);
  counts.push_back(most);
  return counts;
}

bench::AccessOptions options_of(const AccessFlags& flags) {
  bench::AccessOptions options{.files = {},
                               .threads = thread_counts(flags.threads),
                               .breadth = flags.quick ? bench::Breadth::Quick : bench::Breadth::Full,
                               .budget = flags.budget,
                               .stop = flags.wishes.stop};
  options.wanted = [only = flags.only](const bench::Situation& situation) {
    return situation_text(situation).find(only) != std::string::npos;
  };
  return options;
}

/// Forgets the files that no situation wants: a thousand small ones take seconds to make.
void forget_unwanted(FileWishes& wishes, bench::AccessOptions options) {
  for (const std::uint64_t size : wishes.sizes) options.files.push_back({{}, size});
  for (const std::uint64_t size : wishes.small_sizes) options.small_files.push_back({{}, size});
  options.limited = bench::LimitedFiles{.file = {{}, 1}, .bystander = {}};
  const auto situations = bench::situations_of(options);
  const auto is_wanted = [&](auto&& wants) { return std::ranges::any_of(situations, wants); };
  std::erase_if(wishes.small_sizes, [&](std::uint64_t size) {
    return !is_wanted([size](const bench::Situation& at) {
      return at.shape == bench::Shape::SmallFiles && at.size == size;
    });
  });
  const bool wants_limited =
      is_wanted([](const bench::Situation& at) { return at.state == bench::CacheState::Limited; });
  if (!wants_limited) wishes.memory_limit = 0;
}

/// Measures, and hands everything to the report as it becomes known.
Result<bench::AccessRun> measure(bench::AccessOptions options, const AccessFiles& files,
                                 AccessReport& report) {
  options.files = files.files;
  options.small_files = files.small_files;
  options.limited = files.limited;
  options.limits =
      FOLIO_TRY(bench::measure_limits(files.sample(), options.threads, options.budget, options.stop));
  report.limits(options.limits);
  return bench::measure_access(options, report);
}

Result<bench::Place> describe(const std::string& path) {
  bench::Place place = FOLIO_TRY(bench::describe_place(path));
  const File file = FOLIO_TRY(File::open(path));
  place.large_folios = FOLIO_TRY(bench::has_large_folios(file));
  return place;
}

ExitStatus fail(const Error& error) {
  if (error.code != Errc::Cancelled) return tell_error(error);
  complain("bench access: interrupted before anything was measured");
  return ExitStatus::Interrupted;
}

}  // namespace

ExitStatus run_bench_access(Words words) {
  AccessFlags flags;
  CLI::App app{"Measures every way to read files, in every state of the page cache.", "folio bench access"};
  add_flags(app, flags);
  if (const auto done = parse(app, words)) return *done;
  fill_in(flags);
  os::ignore_closed_pipes();  // the new files have to be removed first
  const bench::AccessOptions options = options_of(flags);
  forget_unwanted(flags.wishes, options);
  auto report = AccessReport::open(flags.report, flags.wishes.names);
  if (!report) return fail(report.error());
  const auto files = make_access_files(flags.wishes);
  if (!files) return fail(files.error());
  const auto place = describe(files->sample());
  if (!place) return fail(place.error());
  (*report)->machine(bench::describe_machine(), *place, words);
  const auto run = measure(options, *files, **report);
  if (!run) return fail(run.error());
  return (*report)->finish(*run);
}

}  // namespace folio::cli
