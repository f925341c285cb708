// SPDX-License-Identifier: Apache-2.0
#include "cli/bench/access_text.h"
#include "cli/duration.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "cli/demo_numbers.h"
#include "cli/quantity.h"
#include "cli/text.h"

namespace folio::cli {

namespace {

std::string_view state_text(bench::CacheState state) {
  switch (state) {
    case bench::CacheState::Cold:
      return "cold";
    case bench::CacheState::WarmSmall:
      return "warm in 4 KiB folios";
    case bench::CacheState::WarmLarge:
      return "warm in 2 MiB folios";
    case bench::CacheState::Limited:
      return "larger than the memory allowed";
  }
  return "";
}

std::string_view shape_text(bench::Shape shape) {
  switch (shape) {
    case bench::Shape::OnePass:
      return "one pass";
    case bench::Shape::Passes:
      return "four passes";
    case bench::Shape::Random4K:
      return "random 4 KiB blocks";
    case bench::Shape::Random4KZipf:
      return "random 4 KiB blocks by Zipf's law";
    case bench::Shape::Touch64:
      return "64 bytes at random places";
    case bench::Shape::SmallFiles:
      return "small files";
  }
  return "";
}

std::string speed_text(const bench::Cell& cell) {
  if (const auto operations = cell.operations_per_second())
    return fmt::format("{:.1f} k/s", *operations / 1e3);
  return format_rate(cell.bytes_per_second());
}

std::string cell_row(const bench::Cell& cell, double best) {
  const bench::Measured& cost = cell.cost;
  const double mib = static_cast<double>(cell.bytes) / (1 << 20);
  const double faults = mib > 0 ? static_cast<double>(cost.minor_faults) / mib : 0;
  std::string name = bench::label(cell.method);
  if (cell.used) name += fmt::format(" ({})", access_name(*cell.used));
  return fmt::format("  {:22} {:>9} {:>6.0f} % {:>11} {:>6} {:6.2f} {:>8} {:>8} {:7.1f} {:>7} {:>7} {:>9}\n",
                     name, format_seconds(cost.seconds), cost.spread * 100, speed_text(cell),
                     cell.limit_share ? fmt::format("{:.0f} %", *cell.limit_share * 100) : "",
                     best > 0 ? cost.seconds / best : 0, format_seconds(cost.user_seconds),
                     format_seconds(cost.system_seconds), faults, cost.major_faults,
                     cost.voluntary_switches + cost.involuntary_switches, format_size(cell.peak_memory));
}

std::string known(const std::string& text) {
  return text.empty() ? "unknown" : quoted_name(text);
}

}  // namespace

std::string machine_text(const bench::Machine& machine, const bench::Place& place) {
  std::string text = fmt::format("{}, Linux {}, {} {} to use", known(machine.cpu), known(machine.kernel),
                                 machine.cores, machine.cores == 1 ? "core" : "cores");
  if (machine.memory) text += fmt::format(", {} of memory", format_size(*machine.memory));
  if (machine.memory_limit) text += fmt::format(" ({} allowed)", format_size(*machine.memory_limit));
  text += fmt::format("\n{} on {}", known(place.file_system), known(place.device));
  if (place.readahead) text += fmt::format(", {} of read-ahead", format_size(*place.readahead));
  text += fmt::format("; transparent huge pages: {}; io_uring: {}\n", known(machine.thp),
                      machine.io_uring ? "yes" : "no");
  std::string mitigated;
  for (const os::Mitigation& mitigation : machine.mitigations) {
    if (!mitigation.state.starts_with("Mitigation")) continue;
    mitigated.append(mitigated.empty() ? "" : ", ").append(quoted_name(mitigation.name));
  }
  return text + (mitigated.empty() ? "" : paragraph("mitigations at work: " + mitigated, 0)) + "\n";
}

std::string summary_text(const bench::Summary& summary) {
  std::string text = fmt::format("{} cells in {:.0f} s\n", summary.cells, summary.seconds);
  if (!summary.complete && !summary.interrupted) {
    text += "The budget was spent before everything had been measured: --budget gives more.\n";
  }
  for (const std::string& note : summary.notes) text += paragraph("note: " + note, 0);
  return text;
}

std::string situation_text(const bench::Situation& at) {
  return fmt::format("{} ({}) over {}, {}, {} {}", shape_text(at.shape), bench::work_name(at.work),
                     format_size(at.size), state_text(at.state), at.threads,
                     at.threads == 1 ? "thread" : "threads");
}

std::string cells_table(std::span<const bench::Cell> cells) {
  std::vector<const bench::Cell*> order;
  for (const bench::Cell& cell : cells) order.push_back(&cell);
  std::ranges::sort(order, {}, [](const bench::Cell* cell) { return std::pair{cell->cost.seconds, cell}; });
  std::string text = fmt::format(
      "  {:22} {:>9} {:>8} {:>11} {:>6} {:>6} {:>8} {:>8} {:>7} {:>7} {:>7} {:>9}\n", "method", "median",
      "spread", "speed", "limit", "ratio", "user", "system", "flt/MiB", "major", "switch", "peak");
  for (const bench::Cell* cell : order) text += cell_row(*cell, order.front()->cost.seconds);
  for (const std::string& note : cells.front().notes) text += "  note: " + note + "\n";
  return text;
}

std::string limits_table(std::span<const bench::Limit> limits) {
  std::string text = "Limits of this machine\n";
  for (const bench::Limit& limit : limits) {
    text += fmt::format(
        "  {:16} {} {:10} {:>12} {:>12}  {}\n", bench::limit_name(limit.kind), limit.threads,
        limit.threads == 1 ? "thread" : "threads", format_rate(limit.bytes_per_second),
        limit.operations_per_second ? fmt::format("{:.1f} k/s", *limit.operations_per_second / 1e3) : "",
        limit.by);
  }
  return text;
}

std::string classic_table(std::span<const bench::ClassicRow> rows) {
  if (rows.empty()) return {};
  std::string text = "The table of the textbooks, and this machine (counting newlines, page cache)\n";
  text += fmt::format("  {:20} {:>12} {:>14}   {}\n", "", "textbook", "this machine", "file and method");
  for (const bench::ClassicRow& row : rows) {
    text += fmt::format("  {:20} {:>7.0f} MB/s {:>9.0f} MB/s   {}, {}\n", row.name, row.textbook / 1e6,
                        row.cell.bytes_per_second() / 1e6, format_size(row.cell.situation.size),
                        bench::label(row.cell.method));
  }
  return text;
}

std::string auto_table(std::span<const bench::AutoRow> rows, const bench::Summary& summary) {
  if (rows.empty()) return {};
  std::string text = "folio's own choice (auto) beside the best fixed method, in rounds of their own\n";
  text += fmt::format("  {:78} {:>9} {:8} {:>9} {:22} {:>6}\n", "", "auto", "used", "best", "", "ratio");
  for (const bench::AutoRow& row : rows) {
    text += fmt::format("  {:78} {:>9} {:8} {:>9} {:22} {:6.2f}", situation_text(row.situation),
                        format_seconds(row.seconds), access_name(row.used), format_seconds(row.best_seconds),
                        bench::label(row.best), row.ratio());
    if (row.evicted && row.best_evicted) {
      text += fmt::format("  evicted of another file: {}, by the best {}", format_size(*row.evicted),
                          format_size(*row.best_evicted));
    }
    text += '\n';
  }
  return text + fmt::format("  {} cells: worst ratio {:.2f}, median {:.2f}\n", summary.auto_cells,
                            summary.auto_worst, summary.auto_median);
}

std::string findings_text(std::span<const bench::Finding> findings) {
  std::string text;
  const auto section = [&](std::string_view title, bench::Verdict verdict) {
    std::string body;
    for (const bench::Finding& finding : findings) {
      if (finding.verdict == verdict) body += paragraph("- " + finding.text, 2);
    }
    if (!body.empty()) text.append(title).append("\n").append(body);
  };
  section("Where mmap wins on this machine", bench::Verdict::MapWins);
  section("Where mmap loses on this machine", bench::Verdict::MapLoses);
  section("Where it makes no difference", bench::Verdict::Even);
  return text;
}

}  // namespace folio::cli
