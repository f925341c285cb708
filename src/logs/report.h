// SPDX-License-Identifier: Apache-2.0
// What a report shows: plain data, made by the aggregation, rendered by the command.
//
// Texts may hold any bytes, escapes undone: who renders them makes them harmless. Threads: plain data.
// Everything is ordered; equal inputs give equal reports, however they were read.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace folio::logs {

/// Nanoseconds. A quantile is exact to 1 % above, never below.
struct LatencySummary {
  std::uint64_t count = 0;
  std::int64_t p50 = 0;
  std::int64_t p90 = 0;
  std::int64_t p95 = 0;
  std::int64_t p99 = 0;
  std::int64_t p999 = 0;
  std::int64_t max = 0;  ///< Exact.
  double mean = 0;
};

struct Tally {
  std::uint64_t count = 0;          ///< Requests, or lines of other logs.
  std::uint64_t bytes = 0;          ///< Sent to clients.
  std::uint64_t errors = 0;         ///< Status 400 and above; or levels error and above.
  std::uint64_t server_errors = 0;  ///< Status 500 and above.
};

struct PanelRow {
  std::string key;
  Tally tally;
  std::uint64_t visitors = 0;  ///< Where the panel has them.
  std::optional<LatencySummary> latency;
  // Templates of messages only.
  std::string sample = {};
  std::int64_t first_time = 0;  ///< Nanoseconds since 1970.
  std::int64_t last_time = 0;
};

/// A table of the report: the rows with the highest counts, in falling order, equal ones by key; or all rows
/// in their natural order where `is_ranked` is false (hours, weekdays, status classes).
struct Panel {
  std::string name;   ///< "paths", "hosts", "status": in JSON, CSV file names and anchors.
  std::string title;  ///< "Requested paths"
  std::string key;    ///< Heading of the first column: "path"
  std::vector<PanelRow> rows;
  std::uint64_t distinct = 0;  ///< Keys in all, shown or not.
  std::uint64_t total = 0;     ///< Sum of the counts of all keys.
  // Plain facts for the renderer.
  bool is_ranked = true;
  bool has_bytes = true;
  bool has_errors = true;
  bool has_visitors = false;
};

struct TimeBucket {
  std::int64_t begin = 0;  ///< Seconds since 1970, UTC: first second of the bucket. Weeks begin on Monday.
  Tally tally;
  std::uint64_t visitors = 0;  ///< Buckets of a day and longer only.
  std::optional<LatencySummary> latency;
};

struct TimeSeries {
  std::string unit;                 ///< "minute", "5 minutes", "hour", "day", "week", "month", "year"
  std::int64_t bucket_seconds = 0;  ///< 0: months and years
  bool has_visitors = false;
  std::vector<TimeBucket> buckets;  ///< In order, without gaps.
};

struct RejectCount {
  std::string reason;
  std::uint64_t lines = 0;
  // The first of them.
  std::string file;
  std::uint64_t offset = 0;
  std::uint64_t line_number = 0;  ///< From 1; 0: not known.
};

struct Report {
  std::string format;              ///< "combined"
  std::string format_explanation;  ///< One sentence.
  std::vector<std::string> files;  ///< At most 100; more are counted in file_count.
  std::uint64_t file_count = 0;
  std::uint64_t bytes_read = 0;
  std::uint64_t lines = 0;
  std::uint64_t records = 0;   ///< Lines that fit, and that the conditions let through.
  std::uint64_t filtered = 0;  ///< Lines that fit, but did not meet the conditions.
  std::uint64_t rejected = 0;
  std::vector<RejectCount> rejects;  ///< By falling count.
  bool is_web = true;                ///< Requests; otherwise lines of another log.
  Tally totals;
  std::optional<std::uint64_t> visitors;
  std::int64_t first_time = 0;  ///< Nanoseconds since 1970; meaningful where has_time.
  std::int64_t last_time = 0;
  bool has_time = false;
  std::optional<LatencySummary> latency;
  TimeSeries series;
  std::vector<Panel> panels;       ///< In the order in which they are shown; empty ones are left out.
  std::vector<std::string> notes;  ///< Definitions and bounds, a sentence each.
};

}  // namespace folio::logs
