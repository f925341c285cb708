// SPDX-License-Identifier: Apache-2.0
#include "cli/bench/algorithms_text.h"

#include <fmt/format.h>

#include "cli/quantity.h"

namespace folio::cli {

namespace {

constexpr std::size_t kNameWidth = 24;
constexpr std::size_t kCellWidth = 13;

/// "12.30 *" for the fastest, "3.41 3.6x" for the others.
std::string cell_text(const bench::AlgorithmRow& row, const bench::AlgorithmCell& cell) {
  const bool best = &cell == &row.fastest();
  const std::string ratio = best                       ? "*"
                            : cell.ratio_to_best < 100 ? fmt::format("{:.1f}x", cell.ratio_to_best)
                                                       : fmt::format("{:.0f}x", cell.ratio_to_best);
  const double speed = cell.bytes_per_second / 1e9;
  return fmt::format("{:>6} {:<6}", fmt::format("{:.{}f}", speed, speed < 0.1 ? 3 : 2), ratio);
}

}  // namespace

std::string algorithms_text_begin(double limit, std::size_t cases) {
  return fmt::format(
      "folio bench algorithms: {} cases, in memory, on one core, which reads {:.2f} GB/s from memory.\n"
      "GB/s; * marks the fastest, others take so many times as long. Matches do not overlap.\n"
      "The last column is the speed of the fastest in per cent of what the core reads from memory\n"
      "(more than 100 where the haystack fits into a cache).\n",
      cases, limit / 1e9);
}

std::string algorithms_text_group(bench::AlgorithmGroup group) {
  std::string text = fmt::format("\n{}\n{:{}}", bench::group_text(group), "", kNameWidth);
  for (const bench::Searcher& searcher : bench::searchers()) {
    text += fmt::format("{:>{}}", fmt::format("{:<12}", searcher.name), kCellWidth);
  }
  return text + "  of memory\n";
}

std::string algorithms_text_row(const bench::AlgorithmRow& row) {
  std::string text = fmt::format("{:<{}}", row.name, kNameWidth);
  std::uint64_t shortened = 0;
  for (const bench::AlgorithmCell& cell : row.cells) {
    text += fmt::format("{:>{}}", cell_text(row, cell), kCellWidth);
    if (cell.size < row.size) shortened = cell.size;
  }
  text += fmt::format("  {:>7.0f} %\n", 100 * row.fastest().limit_share);
  if (shortened == 0 || row.group != bench::AlgorithmGroup::Pathological) return text;
  std::string names;
  for (const bench::AlgorithmCell& cell : row.cells) {
    if (cell.size == row.size) continue;
    if (!names.empty()) names += ", ";
    names += cell.searcher->name;
  }
  return text + fmt::format("  ({}: only {} of {}, so that they end)\n", names, format_size(shortened),
                            format_size(row.size));
}

std::string algorithms_text_end(std::span<const bench::AlgorithmFinding> findings,
                                const bench::AlgorithmsEnd& end) {
  std::string text = findings.empty() ? "" : "\nWhat this says\n";
  for (const bench::AlgorithmFinding& finding : findings) text += fmt::format("- {}\n", finding.text);
  if (end.measured < end.cases) {
    text += fmt::format("{} of {} cases were measured: {}\n", end.measured, end.cases,
                        end.interrupted ? "interrupted" : "the budget was spent (--budget)");
  }
  return text;
}

}  // namespace folio::cli
