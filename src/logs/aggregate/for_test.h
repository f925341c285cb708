// SPDX-License-Identifier: Apache-2.0
// For tests: random records as logs have them, and a report as text.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <random>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "logs/record.h"
#include "logs/report.h"

namespace folio::logs::for_test {

/// Records with the texts that they view.
class RandomLog {
 public:
  using Random = std::mt19937_64;

  RandomLog(std::size_t count, std::uint64_t seed) : random_(seed) {
    while (records_.size() < count) records_.push_back(random_() % 4 != 0 ? request() : message());
  }

  [[nodiscard]] const std::vector<Record>& records() const { return records_; }

 private:
  static constexpr std::int64_t kBegin = 1'709'078'400'000'000'000;  // 2024-02-28

  std::uint64_t below(std::uint64_t bound) { return random_() % bound; }
  // Low numbers are frequent.
  std::uint64_t skewed(std::uint64_t bound) { return below(1 + below(1 + below(bound))); }
  std::string_view keep(std::string text) { return texts_.emplace_back(std::move(text)); }
  std::string_view keyed(std::string_view stem, std::uint64_t bound) {
    return keep(std::string{stem}.append(std::to_string(skewed(bound))));
  }
  bool seldom() { return below(16) == 0; }

  void set_time(Record& record) {
    if (!seldom())
      record.set(Field::Time, kBegin + static_cast<std::int64_t>(below(4 * 86'400)) * 1'000'000'000);
  }

  Record request() {
    static constexpr std::string_view kAgents[] = {"Mozilla/5.0 (Windows NT 10.0) Chrome/120.0 Safari/537.36",
                                                   "curl/8.1", "Googlebot/2.1",
                                                   "Mozilla/5.0 (X11; Linux) Firefox/119.0"};
    static constexpr std::int64_t kCodes[] = {200, 200, 200, 304, 301, 404, 500, 503, 0, 999};
    Record record;
    set_time(record);
    record.set(Field::Host, keyed("192.0.2.", 2000));
    if (!seldom()) record.set(Field::UserAgent, below(4) != 0 ? kAgents[below(4)] : keyed("agent ", 500));
    if (!seldom()) record.set(Field::Status, kCodes[below(10)]);
    if (below(3) != 0) record.set(Field::Bytes, static_cast<std::int64_t>(skewed(1'000'000)));
    if (below(3) != 0) record.set(Field::Latency, static_cast<std::int64_t>(random_() >> (1 + below(60))));
    record.set(Field::Method, below(5) != 0 ? "GET" : "POST");
    record.set(Field::Target, target());
    if (below(3) == 0) record.set(Field::Referrer, keyed("https://Site.example:80/from?", 900));
    if (seldom()) record.set(Field::User, keyed("user", 20));
    if (seldom()) record.set(Field::CacheStatus, below(2) != 0 ? "HIT" : "MISS");
    return record;
  }

  std::string_view target() {
    switch (below(8)) {
      case 0:
        return keyed("/style.css?", 300);
      case 1:
        return keep(std::string("/\0\xff\xc3(", 5).append(std::to_string(skewed(40))));
      case 2:
        return "";
      default:
        return keyed("/path/", 3000);
    }
  }

  Record message() {
    Record record;
    set_time(record);
    record.set(Field::Level, below(4) == 0 ? "ERROR" : "info");
    record.set(Field::Program, keyed("program", 12));
    record.set(Field::Machine, "machine");
    record.set(Field::Message, keyed("took ", 100'000));
    if (seldom()) record = {};
    return record;
  }

  Random random_;
  std::deque<std::string> texts_;
  std::vector<Record> records_;
};

inline std::ostream& operator<<(std::ostream& out, const Tally& tally) {
  return out << tally.count << ' ' << tally.bytes << ' ' << tally.errors << ' ' << tally.server_errors;
}

inline std::ostream& operator<<(std::ostream& out, const std::optional<LatencySummary>& latency) {
  if (!latency.has_value()) return out << " -";
  return out << " latency " << latency->count << ' ' << latency->p50 << ' ' << latency->p90 << ' '
             << latency->p95 << ' ' << latency->p99 << ' ' << latency->p999 << ' ' << latency->max << ' '
             << std::hexfloat << latency->mean;
}

inline std::string dump(const Panel& panel) {
  std::ostringstream out;
  out << panel.name << " distinct " << panel.distinct << " total " << panel.total << '\n';
  for (const PanelRow& row : panel.rows) {
    out << "  " << row.key << ": " << row.tally << row.latency << ' ' << row.sample << ' ' << row.first_time
        << ' ' << row.last_time << '\n';
  }
  return out.str();
}

/// Everything in it.
inline std::string dump(const Report& report) {
  std::ostringstream out;
  out << report.records << ' ' << (report.is_web ? "web" : "other") << ' ' << report.totals << " visitors "
      << report.visitors.value_or(0) << " times " << report.first_time << ' ' << report.last_time
      << report.latency << '\n'
      << report.series.unit << ' ' << report.series.bucket_seconds << '\n';
  for (const TimeBucket& bucket : report.series.buckets) {
    out << bucket.begin << ' ' << bucket.tally << ' ' << bucket.visitors << bucket.latency << '\n';
  }
  for (const Panel& panel : report.panels) out << dump(panel);
  for (const std::string& note : report.notes) out << note << '\n';
  return out.str();
}

inline const Panel* find_panel(const Report& report, std::string_view name) {
  for (const Panel& panel : report.panels) {
    if (panel.name == name) return &panel;
  }
  return nullptr;
}

}  // namespace folio::logs::for_test
