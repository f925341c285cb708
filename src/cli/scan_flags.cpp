// SPDX-License-Identifier: Apache-2.0
#include "cli/scan_flags.h"

#include <fmt/format.h>

#include <map>

#include "cli/command.h"
#include "cli/quantity.h"
#include "cli/text.h"
#include "os/interrupt.h"
#include "os/output.h"

namespace folio::cli {

namespace {

constexpr const char* kGroup = "Scanning";

std::optional<Access> parse_access_flag(std::string_view text) {
  const auto access = parse_access(text);
  // A stream is what a file is, not a way to read one that has a size.
  return access == Access::Stream ? std::nullopt : access;
}

template <class Value>
auto one_of(std::map<std::string_view, Value> names) {
  return [names = std::move(names)](std::string_view text) -> std::optional<Value> {
    const auto found = names.find(text);
    return found == names.end() ? std::nullopt : std::optional{found->second};
  };
}

void tell_plan(std::string_view name, const ScanReport& report) {
  const Plan& plan = report.plan;
  tell(fmt::format("{}: {}, {} thread{}, chunks of {}: {}", name, access_name(plan.access), plan.threads,
                   plan.threads == 1 ? "" : "s", format_size(plan.chunk_size), plan.why));
  for (const std::string& note : report.notes) tell(fmt::format("{}: {}", name, note));
}

void tell_stats(std::string_view name, const ScanStats& stats) {
  const double rate = stats.seconds > 0 ? static_cast<double>(stats.bytes) / stats.seconds / 1e9 : 0;
  tell(fmt::format(
      "{}: {} bytes in {:.4f} s, {:.2f} GB/s; {}, {} threads, {} chunks of {}; faults: {} minor, {} major; "
      "peak anonymous memory {}",
      name, format_count(stats.bytes), stats.seconds, rate, access_name(stats.access), stats.threads,
      format_count(stats.chunks), format_size(stats.chunk_size), format_count(stats.minor_faults),
      format_count(stats.major_faults), format_size(stats.peak_anonymous)));
}

}  // namespace

std::optional<unsigned> parse_threads(std::string_view text) {
  constexpr std::uint64_t kThreadsMax = 1024;
  const auto number = parse_number(text, 1);
  return number && *number <= kThreadsMax ? std::optional{static_cast<unsigned>(*number)} : std::nullopt;
}

CLI::Option* add_progress_flag(CLI::App& app, ProgressWhen& when) {
  return add_converted(
      app, "--progress", when,
      one_of<ProgressWhen>(
          {{"auto", ProgressWhen::Auto}, {"always", ProgressWhen::Always}, {"never", ProgressWhen::Never}}),
      "auto, always or never", "Progress on standard error: auto (on a terminal), always, never");
}

void add_input_flags(CLI::App& app, ScanFlags& flags) {
  add_converted(app, "--access", flags.access, parse_access_flag, "auto, map, read, uring or direct",
                "How to read: auto, map, read, uring, direct")
      ->group(kGroup);
  add_converted(app, "--range", flags.range, parse_range, "BEGIN:END in bytes (K, M, G allowed)",
                "Only these bytes of each file: BEGIN:END, either may be missing")
      ->group(kGroup);
  add_converted(app, "--chunk-size", flags.chunk_size, parse_size, "a size in bytes (K, M, G allowed)",
                "Bytes that a thread takes at a time; never changes the answer")
      ->group(kGroup);
  app.add_flag("--explain", flags.explain, "Tell on standard error how each file is read, and why")
      ->group(kGroup);
  add_progress_flag(app, flags.progress)->group(kGroup);
}

void add_scan_flags(CLI::App& app, ScanFlags& flags) {
  add_converted(app, "--threads", flags.threads, parse_threads, "a number from 1 to 1024",
                "Threads; default: the cores that may be used")
      ->group(kGroup);
  add_input_flags(app, flags);
  app.add_flag("--stats", flags.stats, "Tell on standard error what happened: speed, faults, memory")
      ->group(kGroup);
  app.add_flag("--json", flags.json, "One JSON object a line")->group(kGroup);
  add_converted(app, "--color", flags.color,
                one_of<Color>({{"auto", Color::Auto}, {"always", Color::Always}, {"never", Color::Never}}),
                "auto, always or never", "Colours: auto (on a terminal), always, never")
      ->group(kGroup);
}

ScanOptions scan_options(const ScanFlags& flags) {
  ScanOptions options;
  options.access = flags.access;
  options.threads = flags.threads;
  options.chunk_size = flags.chunk_size;
  options.record_size_max = flags.record_size_max;
  options.range = flags.range;
  options.stop = os::interrupt_token();
  return options;
}

Result<File> open_input(const std::string& name) {
  return name == "-" ? File::standard_input() : File::open(name, {.hint = AccessHint::Sequential});
}

void consume(const std::string& name, const File& file, const ScanReport& report) {
  if (name == "-" && file.is_seekable()) os::set_position(file.descriptor(), report.covered.end);
}

ExitStatus tell_error(const Error& error) {
  Error named = error;
  named.path = quoted_name(error.path);
  complain(named.message());
  return status_of(error.code);
}

ExitStatus tell_report(std::string_view name, const ScanReport& report, const ScanFlags& flags) {
  const std::string shown = quoted_name(name);
  if (flags.explain) tell_plan(shown, report);
  if (flags.stats) tell_stats(shown, report.stats);
  if (report.change == FileChange::Grown) {
    complain(fmt::format("{}: grew while it was read: the result covers the {} bytes it had at the beginning",
                         shown, format_count(report.covered.end)));
  }
  if (!report.problem) return ExitStatus::Success;
  const ExitStatus status = tell_error(*report.problem);
  if (!report.covered.empty() && status != ExitStatus::Interrupted) {
    complain(fmt::format("{}: the result covers bytes {} to {} only", shown, report.covered.begin,
                         report.covered.end));
  }
  return status;
}

void append_json_coverage(std::string& out, const ScanReport& report) {
  fmt::format_to(std::back_inserter(out), "\"covered\":[{},{}],\"complete\":{}", report.covered.begin,
                 report.covered.end, report.complete());
  if (report.problem) {
    out += ",\"problem\":";
    append_json_string(out, errc_name(report.problem->code));
  }
}

}  // namespace folio::cli
