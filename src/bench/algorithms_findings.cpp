// SPDX-License-Identifier: Apache-2.0
#include "bench/algorithms_findings.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <map>

namespace folio::bench {

namespace {

const AlgorithmCell& used(const AlgorithmRow& row) {
  return *std::ranges::find(row.cells, Origin::Used,
                            [](const AlgorithmCell& cell) { return cell.searcher->origin; });
}

std::string fixed(double value) {
  std::array<char, 48> text{};
  const int size = std::snprintf(text.data(), text.size(), "%.2f", value);
  return {text.data(), static_cast<std::size_t>(std::max(size, 0))};
}

std::string speed(const AlgorithmCell& cell) {
  return fixed(cell.bytes_per_second / 1e9) + " GB/s";
}

/// The cases that each searcher wins, group by group.
using Wins = std::map<std::string_view, std::vector<std::string_view>>;

std::string sentence(AlgorithmGroup group, const Wins& wins) {
  std::string text(group_name(group));
  text += ": ";
  for (const auto& [searcher, cases] : wins) {
    if (!text.ends_with(": ")) text += "; ";
    text.append(searcher).append(" is the fastest ");
    if (wins.size() == 1)
      return text.append("in all ").append(std::to_string(cases.size())).append(" cases.");
    text += "at ";
    for (const std::string_view one : cases) text.append(one).append(one == cases.back() ? "" : " / ");
  }
  return text.append(".");
}

void add_winners(std::span<const AlgorithmRow> rows, std::vector<AlgorithmFinding>& findings) {
  std::map<AlgorithmGroup, Wins> groups;
  for (const AlgorithmRow& row : rows) groups[row.group][row.fastest().searcher->name].push_back(row.name);
  for (const auto& [group, wins] : groups) {
    findings.push_back({AlgorithmVerdict::Wins, sentence(group, wins)});
  }
}

void add_losses(std::span<const AlgorithmRow> rows, std::vector<AlgorithmFinding>& findings) {
  std::size_t as_good = 0;
  std::vector<AlgorithmFinding> losses;
  for (const AlgorithmRow& row : rows) {
    const AlgorithmCell& own = used(row);
    const AlgorithmCell& best = row.fastest();
    if (own.ratio_to_best <= kAsGood) {
      ++as_good;
      continue;
    }
    std::string text(own.searcher->name);
    text.append(" takes ").append(fixed(own.ratio_to_best)).append(" times as long as ");
    text += best.searcher->name;
    text.append(" at ").append(row.name).append(" (").append(group_name(row.group)).append("): ");
    text.append(speed(own)).append(" against ").append(speed(best)).append(".");
    losses.push_back({AlgorithmVerdict::Loses, std::move(text)});
  }
  std::string text(used(rows.front()).searcher->name);
  text.append(", which folio search uses, is the fastest or within 5 % of it in ");
  text.append(std::to_string(as_good)).append(" of ").append(std::to_string(rows.size())).append(" cases.");
  findings.push_back({AlgorithmVerdict::Even, std::move(text)});
  std::ranges::move(losses, std::back_inserter(findings));
}

}  // namespace

std::string_view verdict_name(AlgorithmVerdict verdict) {
  constexpr std::array<std::string_view, 3> kNames{"wins", "even", "loses"};
  return kNames[static_cast<std::size_t>(verdict)];
}

std::vector<AlgorithmFinding> algorithm_findings(std::span<const AlgorithmRow> rows) {
  std::vector<AlgorithmFinding> findings;
  if (rows.empty()) return findings;
  add_winners(rows, findings);
  add_losses(rows, findings);
  return findings;
}

}  // namespace folio::bench
