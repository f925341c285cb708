// SPDX-License-Identifier: Apache-2.0
// folio bench algorithms: flags, the table and the JSON lines.
#include "bench/algorithms.h"

#include <algorithm>
#include <string>
#include <vector>

#include "bench/algorithms_findings.h"
#include "cli/bench/algorithms_json.h"
#include "cli/bench/algorithms_text.h"
#include "cli/bench/bench.h"
#include "cli/bench/json_file.h"
#include "cli/command.h"
#include "cli/duration.h"
#include "cli/output.h"
#include "cli/quantity.h"
#include "cli/scan_flags.h"
#include "os/interrupt.h"
#include "os/output.h"

namespace folio::cli {

namespace {

struct AlgorithmFlags {
  bench::AlgorithmOptions options;
  std::string json;
  bool quick = false;
};

std::optional<std::uint64_t> parse_haystack_size(std::string_view text) {
  const auto size = parse_size(text);
  return size && *size >= bench::kHaystackSizeMin ? size : std::nullopt;
}

void add_flags(CLI::App& app, AlgorithmFlags& flags) {
  add_converted(app, "--size", flags.options.size, parse_haystack_size, "a size of at least 4K",
                "Size of each haystack; default 16M");
  add_converted(app, "--budget", flags.options.budget, parse_seconds, "a time such as 30s or 2m",
                "No case is begun after this time; default 60s");
  app.add_flag("--quick", flags.quick, "Haystacks of 2M at most, and a budget of 10s at most");
  add_text(app, "--only", flags.options.only, "Cases whose group or name holds this text");
  add_text(app, "--json", flags.json, "Write JSON lines into this file");
  app.footer(
      "Every searcher counts the matches that do not overlap; where two disagree, nothing is timed.\n"
      "groups: needle-size, alphabet, density, pathological\n"
      "Exit status: 0 done; 2 an error, or an answer that was not right; 130 interrupted.");
}

/// Shows rows as they come and keeps them for the findings.
class Listener : public bench::AlgorithmListener {
 public:
  Listener(Output& output, JsonFile& json) : output_(output), json_(json) {}

  void begin(double limit, std::size_t cases) override {
    json_.add(algorithms_json_begin(limit));
    output_.write_result(algorithms_text_begin(limit, cases));
  }

  Flow show(const bench::AlgorithmRow& row) override {
    json_.add(algorithms_json_row(row));
    const bool new_group = rows_.empty() || rows_.back().group != row.group;
    rows_.push_back(row);
    return output_.write_result((new_group ? algorithms_text_group(row.group) : std::string{}) +
                                algorithms_text_row(row));
  }

  void finish(const bench::AlgorithmsEnd& end) {
    const auto findings = bench::algorithm_findings(rows_);
    json_.add(algorithms_json_end(findings, end));
    output_.write_result(algorithms_text_end(findings, end));
  }

 private:
  Output& output_;
  JsonFile& json_;
  std::vector<bench::AlgorithmRow> rows_;
};

}  // namespace

ExitStatus run_bench_algorithms(Words words) {
  AlgorithmFlags flags;
  CLI::App app{"Searchers for one text against each other, in memory, on one core.",
               "folio bench algorithms"};
  add_flags(app, flags);
  if (const auto done = parse(app, words)) return *done;
  if (flags.quick) {
    flags.options.size = std::min<std::uint64_t>(flags.options.size, 2ULL << 20);
    flags.options.budget = std::min(flags.options.budget, 10.0);
  }
  auto json = JsonFile::create(flags.json);
  if (!json) return ExitStatus::Failure;
  os::ignore_closed_pipes();  // the JSON file is to be complete, or gone
  flags.options.stop = os::interrupt_token();
  Output output;
  Listener listener(output, *json);
  const auto end = bench::run_algorithms(flags.options, listener);
  if (!end) return tell_error(end.error());
  listener.finish(*end);
  if (end->interrupted) complain("bench algorithms: interrupted; the rows so far are complete");
  return output.finish(json->finish(end->interrupted ? ExitStatus::Interrupted : ExitStatus::Success));
}

}  // namespace folio::cli
