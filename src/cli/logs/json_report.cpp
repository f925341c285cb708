// SPDX-License-Identifier: Apache-2.0
#include "cli/logs/json_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <string_view>

#include "cli/logs/safe_text.h"
#include "cli/logs/times.h"
#include "cli/text.h"

namespace folio::cli {

namespace {

/// Of sentences and names of our own making; should they quote what is not UTF-8, they stay readable.
std::string prose(std::string_view text) {
  return json_string(clean_utf8(text));
}

/// What comes from the log, or from a file system, exactly.
std::string bytes_json(std::string_view bytes) {
  std::string out;
  append_json_bytes(out, bytes);
  return out;
}

template <class Items, class Json>
std::string array(const Items& items, Json json) {
  std::string out = "[";
  for (const auto& item : items) {
    if (out.size() > 1) out += ',';
    out += json(item);
  }
  return out += ']';
}

std::string latency_members(const logs::LatencySummary& latency) {
  return fmt::format(R"("count":{},"p50":{},"p90":{},"p95":{},"p99":{},"p999":{},"max":{},"mean":{:.9f})",
                     latency.count, exact_seconds(latency.p50), exact_seconds(latency.p90),
                     exact_seconds(latency.p95), exact_seconds(latency.p99), exact_seconds(latency.p999),
                     exact_seconds(latency.max), latency.mean / 1e9);
}

std::string latency_json(const std::optional<logs::LatencySummary>& latency) {
  return latency ? fmt::format("{{{}}}", latency_members(*latency)) : "null";
}

std::string tally_members(const logs::Tally& tally) {
  return fmt::format(R"("count":{},"bytes":{},"errors":{},"server_errors":{})", tally.count, tally.bytes,
                     tally.errors, tally.server_errors);
}

bool has_latency(const logs::Panel& panel) {
  return std::ranges::any_of(panel.rows, [](const auto& row) { return row.latency.has_value(); });
}

bool has_samples(const logs::Panel& panel) {
  return std::ranges::any_of(panel.rows, [](const auto& row) { return !row.sample.empty(); });
}

std::string panel_json(const logs::Panel& panel) {
  const bool with_latency = has_latency(panel);
  const bool with_samples = has_samples(panel);
  const auto row_json = [&](const logs::PanelRow& row) {
    std::string out = fmt::format(R"({{"key":{},"count":{})", bytes_json(row.key), row.tally.count);
    const auto end = std::back_inserter(out);
    if (panel.has_bytes) fmt::format_to(end, R"(,"bytes":{})", row.tally.bytes);
    if (panel.has_errors) {
      fmt::format_to(end, R"(,"errors":{},"server_errors":{})", row.tally.errors, row.tally.server_errors);
    }
    if (panel.has_visitors) fmt::format_to(end, R"(,"visitors":{})", row.visitors);
    if (with_latency) fmt::format_to(end, R"(,"latency":{})", latency_json(row.latency));
    if (with_samples) {
      fmt::format_to(end, R"(,"first_time":"{}","last_time":"{}","sample":{})", utc_stamp(row.first_time),
                     utc_stamp(row.last_time), bytes_json(row.sample));
    }
    return out += '}';
  };
  return fmt::format(R"({{"name":{},"title":{},"key":{},"ranked":{},"distinct":{},"total":{},"rows":{}}})",
                     prose(panel.name), prose(panel.title), prose(panel.key), panel.is_ranked, panel.distinct,
                     panel.total, array(panel.rows, row_json));
}

std::string series_json(const logs::TimeSeries& series) {
  const bool with_latency =
      std::ranges::any_of(series.buckets, [](const auto& bucket) { return bucket.latency.has_value(); });
  const auto bucket_json = [&](const logs::TimeBucket& bucket) {
    std::string out =
        fmt::format(R"({{"begin":"{}",{})", utc_stamp_of_seconds(bucket.begin), tally_members(bucket.tally));
    if (series.has_visitors) fmt::format_to(std::back_inserter(out), R"(,"visitors":{})", bucket.visitors);
    if (with_latency) out.append(",\"latency\":").append(latency_json(bucket.latency));
    return out += '}';
  };
  return fmt::format(R"({{"unit":{},"bucket_seconds":{},"buckets":{}}})", prose(series.unit),
                     series.bucket_seconds > 0 ? std::to_string(series.bucket_seconds) : "null",
                     array(series.buckets, bucket_json));
}

std::string reject_json(const logs::RejectCount& reject) {
  return fmt::format(R"({{"reason":{},"lines":{},"first":{{"file":{},"offset":{},"line":{}}}}})",
                     prose(reject.reason), reject.lines, bytes_json(reject.file), reject.offset,
                     reject.line_number > 0 ? std::to_string(reject.line_number) : "null");
}

std::string time_json(const logs::Report& report, std::int64_t nanoseconds) {
  return report.has_time ? json_string(utc_stamp(nanoseconds)) : "null";
}

}  // namespace

std::string json_report(const logs::Report& report) {
  std::string out = fmt::format(
      R"({{"schema":"folio.logs/1","format":{},"format_explanation":{},"web":{},"files":{},"file_count":{},)",
      prose(report.format), prose(report.format_explanation), report.is_web, array(report.files, bytes_json),
      report.file_count);
  const auto end = std::back_inserter(out);
  fmt::format_to(end, R"("bytes_read":{},"lines":{},"records":{},"filtered":{},"rejected":{},"rejects":{},)",
                 report.bytes_read, report.lines, report.records, report.filtered, report.rejected,
                 array(report.rejects, reject_json));
  fmt::format_to(end, R"("first_time":{},"last_time":{},"totals":{{{},"visitors":{}}},"latency":{},)",
                 time_json(report, report.first_time), time_json(report, report.last_time),
                 tally_members(report.totals), report.visitors ? std::to_string(*report.visitors) : "null",
                 latency_json(report.latency));
  fmt::format_to(end, R"("series":{},"panels":{},"notes":{}}})", series_json(report.series),
                 array(report.panels, panel_json), array(report.notes, prose));
  return out += '\n';
}

}  // namespace folio::cli
