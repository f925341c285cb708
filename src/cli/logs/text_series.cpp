// SPDX-License-Identifier: Apache-2.0
#include "cli/logs/text_series.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "cli/logs/panel_columns.h"
#include "cli/logs/times.h"
#include "cli/quantity.h"

namespace folio::cli {

namespace {

constexpr std::size_t kRowsMax = 31;
constexpr std::size_t kChartHeight = 8;

TextTable bucket_rows(const logs::Report& report, Glyphs glyphs) {
  TextTable table;
  std::vector<logs::PanelRow> rows;
  std::uint64_t most = 1;
  for (const logs::TimeBucket& bucket : report.series.buckets) {
    rows.push_back({.key = bucket_text(bucket.begin, report.series.bucket_seconds),
                    .tally = bucket.tally,
                    .visitors = bucket.visitors,
                    .latency = bucket.latency});
    most = std::max(most, bucket.tally.count);
  }
  const ColumnChoice choice{
      .has_bytes = report.is_web, .has_visitors = report.series.has_visitors, .total = report.totals.count};
  table.numbers = number_columns(rows, choice);
  table.key = {.heading = report.series.unit, .cells = {}};
  for (const logs::PanelRow& row : rows) {
    table.key.cells.push_back(printable(row.key, glyphs));
    table.bars.push_back(static_cast<double>(row.tally.count) / static_cast<double>(most));
  }
  return table;
}

/// Averages of the buckets that each column stands for; where there is room, several columns stand for one.
struct Columns {
  std::vector<double> counts;
  std::vector<double> errors;
};

Columns columns_of(const std::vector<logs::TimeBucket>& buckets, std::size_t width) {
  const std::size_t repeat = std::max<std::size_t>(width / buckets.size(), 1);
  const std::size_t groups = std::min(width, buckets.size());
  Columns columns;
  for (std::size_t group = 0; group < groups; ++group) {
    const std::size_t begin = group * buckets.size() / groups;
    const std::size_t end = (group + 1) * buckets.size() / groups;
    double count = 0;
    double errors = 0;
    for (std::size_t i = begin; i < end; ++i) {
      count += static_cast<double>(buckets[i].tally.count);
      errors += static_cast<double>(buckets[i].tally.errors);
    }
    const auto within = static_cast<double>(end - begin);
    columns.counts.insert(columns.counts.end(), repeat, count / within);
    columns.errors.insert(columns.errors.end(), repeat, errors / within);
  }
  return columns;
}

/// The part of a column that lies in one line of the chart; `filled` in lines.
std::string_view block(double filled, Glyphs glyphs) {
  static constexpr std::array<std::string_view, 9> kBlocks{" ",      "\u2581", "\u2582", "\u2583", "\u2584",
                                                           "\u2585", "\u2586", "\u2587", "\u2588"};
  const auto eighths = static_cast<std::size_t>(std::clamp(std::lround(filled * 8), 0L, 8L));
  if (glyphs == Glyphs::Ascii) return eighths >= 4 ? "#" : eighths > 0 ? "." : " ";
  return kBlocks[eighths];
}

std::string chart_line(const std::vector<double>& values, double most, std::size_t line, std::size_t height,
                       const TextOptions& options) {
  std::string text;
  for (const double value : values) {
    const double lines = most > 0 ? value / most * static_cast<double>(height) : 0;
    // What is more than nothing is seen in the lowest line.
    const double least = line == 0 && value > 0 ? 0.125 : 0;
    text += block(std::max(lines - static_cast<double>(line), least), options.glyphs);
  }
  const std::size_t end = text.find_last_not_of(' ');
  text.resize(end == std::string::npos ? 0 : end + 1);
  return text;
}

std::string labelled(std::string_view label, std::size_t width, const std::string& line, Ink ink,
                     const TextOptions& options) {
  std::string text(width - std::min(width, text_columns(label)), ' ');
  text += inked(label, Ink::Quiet, options);
  if (!line.empty()) text += ' ';
  return text + inked(line, ink, options) + "\n";
}

std::string time_axis(const logs::TimeSeries& series, std::size_t label, std::size_t width) {
  const std::string first = bucket_text(series.buckets.front().begin, series.bucket_seconds);
  const std::string last = bucket_text(series.buckets.back().begin, series.bucket_seconds);
  std::string line(label + 1, ' ');
  line += first;
  if (first.size() + last.size() + 1 <= width) {
    line.append(width - first.size() - last.size(), ' ');
    line += last;
  }
  return line + "\n";
}

std::string chart(const logs::Report& report, const TextOptions& options) {
  const auto& buckets = report.series.buckets;
  std::uint64_t most_errors = 0;
  for (const logs::TimeBucket& bucket : buckets) most_errors = std::max(most_errors, bucket.tally.errors);
  const std::size_t label = 9;
  const Columns columns = columns_of(buckets, std::max(options.width, kWidthMin) - label - 1);
  const double most = *std::ranges::max_element(columns.counts);
  std::string text;
  for (std::size_t line = kChartHeight; line-- > 0;) {
    const std::string top =
        line + 1 == kChartHeight ? short_count(static_cast<std::uint64_t>(std::llround(most))) : "";
    text += labelled(top, label, chart_line(columns.counts, most, line, kChartHeight, options), Ink::Bar,
                     options);
  }
  if (most_errors > 0) {
    const double peak = *std::ranges::max_element(columns.errors);
    text += labelled("errors", label, chart_line(columns.errors, peak, 0, 1, options), Ink::Bad, options);
  }
  return text + inked(time_axis(report.series, label, columns.counts.size()), Ink::Quiet, options);
}

}  // namespace

std::string series_text(const logs::Report& report, const TextOptions& options) {
  if (report.series.buckets.empty()) return {};
  if (report.series.buckets.size() <= kRowsMax) {
    return table_text(bucket_rows(report, options.glyphs), options);
  }
  return chart(report, options);
}

}  // namespace folio::cli
