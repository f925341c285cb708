// SPDX-License-Identifier: Apache-2.0
#include "cli/logs/csv_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <set>
#include <string_view>
#include <system_error>

#include "cli/logs/times.h"
#include "cli/write_file.h"
#include "core/try.h"

namespace folio::cli {

namespace {

/// Lines of cells.
class CsvText {
 public:
  CsvText& cell(std::string_view text) {
    if (!at_begin_) text_ += ',';
    at_begin_ = false;
    append_quoted(text);
    return *this;
  }

  CsvText& cell(std::uint64_t number) { return cell(std::to_string(number)); }

  CsvText& cells(std::initializer_list<std::string_view> texts) {
    for (const std::string_view text : texts) cell(text);
    return *this;
  }

  void end_line() {
    text_ += '\n';
    at_begin_ = true;
  }

  [[nodiscard]] std::string text() && { return std::move(text_); }

 private:
  void append_quoted(std::string_view text) {
    if (text.find_first_of(",\"\r\n") == std::string_view::npos) {
      text_ += text;
      return;
    }
    text_ += '"';
    for (const char c : text) {
      if (c == '"') text_ += '"';
      text_ += c;
    }
    text_ += '"';
  }

  std::string text_;
  bool at_begin_ = true;
};

void add_latency_heading(CsvText& csv) {
  csv.cells({"latency_count", "p50", "p90", "p95", "p99", "p999", "max", "mean"});
}

void add_latency(CsvText& csv, const std::optional<logs::LatencySummary>& latency) {
  if (!latency) {
    csv.cells({"", "", "", "", "", "", "", ""});
    return;
  }
  csv.cell(latency->count);
  for (const std::int64_t time :
       {latency->p50, latency->p90, latency->p95, latency->p99, latency->p999, latency->max}) {
    csv.cell(exact_seconds(time));
  }
  csv.cell(fmt::format("{:.9f}", latency->mean / 1e9));
}

std::string summary_csv(const logs::Report& report) {
  CsvText csv;
  const auto add = [&](std::string_view name, std::string_view value) {
    csv.cell(name).cell(value).end_line();
  };
  const auto add_number = [&](std::string_view name, std::uint64_t value) {
    add(name, std::to_string(value));
  };
  add("name", "value");
  add("format", report.format);
  add_number("file_count", report.file_count);
  add_number("bytes_read", report.bytes_read);
  add_number("lines", report.lines);
  add_number("records", report.records);
  add_number("filtered", report.filtered);
  add_number("rejected", report.rejected);
  add("first_time", report.has_time ? utc_stamp(report.first_time) : "");
  add("last_time", report.has_time ? utc_stamp(report.last_time) : "");
  add_number("count", report.totals.count);
  add_number("bytes", report.totals.bytes);
  add_number("errors", report.totals.errors);
  add_number("server_errors", report.totals.server_errors);
  add("visitors", report.visitors ? std::to_string(*report.visitors) : "");
  if (!report.latency) return std::move(csv).text();
  const logs::LatencySummary& latency = *report.latency;
  add_number("latency_count", latency.count);
  const std::pair<std::string_view, std::int64_t> times[] = {{"p50", latency.p50},   {"p90", latency.p90},
                                                             {"p95", latency.p95},   {"p99", latency.p99},
                                                             {"p999", latency.p999}, {"max", latency.max}};
  for (const auto& [name, time] : times) add(name, exact_seconds(time));
  add("mean", fmt::format("{:.9f}", latency.mean / 1e9));
  return std::move(csv).text();
}

std::string rejects_csv(const logs::Report& report) {
  CsvText csv;
  csv.cells({"reason", "lines", "file", "offset", "line"}).end_line();
  for (const logs::RejectCount& reject : report.rejects) {
    csv.cell(reject.reason).cell(reject.lines).cell(reject.file).cell(reject.offset);
    csv.cell(reject.line_number > 0 ? std::to_string(reject.line_number) : "").end_line();
  }
  return std::move(csv).text();
}

std::string series_csv(const logs::TimeSeries& series) {
  const bool with_latency =
      std::ranges::any_of(series.buckets, [](const auto& bucket) { return bucket.latency.has_value(); });
  CsvText csv;
  csv.cells({"begin", "count", "bytes", "errors", "server_errors"});
  if (series.has_visitors) csv.cell("visitors");
  if (with_latency) add_latency_heading(csv);
  csv.end_line();
  for (const logs::TimeBucket& bucket : series.buckets) {
    const logs::Tally& tally = bucket.tally;
    csv.cell(utc_stamp_of_seconds(bucket.begin)).cell(tally.count).cell(tally.bytes);
    csv.cell(tally.errors).cell(tally.server_errors);
    if (series.has_visitors) csv.cell(bucket.visitors);
    if (with_latency) add_latency(csv, bucket.latency);
    csv.end_line();
  }
  return std::move(csv).text();
}

class PanelCsv {
 public:
  explicit PanelCsv(const logs::Panel& panel)
      : panel_(panel),
        with_latency_(
            std::ranges::any_of(panel.rows, [](const auto& row) { return row.latency.has_value(); })),
        with_samples_(std::ranges::any_of(panel.rows, [](const auto& row) { return !row.sample.empty(); })) {}

  std::string text() && {
    add_heading();
    for (const logs::PanelRow& row : panel_.rows) add_row(row);
    return std::move(csv_).text();
  }

 private:
  void add_heading() {
    csv_.cells({"key", "count"});
    if (panel_.has_bytes) csv_.cell("bytes");
    if (panel_.has_errors) csv_.cells({"errors", "server_errors"});
    if (panel_.has_visitors) csv_.cell("visitors");
    if (with_latency_) add_latency_heading(csv_);
    if (with_samples_) csv_.cells({"first_time", "last_time", "sample"});
    csv_.end_line();
  }

  void add_row(const logs::PanelRow& row) {
    csv_.cell(row.key).cell(row.tally.count);
    if (panel_.has_bytes) csv_.cell(row.tally.bytes);
    if (panel_.has_errors) csv_.cell(row.tally.errors).cell(row.tally.server_errors);
    if (panel_.has_visitors) csv_.cell(row.visitors);
    if (with_latency_) add_latency(csv_, row.latency);
    if (with_samples_) csv_.cells({utc_stamp(row.first_time), utc_stamp(row.last_time), row.sample});
    csv_.end_line();
  }

  const logs::Panel& panel_;
  const bool with_latency_;
  const bool with_samples_;
  CsvText csv_;
};

/// A name that is safe in every file system, and that no other file has.
std::string file_name(std::string_view name, std::set<std::string>& taken) {
  std::string safe;
  for (const char c : name.substr(0, 60)) {
    const bool is_kept =
        (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
    safe += is_kept ? c : '_';
  }
  if (safe.empty()) safe = "panel";
  std::string unique = safe;
  for (int number = 2; !taken.insert(unique).second; ++number) unique = safe + "-" + std::to_string(number);
  return unique + ".csv";
}

}  // namespace

std::vector<CsvFile> csv_files(const logs::Report& report) {
  std::set<std::string> taken{"summary", "series", "rejects"};
  std::vector<CsvFile> files{{.name = "summary.csv", .text = summary_csv(report)},
                             {.name = "series.csv", .text = series_csv(report.series)},
                             {.name = "rejects.csv", .text = rejects_csv(report)}};
  for (const logs::Panel& panel : report.panels) {
    files.push_back({.name = file_name(panel.name, taken), .text = PanelCsv{panel}.text()});
  }
  return files;
}

Result<void> write_csv(const std::string& directory, const logs::Report& report) {
  std::error_code error;
  std::filesystem::create_directories(directory, error);
  if (error)
    return std::unexpected(system_error(error.value(), directory, "create the directory for CSV files"));
  for (const CsvFile& file : csv_files(report)) {
    FOLIO_TRY(write_file((std::filesystem::path{directory} / file.name).string(), file.text));
  }
  return {};
}

}  // namespace folio::cli
