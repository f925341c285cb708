// SPDX-License-Identifier: Apache-2.0
// For tests: reports made from a seed. Plain ones look like those of a busy web site; hostile ones have in
// every text what a browser, a terminal or a reader of JSON or CSV could take for more than text.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "logs/report.h"

namespace folio::cli {

inline constexpr std::string_view kHostileTexts[] = {
    "<script>window.taken=1</script>",
    "</script><script>window.taken=1</script>",
    "<img src=x onerror=window.taken=1>",
    "<!--<script>",
    "\"><b onmouseover='alert(1)'>",
    "'\"`&lt;&amp;]]>",
    "invoice\u202egnp.exe",
    "\u200fright\u200eleft\u2066x\u2069",
    "a\u2028b\u2029c",
    "\x1b[31mred\x1b[0m\x1b]0;title\x07",
    "line\r\nend\ttab",
    "caf\xe9 \xff\xfe <svg onload=window.taken=1>",
    "=cmd|' /C calc'!A0",
    "\\u003cscript\\u003e",
    "\xed\xa0\x80\xf4\x90\x80\x80",
    "\u65e5\u672c\u8a9e/\U0001f600/e\u0301",
    "javascript:window.taken=1",
    "__proto__",
    "${window.taken=1}{{7*7}}",
};

class ReportMaker {
 public:
  explicit ReportMaker(std::uint64_t seed) : random_(seed) {}

  /// Requests of four days by the hour, with latency.
  logs::Report web(std::size_t buckets = 96, std::size_t rows = 40) {
    logs::Report report;
    report.format = "combined";
    report.format_explanation = "All of the first 1,000 lines fit the format `combined`.";
    report.files = {"/var/log/nginx/access.log", "/var/log/nginx/access.log.1.gz"};
    report.file_count = 2;
    report.series = series("hour", 3600, buckets);
    for (const logs::TimeBucket& bucket : report.series.buckets) add(report.totals, bucket.tally);
    report.bytes_read = report.totals.count * 231;
    report.records = report.totals.count;
    report.rejected = 57;
    report.lines = report.records + report.rejected;
    report.rejects = {{"the request has no closing quote", 41, report.files[0], 1'234'567, 5'321},
                      {"the time is not one", 16, report.files[1], 99, 0}};
    report.visitors = report.totals.count / 37;
    report.has_time = true;
    report.first_time = kBegin * kSecond + 250'000'000;
    report.last_time = report.series.buckets.back().begin * kSecond + 3'599 * kSecond;
    report.latency = latency(report.totals.count);
    add_web_panels(report, rows);
    report.notes = {"A visitor is an address, a user agent and a day that occur together.",
                    "Percentiles of the latency are at most 1 % too large."};
    return report;
  }

  /// Lines of a system log, with templates of messages.
  logs::Report other() {
    logs::Report report;
    report.format = "syslog";
    report.format_explanation = "Lines begin with a time, a machine and a program, as RFC 3164 has them.";
    report.files = {"/var/log/syslog"};
    report.file_count = 1;
    report.is_web = false;
    report.series = series("5 minutes", 300, 20);
    for (logs::TimeBucket& bucket : report.series.buckets) {
      bucket.latency.reset();
      bucket.tally.bytes = 0;
      bucket.tally.server_errors = 0;
      add(report.totals, bucket.tally);
    }
    report.lines = report.records = report.totals.count;
    report.bytes_read = report.lines * 97;
    report.has_time = true;
    report.first_time = kBegin * kSecond;
    report.last_time = report.first_time + 6'000 * kSecond;
    report.panels.push_back(ranked("levels", "Levels", "level", words({"info", "warning", "error"}), report));
    report.panels.push_back(
        ranked("programs", "Programs", "program", words({"sshd", "kernel", "systemd", "cron"}), report));
    report.panels.push_back(
        ranked("messages", "Messages", "template",
               words({"Accepted publickey for <name> from <ip> port <n>",
                      "Failed password for <name> from <ip> port <n>", "session <n> opened",
                      "usb <n>-<n>: device descriptor read/<n>, error -<n>"}),
               report));
    for (logs::Panel& panel : report.panels) panel.has_bytes = false;
    for (logs::PanelRow& row : report.panels.back().rows) {
      row.sample = "Jan 15 00:00:07 web1 sshd[4711]: " + row.key;
      row.first_time = report.first_time + 7 * kSecond;
      row.last_time = report.last_time - 3 * kSecond;
    }
    return report;
  }

  /// A report of requests whose every text is hostile.
  logs::Report hostile(std::size_t buckets = 96, std::size_t rows = 60) {
    logs::Report report = web(buckets, rows);
    report.format = next_hostile();
    report.format_explanation = next_hostile();
    for (std::string& file : report.files) file = next_hostile();
    for (logs::RejectCount& reject : report.rejects) {
      reject.reason = next_hostile();
      reject.file = next_hostile();
    }
    report.series.unit = next_hostile();
    for (logs::Panel& panel : report.panels) {
      panel.title = next_hostile();
      panel.key = next_hostile();
      for (logs::PanelRow& row : panel.rows) row.key = next_hostile() + row.key + std::string(1, '\0');
      for (logs::PanelRow& row : panel.rows) row.sample = next_hostile() + next_hostile();
    }
    report.panels.front().name = next_hostile();
    for (std::string& note : report.notes) note = next_hostile();
    return report;
  }

 private:
  static constexpr std::int64_t kSecond = 1'000'000'000;
  static constexpr std::int64_t kBegin = 1'768'435'200;  // 15 January 2026, a Thursday

  std::uint64_t below(std::uint64_t limit) { return random_() % limit; }

  std::string next_hostile() { return std::string{kHostileTexts[hostile_++ % std::size(kHostileTexts)]}; }

  static std::vector<std::string> words(std::initializer_list<const char*> list) {
    return {list.begin(), list.end()};
  }

  static void add(logs::Tally& sum, const logs::Tally& more) {
    sum.count += more.count;
    sum.bytes += more.bytes;
    sum.errors += more.errors;
    sum.server_errors += more.server_errors;
  }

  logs::Tally tally(std::uint64_t count) {
    logs::Tally made{
        .count = count, .bytes = count * (9'000 + below(8'000)), .errors = 0, .server_errors = 0};
    made.errors = count * below(60) / 1'000;
    made.server_errors = made.errors * below(40) / 100;
    return made;
  }

  logs::LatencySummary latency(std::uint64_t count) {
    const auto p50 = static_cast<std::int64_t>(3'000'000 + below(9'000'000));
    return {.count = count,
            .p50 = p50,
            .p90 = p50 * 3,
            .p95 = p50 * 5,
            .p99 = p50 * 12,
            .p999 = p50 * 40,
            .max = p50 * 90 + 1,
            .mean = static_cast<double>(p50) * 1.75};
  }

  logs::TimeSeries series(std::string unit, std::int64_t seconds, std::size_t buckets) {
    // Few requests at night, most in the early evening.
    static constexpr std::array<std::uint64_t, 24> kDay{20, 14, 10, 8,  7,  9,  15, 28,  45, 60, 68, 72,
                                                        74, 72, 70, 71, 75, 82, 93, 100, 96, 80, 55, 34};
    logs::TimeSeries made{
        .unit = std::move(unit), .bucket_seconds = seconds, .has_visitors = false, .buckets = {}};
    for (std::size_t i = 0; i < buckets; ++i) {
      const std::int64_t begin = kBegin + static_cast<std::int64_t>(i) * seconds;
      const auto hour = static_cast<std::size_t>(begin / 3'600 % 24);
      logs::TimeBucket bucket{
          .begin = begin, .tally = tally(kDay[hour] * (90 + below(25))), .visitors = 0, .latency = {}};
      bucket.latency = latency(bucket.tally.count);
      made.buckets.push_back(bucket);
    }
    if (buckets > 20) {  // An hour of trouble, and one without any request.
      made.buckets[buckets / 2].tally.errors = made.buckets[buckets / 2].tally.count / 3;
      made.buckets[buckets / 2].tally.server_errors = made.buckets[buckets / 2].tally.errors * 9 / 10;
      made.buckets[buckets - 4] = {
          .begin = made.buckets[buckets - 4].begin, .tally = {}, .visitors = 0, .latency = {}};
    }
    return made;
  }

  /// Rows by Zipf's law, as far as keys go.
  logs::Panel ranked(std::string name, std::string title, std::string key, std::vector<std::string> keys,
                     const logs::Report& report) {
    logs::Panel panel{.name = std::move(name), .title = std::move(title), .key = std::move(key), .rows = {}};
    for (std::size_t i = 0; i < keys.size(); ++i) {
      const std::uint64_t count = report.totals.count / (5 * (i + 1)) + 1;
      panel.rows.push_back(
          {.key = std::move(keys[i]), .tally = tally(count), .visitors = count / 9 + 1, .latency = {}});
      panel.total += count;
    }
    panel.distinct = panel.rows.size();
    return panel;
  }

  logs::Panel natural(std::string name, std::string title, std::string key, std::vector<std::string> keys,
                      const logs::Report& report) {
    logs::Panel panel = ranked(std::move(name), std::move(title), std::move(key), std::move(keys), report);
    panel.is_ranked = false;
    panel.total = 0;
    for (logs::PanelRow& row : panel.rows) {
      row.tally = tally(report.totals.count / panel.rows.size() * (70 + below(60)) / 100);
      panel.total += row.tally.count;
    }
    return panel;
  }

  std::vector<std::string> numbered(std::string_view before, std::string_view after, std::size_t count) {
    std::vector<std::string> made;
    for (std::size_t i = 0; i < count; ++i) {
      std::string text{before};
      made.push_back(text.append(std::to_string(i * 7 % (count + 1))).append(after));
    }
    return made;
  }

  void add_web_panels(logs::Report& report, std::size_t rows) {
    std::vector<std::string> hours;
    for (int hour = 0; hour < 24; ++hour) hours.push_back((hour < 10 ? "0" : "") + std::to_string(hour));
    auto paths = numbered("/articles/2026/", "/how-to-read-a-large-log-file.html?ref=newsletter", rows);
    std::copy_n(words({"/", "/search?q=folio", "/assets/site.css", "/api/v2/items"}).begin(),
                std::min<std::size_t>(rows, 4), paths.begin());
    auto& panels = report.panels;
    panels.push_back(
        natural("status_classes", "Status classes", "class", words({"2xx", "3xx", "4xx", "5xx"}), report));
    panels.push_back(natural("hours", "Hours of the day", "hour", std::move(hours), report));
    panels.push_back(natural(
        "weekdays", "Weekdays", "weekday",
        words({"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"}), report));
    panels.push_back(ranked("paths", "Requested paths", "path", std::move(paths), report));
    for (logs::PanelRow& row : panels.back().rows) row.latency = latency(row.tally.count);
    panels.back().distinct += 123'456;
    panels.push_back(ranked("hosts", "Clients", "host", numbered("203.0.113.", "", rows), report));
    panels.push_back(ranked("status", "Status codes", "status",
                            words({"200", "304", "404", "301", "500", "206"}), report));
    panels.push_back(ranked("referring_sites", "Referring sites", "site",
                            words({"search.example", "news.example", "example.org", "social.example"}),
                            report));
    panels.push_back(ranked("browsers", "Browsers", "browser",
                            words({"Chrome", "Firefox", "Safari", "Edge", "Opera"}), report));
    panels.push_back(
        ranked("user_agents", "User agents", "user agent",
               numbered("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/1",
                        ".0.0.0 Safari/537.36", rows),
               report));
    panels.push_back(ranked("methods", "Methods", "method", words({"GET", "POST", "HEAD"}), report));
    for (logs::Panel& panel : panels) panel.has_visitors = panel.is_ranked;
  }

  std::mt19937_64 random_;
  std::size_t hostile_ = 0;
};

}  // namespace folio::cli
