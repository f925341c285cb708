// SPDX-License-Identifier: Apache-2.0
#include "logs/aggregate/report_maker.h"

#include <string>

#include "logs/aggregate/panels.h"
#include "logs/aggregate/series.h"
#include "logs/aggregate/templates.h"

namespace folio::logs {

namespace {

void add_visitors(Report& report, const Tables& tables) {
  if (tables.visitors.empty()) return;
  std::uint64_t sum = 0;
  for (const auto& [day, set] : tables.visitors) sum += set.size();
  report.visitors = sum;
  report.notes.emplace_back(
      "A visitor is one host with one user agent on one day in UTC, as GoAccess counts them; visitors of "
      "more than a day are the sum of its days.");
  report.notes.emplace_back(
      "Visitors are counted by fingerprints of 128 bits; two of them fall together with a probability below "
      "10^-18.");
}

void add_times(Report& report, const Tables& tables) {
  if (tables.times.empty()) return;
  report.has_time = true;
  report.first_time = tables.times.first;
  report.last_time = tables.times.last;
  report.notes.emplace_back("Times, hours and days are in UTC; weeks begin on Monday.");
}

void add_latency(Report& report, const Tables& tables) {
  if (tables.latency.count() == 0) return;
  report.latency = tables.latency.summary();
  report.notes.emplace_back(
      "Quantiles of latency are at most 1 % above the exact value and never below; the maximum is exact.");
}

void add_definitions(Report& report, const Tables& tables) {
  if (tables.targets.size() > 0) {
    report.notes.emplace_back(
        "Browsers, systems and bots are what user agents claim to be; static files are known by their "
        "ending, "
        "and are among the paths too, as are those not found.");
  }
  if (tables.templates.size() > 0) {
    report.notes.emplace_back("Templates are made of the first " + std::to_string(TemplateText::kMessageMax) +
                              " bytes of a message; the sample is the earliest one.");
  }
}

}  // namespace

Report make_report(const Tables& tables, const ReportOptions& options) {
  Report report;
  report.records = tables.totals.count;
  report.is_web = tables.web_records >= tables.totals.count - tables.web_records;
  report.totals = tables.totals;
  add_visitors(report, tables);
  add_times(report, tables);
  add_latency(report, tables);
  add_series(report, tables, options.bucket);
  add_panels(report, tables, options);
  add_definitions(report, tables);
  return report;
}

}  // namespace folio::logs
