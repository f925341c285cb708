// SPDX-License-Identifier: Apache-2.0
// folio bench compare: flags, files to work on, and who shows the rows.
#include "bench/compare.h"
#include "cli/work_place.h"

#include <fmt/format.h>

#include <filesystem>
#include <string>
#include <system_error>

#include "bench/bandwidth.h"
#include "bench/compare_peers.h"
#include "cli/bench/bench.h"
#include "cli/bench/compare_files.h"
#include "cli/bench/compare_json.h"
#include "cli/bench/compare_text.h"
#include "cli/bench/json_file.h"
#include "cli/command.h"
#include "cli/duration.h"
#include "cli/output.h"
#include "cli/quantity.h"
#include "cli/scan_flags.h"
#include "cli/text.h"
#include "core/try.h"
#include "demo/work_folder.h"
#include "os/child_process.h"
#include "os/interrupt.h"
#include "os/output.h"
#include "os/terminal.h"

namespace folio::cli {

namespace {

constexpr std::uint64_t kLogSizeMin = 4096;
constexpr std::uint64_t kMib = 1 << 20;

struct CompareFlags {
  bench::CompareOptions options;
  CompareWishes wishes;
  std::string folder;
  std::string only;
  std::string json;
  bool list = false;
};

std::optional<std::uint64_t> parse_log_size(std::string_view text) {
  const auto size = parse_size(text);
  return size && *size >= kLogSizeMin ? size : std::nullopt;
}

std::optional<unsigned> parse_rounds(std::string_view text) {
  constexpr std::uint64_t kMost = 1000;
  const auto number = parse_number(text, 1);
  if (!number || *number > kMost) return std::nullopt;
  return static_cast<unsigned>(*number);
}

void add_flags(CLI::App& app, CompareFlags& flags) {
  flags.wishes.size = 1ULL << 30;
  add_text(app, "--dir", flags.folder,
           "Folder to work in; default: the one for temporary files ($TMPDIR, /tmp)");
  add_converted(app, "--size", flags.wishes.size, parse_log_size, "a size of at least 4K",
                "Size of the log that is made; default 1G");
  add_converted(app, "--rounds", flags.options.rounds, parse_rounds, "a number from 1 to 1000",
                "Runs of each program in each case; default 5");
  add_converted(app, "--budget", flags.options.budget, parse_seconds, "a time such as 90s or 10m",
                "No case is begun after this time; default 10m");
  add_text(app, "--only", flags.only, "Cases whose name holds this text");
  add_text(app, "--json", flags.json, "Write JSON lines into this file");
  add_text(app, "--folio", flags.options.folio, "Another program to measure as folio; default: this one");
  app.add_flag("--list", flags.list, "Show the programs to compare with, and the cases; measure nothing");
  add_files(app, flags.wishes.named, "Files to use instead of a made log; without trees and start-up");
  app.footer(
      "Every answer is compared before anything is timed. What is made is removed at the end, also when the\n"
      "run is interrupted; what was measured until then is shown.\n"
      "Exit status: 0 done; 2 an error, or an answer that differs; 130 interrupted.");
}

std::vector<bench::CompareCase> chosen_cases(const CompareFlags& flags) {
  std::vector<bench::CompareCase> cases = bench::compare_cases();
  std::erase_if(cases, [&](const bench::CompareCase& one) {
    const bool other_input = !flags.wishes.named.empty() && one.input != bench::CompareInput::Log;
    return other_input || !one.name.contains(flags.only);
  });
  return cases;
}

Result<double> memory_limit(std::uint64_t size) {
  // Less would measure the caches.
  const std::uint64_t bytes = 256 * kMib;
  return FOLIO_TRY(bench::measure_read_bandwidth(0, bytes, std::chrono::milliseconds{size < kMib ? 10 : 500}))
      .best;
}

/// Shows rows as they come.
class Listener : public bench::CompareListener {
 public:
  Listener(Output& output, JsonFile& json) : output_(output), json_(json) {}

  void show(const bench::PageCacheState& state) override {
    json_.add(compare_json_state(state));
    output_.write_result(compare_text_state(state));
  }

  Flow show(const bench::CompareRow& row) override {
    if (row.input != bench::CompareInput::Log && !said_found_) {
      said_found_ = true;
      output_.write_result("\nTrees and start-up, as writing and reading left them in the page cache\n");
    }
    json_.add(compare_json_row(row));
    return output_.write_result(compare_text_row(row));
  }

 private:
  Output& output_;
  JsonFile& json_;
  bool said_found_ = false;
};

/// Makes the files, measures, and removes the files.
Result<bench::CompareEnd> measure(CompareFlags& flags, Output& output, JsonFile& json) {
  const auto place = FOLIO_TRY(work_place(flags.folder));
  FOLIO_TRY(check_room(place, compare_space_needed(flags.wishes)));
  const auto peers = FOLIO_TRY(bench::find_peers(flags.options.cases, flags.options.stop));
  const demo::WorkFolder folder = FOLIO_TRY(demo::WorkFolder::create(place));
  flags.wishes.folder = folder.path();
  if (os::is_terminal(os::kStandardError)) tell("making files ...");
  FOLIO_TRY(make_compare_files(flags.wishes, flags.options));
  const double limit = FOLIO_TRY(memory_limit(flags.wishes.size));
  json.add(compare_json_begin(peers, folder.path(), limit));
  output.write_result(compare_text_begin(peers, limit));
  Listener listener(output, json);
  const bench::CompareEnd end = FOLIO_TRY(bench::run_compare(flags.options, listener));
  json.add(compare_json_end(end));
  output.write_result(compare_text_end(end));
  return end;
}

ExitStatus list(const CompareFlags& flags, Output& output) {
  const auto peers = bench::find_peers(flags.options.cases, flags.options.stop);
  if (!peers) return tell_error(peers.error());
  output.write_result(compare_text_peers(*peers) + compare_text_cases(flags.options.cases));
  return output.finish(ExitStatus::Success);
}

ExitStatus fail(const Error& error) {
  if (error.code != Errc::Cancelled) return tell_error(error);
  complain("bench compare: interrupted; everything that it made is removed");
  return ExitStatus::Interrupted;
}

ExitStatus status_of_end(const bench::CompareEnd& end) {
  if (end.interrupted) {
    complain("bench compare: interrupted; the rows so far are complete, and what it made is removed");
    return ExitStatus::Interrupted;
  }
  return end.errors > 0 ? ExitStatus::Failure : ExitStatus::Success;
}

}  // namespace

ExitStatus run_bench_compare(Words words) {
  CompareFlags flags;
  CLI::App app{"folio against the installed programs, on the same files, in turns.", "folio bench compare"};
  add_flags(app, flags);
  if (const auto done = parse(app, words)) return *done;
  flags.options.cases = chosen_cases(flags);
  if (flags.options.cases.empty()) {
    complain("bench compare: there is no case " + quoted_name(flags.only) + " (--list shows them)");
    return ExitStatus::Failure;
  }
  if (flags.options.folio.empty()) flags.options.folio = os::own_program();
  os::ignore_closed_pipes();  // the files have to be removed first
  flags.options.stop = flags.wishes.stop = os::interrupt_token();
  Output output;
  if (flags.list) return list(flags, output);
  auto json = JsonFile::create(flags.json);
  if (!json) return ExitStatus::Failure;
  const auto end = measure(flags, output, *json);
  if (!end) return output.finish(fail(end.error()));
  return output.finish(json->finish(status_of_end(*end)));
}

}  // namespace folio::cli
