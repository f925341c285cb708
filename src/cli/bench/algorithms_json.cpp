// SPDX-License-Identifier: Apache-2.0
#include "cli/bench/algorithms_json.h"

#include <fmt/format.h>

#include "cli/bench/machine_line.h"
#include "cli/text.h"

namespace folio::cli {

namespace {

std::string cell_line(const bench::AlgorithmRow& row, const bench::AlgorithmCell& cell) {
  return fmt::format(
      R"({{"type":"cell","group":"{}","case":{},"searcher":{},"own":{},"needle_size":{},"size":{},"shortened":{},)"
      R"("matches":{},"seconds":{:.9f},"seconds_min":{:.9f},"seconds_max":{:.9f},"spread":{:.4f},"rounds":{},)"
      R"("bytes_per_second":{:.0f},"limit_share":{:.4f},"ratio_to_best":{:.4f}}})"
      "\n",
      bench::group_name(row.group), json_string(row.name), json_string(cell.searcher->name),
      cell.searcher->origin == bench::Origin::Used, row.needle_size, cell.size, cell.size < row.size,
      cell.matches, cell.cost.seconds, cell.cost.seconds_min, cell.cost.seconds_max, cell.cost.spread,
      cell.cost.rounds, cell.bytes_per_second, cell.limit_share, cell.ratio_to_best);
}

}  // namespace

std::string algorithms_json_begin(double limit) {
  return machine_line("folio.bench.algorithms/1") +
         fmt::format("{{\"type\":\"limit\",\"name\":\"memory\",\"threads\":1,\"bytes_per_second\":{:.0f}}}\n",
                     limit);
}

std::string algorithms_json_row(const bench::AlgorithmRow& row) {
  std::string text;
  for (const bench::AlgorithmCell& cell : row.cells) text += cell_line(row, cell);
  return text;
}

std::string algorithms_json_end(std::span<const bench::AlgorithmFinding> findings,
                                const bench::AlgorithmsEnd& end) {
  std::string text;
  for (const bench::AlgorithmFinding& finding : findings) {
    text += fmt::format("{{\"type\":\"finding\",\"verdict\":\"{}\",\"text\":{}}}\n",
                        bench::verdict_name(finding.verdict), json_string(finding.text));
  }
  return text +
         fmt::format(
             "{{\"type\":\"summary\",\"cases\":{},\"measured\":{},\"complete\":{},\"interrupted\":{}}}\n",
             end.cases, end.measured, end.measured == end.cases, end.interrupted);
}

}  // namespace folio::cli
