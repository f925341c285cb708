// SPDX-License-Identifier: Apache-2.0
#include "cli/logs/panel_columns.h"

#include <fmt/format.h>

#include <algorithm>

#include "cli/duration.h"
#include "cli/quantity.h"

namespace folio::cli {

namespace {

using Row = logs::PanelRow;

// The higher, the earlier a column is left out where the terminal is narrow.
enum Dispensable : unsigned { kAlways, kShare, kErrors, kP95, kBytes, kVisitors, kP50, kMax };

template <class Text>
TextColumn column(std::string heading, unsigned dispensable, std::span<const Row> rows, Text text) {
  TextColumn made{.heading = std::move(heading), .cells = {}, .dispensable = dispensable};
  for (const Row& row : rows) made.cells.push_back(text(row));
  return made;
}

TextColumn latency_column(std::string heading, unsigned dispensable, std::span<const Row> rows,
                          std::int64_t logs::LatencySummary::* member) {
  return column(std::move(heading), dispensable, rows, [&](const Row& row) {
    return row.latency && row.latency->count > 0 ? latency_text((*row.latency).*member) : std::string{"-"};
  });
}

}  // namespace

std::string share_text(std::uint64_t part, std::uint64_t whole) {
  if (whole == 0) return "-";
  const double percent = 100 * static_cast<double>(part) / static_cast<double>(whole);
  if (part > 0 && percent < 0.01) return "<0.01 %";
  return fmt::format("{:.2f} %", percent);
}

std::string short_count(std::uint64_t count) {
  if (count < 1'000'000) return format_count(count);
  double value = static_cast<double>(count);
  std::size_t unit = 0;
  static constexpr std::string_view kUnits = "MGTPE";
  for (value /= 1e6; value >= 999.5 && unit + 1 < kUnits.size(); ++unit) value /= 1e3;
  return fmt::format("{:.{}f}{}", value, value < 9.995 ? 2 : value < 99.95 ? 1 : 0, kUnits[unit]);
}

std::string latency_text(std::int64_t nanoseconds) {
  const double seconds = static_cast<double>(nanoseconds) / 1e9;
  return seconds < 0 ? fmt::format("-{}", format_seconds(-seconds)) : format_seconds(seconds);
}

std::vector<TextColumn> number_columns(std::span<const Row> rows, const ColumnChoice& choice) {
  std::vector<TextColumn> columns;
  columns.push_back(
      column("count", kAlways, rows, [](const Row& row) { return format_count(row.tally.count); }));
  columns.push_back(
      column("%", kShare, rows, [&](const Row& row) { return share_text(row.tally.count, choice.total); }));
  if (choice.has_visitors) {
    columns.push_back(
        column("visitors", kVisitors, rows, [](const Row& row) { return format_count(row.visitors); }));
  }
  if (choice.has_bytes) {
    columns.push_back(
        column("bytes", kBytes, rows, [](const Row& row) { return format_size(row.tally.bytes); }));
  }
  if (choice.has_errors) {
    columns.push_back(
        column("errors", kErrors, rows, [](const Row& row) { return format_count(row.tally.errors); }));
    columns.back().ink = Ink::Bad;
  }
  if (std::ranges::any_of(rows, [](const Row& row) { return row.latency.has_value(); })) {
    columns.push_back(latency_column("p50", kP50, rows, &logs::LatencySummary::p50));
    columns.push_back(latency_column("p95", kP95, rows, &logs::LatencySummary::p95));
    columns.push_back(latency_column("max", kMax, rows, &logs::LatencySummary::max));
  }
  return columns;
}

}  // namespace folio::cli
