// SPDX-License-Identifier: Apache-2.0
#include "bench/access/findings.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <map>
#include <optional>
#include <ranges>
#include <tuple>
#include <utility>

namespace folio::bench {

namespace {

// Medians of a noisy machine that differ by less are not called different.
constexpr double kEvenWithin = 1.05;

/// The best mapping and the best of everything else in one situation.
struct Duel {
  const Cell* map = nullptr;
  const Cell* other = nullptr;

  /// Above 1: mapping wins.
  [[nodiscard]] double ratio() const { return other->cost.seconds / map->cost.seconds; }
};

void keep_faster(const Cell*& best, const Cell& cell) {
  if (best == nullptr || cell.cost.seconds < best->cost.seconds) best = &cell;
}

using GroupKey = std::tuple<Shape, CacheState, unsigned>;

/// Duels by size for each shape, state and number of threads.
std::map<GroupKey, std::map<std::uint64_t, Duel>> duels_of(std::span<const Cell> cells) {
  std::map<GroupKey, std::map<std::uint64_t, Duel>> groups;
  for (const Cell& cell : cells) {
    const Situation& at = cell.situation;
    const bool is_main_work = at.work == WorkKind::Newlines || !is_sequential(at.shape);
    if (cell.method.method == Method::Auto || !is_main_work) continue;
    Duel& duel = groups[{at.shape, at.state, at.threads}][at.size];
    keep_faster(is_mapped(cell.method.method) ? duel.map : duel.other, cell);
  }
  for (auto& [key, duels] : groups) {
    std::erase_if(duels, [](const auto& entry) {
      return entry.second.map == nullptr || entry.second.other == nullptr;
    });
  }
  std::erase_if(groups, [](const auto& group) { return group.second.empty(); });
  return groups;
}

Verdict verdict_of(double ratio) {
  if (ratio > kEvenWithin) return Verdict::MapWins;
  return ratio < 1 / kEvenWithin ? Verdict::MapLoses : Verdict::Even;
}

std::string size_text(std::uint64_t bytes) {
  constexpr std::array kUnits{"bytes", "KiB", "MiB", "GiB", "TiB"};
  std::size_t unit = 0;
  while (unit + 1 < kUnits.size() && bytes >= 1024 && bytes % 1024 == 0) {
    bytes /= 1024;
    ++unit;
  }
  return std::to_string(bytes).append(" ").append(kUnits[unit]);
}

std::string number_text(double value) {
  std::array<char, 32> text{};
  const int length = std::snprintf(text.data(), text.size(), value >= 9.95 ? "%.0f" : "%.2f", value);
  return {text.data(), static_cast<std::size_t>(std::max(length, 0))};
}

std::string speed_text(const Cell& cell) {
  if (const auto operations = cell.operations_per_second()) {
    return number_text(*operations / 1e3).append(" thousand a second");
  }
  return number_text(cell.bytes_per_second() / 1e9).append(" GB/s");
}

std::string where_text(const Situation& at) {
  static const std::map<Shape, std::string> kShapes{
      {Shape::OnePass, "One pass over a file"},
      {Shape::Passes, "Four passes over a file"},
      {Shape::Random4K, "4 KiB blocks at random places"},
      {Shape::Random4KZipf, "4 KiB blocks, some of them much more often than others (Zipf)"},
      {Shape::Touch64, "64 bytes at random places"},
      {Shape::SmallFiles, "Many small files, each opened and closed"}};
  static const std::map<CacheState, std::string> kStates{
      {CacheState::Cold, "not in the page cache"},
      {CacheState::WarmSmall, "in the page cache in folios of 4 KiB"},
      {CacheState::WarmLarge, "in the page cache in folios of 2 MiB"},
      {CacheState::Limited, "larger than the memory allowed"}};
  std::string text = kShapes.at(at.shape);
  text.append(", ").append(kStates.at(at.state)).append(", ").append(std::to_string(at.threads));
  return text.append(at.threads == 1 ? " thread: " : " threads: ");
}

std::string duel_text(std::uint64_t size, const Duel& duel) {
  const double ratio = duel.ratio();
  const bool map_wins = ratio >= 1;
  const Cell& winner = map_wins ? *duel.map : *duel.other;
  const Cell& loser = map_wins ? *duel.other : *duel.map;
  const double times = map_wins ? ratio : 1 / ratio;
  std::string text = "at " + size_text(size);
  text.append(", ").append(label(winner.method)).append(" (").append(speed_text(winner)).append(")");
  if (verdict_of(ratio) == Verdict::Even) {
    return text.append(" and ").append(label(loser.method)).append(" are even");
  }
  return text.append(" is ")
      .append(number_text(times))
      .append(" times as fast as ")
      .append(label(loser.method));
}

/// "mapping wins from 4 MiB on", where the sizes show such an edge.
std::string edge_text(const std::map<std::uint64_t, Duel>& duels) {
  const Verdict last = verdict_of(duels.rbegin()->second.ratio());
  std::uint64_t from = duels.rbegin()->first;
  for (const auto& [size, duel] : std::views::reverse(duels)) {
    if (verdict_of(duel.ratio()) != last) break;
    from = size;
  }
  if (from == duels.rbegin()->first || last == Verdict::Even) return {};
  const std::string what = last == Verdict::MapWins ? "mapping wins" : "mapping loses";
  if (from == duels.begin()->first) return what + " at every size that was measured; ";
  return what + " from " + size_text(from) + " on; ";
}

Finding finding_of(const std::map<std::uint64_t, Duel>& duels) {
  const auto& [size, duel] = *duels.rbegin();
  Finding finding{
      .verdict = verdict_of(duel.ratio()), .situation = duel.map->situation, .ratio = duel.ratio()};
  finding.text = where_text(finding.situation);
  finding.text += edge_text(duels);
  finding.text += duel_text(size, duel);
  if (duels.size() > 1) {
    const auto most = std::ranges::max_element(duels, {}, [](const auto& entry) {
      const double ratio = entry.second.ratio();
      return std::max(ratio, 1 / ratio);
    });
    if (most->first != size) finding.text += "; " + duel_text(most->first, most->second);
  }
  finding.text += '.';
  return finding;
}

double distance(const Finding& finding) {
  return std::max(finding.ratio, 1 / finding.ratio);
}

const Cell* find_classic(std::span<const Cell> cells, Shape shape, unsigned threads, Method method) {
  const Cell* best = nullptr;
  for (const Cell& cell : cells) {
    const Situation& at = cell.situation;
    if (at.state != CacheState::WarmSmall || at.work != WorkKind::Newlines || at.shape != shape) continue;
    if (at.threads != threads || cell.method.method != method) continue;
    const bool is_better = best == nullptr || at.size > best->situation.size ||
                           (at.size == best->situation.size && cell.cost.seconds < best->cost.seconds);
    if (is_better) best = &cell;
  }
  return best;
}

unsigned most_threads(std::span<const Cell> cells) {
  unsigned most = 1;
  for (const Cell& cell : cells) most = std::max(most, cell.situation.threads);
  return most;
}

/// What a pass costs behind the first one: the difference between several passes and one.
std::optional<Cell> second_pass(const Cell& passes, const Cell& one) {
  Cell cell = passes;
  cell.bytes = one.bytes;
  cell.cost.seconds = (passes.cost.seconds - one.cost.seconds) / (kPasses - 1);
  if (passes.situation.size != one.situation.size || cell.cost.seconds <= 0) return std::nullopt;
  return cell;
}

}  // namespace

std::vector<Finding> findings_of(std::span<const Cell> cells) {
  std::vector<Finding> findings;
  for (const auto& [key, duels] : duels_of(cells)) findings.push_back(finding_of(duels));
  std::ranges::sort(findings, [](const Finding& one, const Finding& other) {
    return std::tuple{-distance(one), one.text} < std::tuple{-distance(other), other.text};
  });
  return findings;
}

std::vector<ClassicRow> classic_rows(std::span<const Cell> cells) {
  std::vector<ClassicRow> rows;
  const auto add = [&](std::string_view name, double textbook, const Cell* cell) {
    if (cell != nullptr) rows.push_back({name, textbook, *cell});
  };
  const Cell* const first = find_classic(cells, Shape::OnePass, 1, Method::Map);
  const Cell* const passes = find_classic(cells, Shape::Passes, 1, Method::Map);
  add("read() in sequence", 300e6, find_classic(cells, Shape::OnePass, 1, Method::Read));
  add("mmap, first pass", 500e6, first);
  if (first != nullptr && passes != nullptr) {
    const auto second = second_pass(*passes, *first);
    if (second) add("mmap, second pass", 2000e6, &*second);
  }
  const unsigned all = most_threads(cells);
  if (all > 1) add("mmap, all cores", 5000e6, find_classic(cells, Shape::OnePass, all, Method::Map));
  return rows;
}

Summary summary_of(const AccessRun& run) {
  Summary summary{.cells = run.cells.size(),
                  .seconds = run.seconds,
                  .complete = run.complete,
                  .interrupted = run.interrupted,
                  .auto_cells = run.autos.size()};
  summary.notes = run.notes;
  std::vector<double> ratios;
  for (const AutoRow& row : run.autos) ratios.push_back(row.ratio());
  if (ratios.empty()) return summary;
  std::ranges::sort(ratios);
  summary.auto_worst = ratios.back();
  summary.auto_median = ratios[ratios.size() / 2];
  return summary;
}

}  // namespace folio::bench
