// SPDX-License-Identifier: Apache-2.0
#include "cli/logs/flags.h"

#include "cli/command.h"

namespace folio::cli {

namespace {

constexpr std::uint64_t kTopMax = 10'000'000;

std::optional<std::uint64_t> parse_top(std::string_view text) {
  const auto number = parse_number(text, 1);
  return number && *number > kTopMax ? std::nullopt : number;
}

void add_reading_flags(CLI::App& app, LogsFlags& flags) {
  add_files(app, flags.inputs, "Logs and directories of logs; - or none: standard input");
  add_text(
      app, "--format", flags.format,
      "A name of `folio logs --formats`, or a format in Apache's or nginx's language; default: by the first "
      "lines");
  add_text(app, "--map", flags.mapping, "For JSON and logfmt: FIELD=KEY[:UNIT],... beside the usual keys");
  add_text(app, "--where", flags.where,
           "Only records that meet a condition: 'status >= 500 and path ~ \"^/api\"'");
  add_text(app, "--since", flags.since, "Only records from this time on: 2025-01-31T12:00, 2h, 7d, today");
  add_text(app, "--until", flags.until, "Only records before this time");
  add_text(app, "--rejects", flags.rejects, "Writes the lines that do not fit the format to this file");
}

void add_showing_flags(CLI::App& app, LogsFlags& flags) {
  add_text(app, "--bucket", flags.bucket,
           "Length of the time series' steps: 1m, 5m, 1h, 1d, 1w, month, year");
  add_converted(app, "--top", flags.top, parse_top, "a number from 1 to 10000000",
                "Rows of a table at most; default 10");
  add_text(app, "--html", flags.html, "Writes a dashboard: one file that needs no network");
  add_text(app, "--csv", flags.csv, "Writes the tables into this directory");
}

void add_partials(CLI::App& app, LogsFlags& flags) {
  add_files(app, flags.inputs, "Partial results, as folio logs scan writes them")->required();
}

void add_output(CLI::App& app, LogsFlags& flags) {
  add_text(app, "-o,--output", flags.output, "Where to write the partial result")->required();
}

}  // namespace

std::optional<ExitStatus> parse_logs_flags(Words words, LogsFlags& flags) {
  CLI::App app{"Reports from log files: web servers, JSON lines, syslog and others, on all cores.",
               "folio logs"};
  add_reading_flags(app, flags);
  app.add_flag("--formats", flags.formats, "List the formats, and stop");
  add_showing_flags(app, flags);
  add_scan_flags(app, flags.scan);
  app.footer(
      "Times are UTC. Compressed files (gzip, zstd, xz, bzip2, lz4) are read as they are. A visitor is a "
      "host, a "
      "day and\n"
      "a user agent.\n"
      "folio logs scan, merge and report make, add up and show results that are kept in files.\n"
      "Exit status: 0 done; 2 wrong usage, an error, or no line that fits; 3 a file changed while it was "
      "read, and "
      "the\n"
      "report is that of the bytes that standard error names.");
  return parse(app, words);
}

std::optional<ExitStatus> parse_logs_scan_flags(Words words, LogsFlags& flags) {
  CLI::App app{"Reads logs, or a range of one, and keeps the result in a file: to be merged and shown later.",
               "folio logs scan"};
  add_reading_flags(app, flags);
  add_output(app, flags);
  add_scan_flags(app, flags.scan);
  return parse(app, words);
}

std::optional<ExitStatus> parse_logs_merge_flags(Words words, LogsFlags& flags) {
  CLI::App app{
      "Adds up partial results. Refuses those that count a byte twice, or were made under other conditions.",
      "folio logs merge"};
  add_partials(app, flags);
  add_output(app, flags);
  return parse(app, words);
}

std::optional<ExitStatus> parse_logs_report_flags(Words words, LogsFlags& flags) {
  CLI::App app{"Shows partial results as one report.", "folio logs report"};
  add_partials(app, flags);
  add_showing_flags(app, flags);
  app.add_flag("--json", flags.scan.json, "The report as one JSON object");
  return parse(app, words);
}

}  // namespace folio::cli
