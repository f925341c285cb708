// SPDX-License-Identifier: Apache-2.0
#include "cli/logs/html_data.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <optional>
#include <string_view>

#include "cli/logs/safe_text.h"
#include "cli/logs/times.h"
#include "cli/quantity.h"
#include "cli/text.h"

namespace folio::cli {

namespace {

constexpr std::size_t kFilesMax = 20;
constexpr std::size_t kRejectsMax = 30;
constexpr std::size_t kNotesMax = 30;

template <class Items, class Json>
std::string array(const Items& items, Json json) {
  std::string out = "[";
  for (const auto& item : items) {
    if (out.size() > 1) out += ',';
    out += json(item);
  }
  return out += ']';
}

std::string_view boolean(bool value) {
  return value ? "true" : "false";
}

/// [count, p50, p90, p95, p99, p999, max, mean] in nanoseconds.
std::string latency_json(const std::optional<logs::LatencySummary>& latency) {
  if (!latency) return "null";
  return fmt::format("[{},{},{},{},{},{},{},{:.0f}]", latency->count, latency->p50, latency->p90,
                     latency->p95, latency->p99, latency->p999, latency->max, latency->mean);
}

std::string tally_json(const logs::Tally& tally) {
  return fmt::format("{},{},{},{}", tally.count, tally.bytes, tally.errors, tally.server_errors);
}

/// Neighbours put together as one. What is not a sum of theirs is left out.
logs::TimeSeries coarsened(const logs::TimeSeries& series, std::size_t together) {
  logs::TimeSeries coarse{.unit = fmt::format("{} x {}", together, series.unit),
                          .bucket_seconds = series.bucket_seconds * static_cast<std::int64_t>(together),
                          .has_visitors = false,
                          .buckets = {}};
  for (std::size_t i = 0; i < series.buckets.size(); ++i) {
    const logs::TimeBucket& bucket = series.buckets[i];
    if (i % together == 0) {
      coarse.buckets.push_back({.begin = bucket.begin, .tally = {}, .visitors = 0, .latency = {}});
    }
    logs::Tally& sum = coarse.buckets.back().tally;
    sum.count += bucket.tally.count;
    sum.bytes += bucket.tally.bytes;
    sum.errors += bucket.tally.errors;
    sum.server_errors += bucket.tally.server_errors;
  }
  return coarse;
}

class PageData {
 public:
  PageData(const logs::Report& report, const PageLimits& limits) : report_(report), limits_(limits) {}

  std::vector<std::string> lines() {
    std::string series = series_line();
    std::vector<std::string> panels;
    for (const logs::Panel& panel : report_.panels) panels.push_back(panel_line(panel));
    // Last: its notes tell what was left out of the others.
    std::vector<std::string> all{report_line(), std::move(series)};
    std::ranges::move(panels, std::back_inserter(all));
    return all;
  }

 private:
  [[nodiscard]] std::string text(std::string_view text) const {
    return json_string(clean_utf8(text, limits_.characters));
  }

  /// A text of the log: as a string where it is UTF-8.
  [[nodiscard]] std::string name(std::string_view name) const {
    if (is_valid_utf8(name)) return text(name);
    std::string out;
    append_json_bytes(out, name.substr(0, limits_.characters));
    return out;
  }

  [[nodiscard]] std::string report_line() const {
    const auto cut = [&](const auto& items, std::size_t most, auto json) {
      return array(std::span{items}.first(std::min(items.size(), most)), json);
    };
    std::string out = fmt::format(
        R"({{"type":"report","version":"folio {}","format":{},"explanation":{},"web":{},"files":{},"file_count":{},)",
        FOLIO_VERSION, text(report_.format), text(report_.format_explanation), boolean(report_.is_web),
        cut(report_.files, kFilesMax, [&](const std::string& file) { return name(file); }),
        report_.file_count);
    const logs::Tally& totals = report_.totals;
    const auto end = std::back_inserter(out);
    fmt::format_to(end, R"("read":{},"lines":{},"records":{},"filtered":{},"rejected":{},)",
                   report_.bytes_read, report_.lines, report_.records, report_.filtered, report_.rejected);
    fmt::format_to(end, R"("count":{},"bytes":{},"errors":{},"serverErrors":{},"visitors":{},"latency":{},)",
                   totals.count, totals.bytes, totals.errors, totals.server_errors,
                   report_.visitors ? std::to_string(*report_.visitors) : "null",
                   latency_json(report_.latency));
    const auto moment = [&](std::int64_t time) {
      return report_.has_time ? std::to_string(whole_seconds(time)) : std::string{"null"};
    };
    fmt::format_to(end, R"("first":{},"last":{},"rejects":{},"notes":{}}})", moment(report_.first_time),
                   moment(report_.last_time),
                   cut(report_.rejects, kRejectsMax,
                       [&](const logs::RejectCount& reject) { return reject_json(reject); }),
                   cut(notes_, kNotesMax, [&](const std::string& note) { return text(note); }));
    return out;
  }

  [[nodiscard]] std::string reject_json(const logs::RejectCount& reject) const {
    return fmt::format("[{},{},{},{},{}]", text(reject.reason), reject.lines, name(reject.file),
                       reject.line_number, reject.offset);
  }

  std::string series_line() {
    const std::size_t together = (report_.series.buckets.size() + limits_.buckets - 1) / limits_.buckets;
    if (together <= 1) return series_json(report_.series);
    notes_.insert(notes_.begin(),
                  fmt::format("Each point of the time series on this page stands for {} buckets: their "
                              "visitors and latencies are not shown.",
                              together));
    return series_json(coarsened(report_.series, together));
  }

  [[nodiscard]] std::string series_json(const logs::TimeSeries& series) const {
    const auto bucket_json = [&](const logs::TimeBucket& bucket) {
      const std::string visitors = series.has_visitors ? std::to_string(bucket.visitors) : "null";
      std::string out = fmt::format("[{},{},{}", bucket.begin, tally_json(bucket.tally), visitors);
      if (bucket.latency) out.append(",").append(latency_json(bucket.latency));
      return out += ']';
    };
    return fmt::format(R"({{"type":"series","unit":{},"seconds":{},"visitors":{},"buckets":{}}})",
                       text(series.unit), series.bucket_seconds, boolean(series.has_visitors),
                       array(series.buckets, bucket_json));
  }

  std::string panel_line(const logs::Panel& panel) {
    const std::size_t rows = std::min(panel.rows.size(), limits_.rows);
    if (rows < panel.rows.size() && !has_row_note_) {
      has_row_note_ = true;
      notes_.push_back(
          fmt::format("Tables on this page have at most {} rows; --json and --csv give all of them.",
                      format_count(limits_.rows)));
    }
    return fmt::format(
        R"({{"type":"panel","name":{},"title":{},"key":{},"ranked":{},"distinct":{},"total":{},"bytes":{},)"
        R"("errors":{},"visitors":{},"rows":{}}})",
        text(panel.name), text(panel.title), text(panel.key), boolean(panel.is_ranked), panel.distinct,
        panel.total, boolean(panel.has_bytes), boolean(panel.has_errors), boolean(panel.has_visitors),
        array(std::span{panel.rows}.first(rows), [&](const logs::PanelRow& row) { return row_json(row); }));
  }

  [[nodiscard]] std::string row_json(const logs::PanelRow& row) const {
    std::string out = fmt::format("[{},{},{}", name(row.key), tally_json(row.tally), row.visitors);
    if (row.latency || !row.sample.empty()) out.append(",").append(latency_json(row.latency));
    if (!row.sample.empty()) {
      fmt::format_to(std::back_inserter(out), ",{},{},{}", name(row.sample), whole_seconds(row.first_time),
                     whole_seconds(row.last_time));
    }
    return out += ']';
  }

  const logs::Report& report_;
  const PageLimits& limits_;
  std::vector<std::string> notes_ = report_.notes;
  bool has_row_note_ = false;
};

}  // namespace

std::vector<std::string> page_data(const logs::Report& report, const PageLimits& limits) {
  return PageData{report, limits}.lines();
}

}  // namespace folio::cli
