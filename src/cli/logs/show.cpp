// SPDX-License-Identifier: Apache-2.0
#include "cli/logs/show.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "cli/logs/csv_report.h"
#include "cli/logs/html_report.h"
#include "cli/logs/json_report.h"
#include "cli/logs/text_report.h"
#include "cli/quantity.h"
#include "cli/write_file.h"
#include "core/fail.h"
#include "logs/format/unescape.h"

namespace folio::cli {

namespace {

// A page can be searched and sorted: there more rows are of use.
constexpr std::size_t kPageRows = 100;

TextOptions text_options(const logs::Report& report, const LogsFlags& flags, double seconds) {
  TextOptions options;
  options.width = report_width();
  options.rows = flags.top;
  options.color = use_color(flags.scan.color);
  options.glyphs = locale_glyphs();
  if (seconds > 0) {
    options.throughput =
        fmt::format("{} in {:.2f} s: {:.2f} GB/s, {} lines a second", format_size(report.bytes_read), seconds,
                    static_cast<double>(report.bytes_read) / seconds / 1e9,
                    format_count(static_cast<std::uint64_t>(static_cast<double>(report.lines) / seconds)));
  }
  return options;
}

ExitStatus told(Result<void> done, const std::string& name) {
  if (done) return ExitStatus::Success;
  if (done.error().path.empty()) done.error().path = name;
  return tell_error(done.error());
}

}  // namespace

Result<std::optional<logs::BucketUnit>> parse_bucket(std::string_view text) {
  using Unit = logs::BucketUnit;
  constexpr std::array<std::pair<std::string_view, Unit>, 14> kUnits{{{"1m", Unit::Minute},
                                                                      {"minute", Unit::Minute},
                                                                      {"5m", Unit::FiveMinutes},
                                                                      {"1h", Unit::Hour},
                                                                      {"60m", Unit::Hour},
                                                                      {"hour", Unit::Hour},
                                                                      {"1d", Unit::Day},
                                                                      {"24h", Unit::Day},
                                                                      {"day", Unit::Day},
                                                                      {"1w", Unit::Week},
                                                                      {"7d", Unit::Week},
                                                                      {"week", Unit::Week},
                                                                      {"month", Unit::Month},
                                                                      {"year", Unit::Year}}};
  if (text.empty()) return std::optional<Unit>{};
  for (const auto& [name, unit] : kUnits) {
    if (name == text) return std::optional<Unit>{unit};
  }
  return fail(Errc::InvalidArgument, {},
              "--bucket: expected 1m, 5m, 1h, 1d, 1w, month or year, not '" + std::string(text) + "'");
}

ExitStatus show_result(const logs::Partial& result, const LogsFlags& flags, const Shown& shown,
                       Output& output) {
  const auto made = [&](std::size_t top) {
    return result.report({.top = top, .bucket = shown.bucket, .unescape = logs::unescape});
  };
  const logs::Report report = made(flags.top);
  ExitStatus status = ExitStatus::Success;
  if (!flags.html.empty()) {
    const std::string page = html_report(made(std::max(flags.top, kPageRows)));
    status = graver(status, told(write_file(flags.html, page), flags.html));
  }
  if (!flags.csv.empty()) status = graver(status, told(write_csv(flags.csv, report), flags.csv));
  if (flags.scan.json) {
    output.write(json_report(report));
  } else if (flags.html.empty() && flags.csv.empty()) {
    output.write(text_report(report, text_options(report, flags, shown.seconds)));
  }
  return status;
}

}  // namespace folio::cli
