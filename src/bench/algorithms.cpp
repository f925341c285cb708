// SPDX-License-Identifier: Apache-2.0
#include "bench/algorithms.h"

#include <algorithm>
#include <chrono>

#include "bench/bandwidth.h"
#include "core/fail.h"
#include "core/try.h"

namespace folio::bench {

namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

bool is_shortened(AlgorithmGroup group, const Searcher& searcher) {
  return group == AlgorithmGroup::Pathological && searcher.worst_case == WorstCase::Quadratic;
}

/// The haystacks of one case: the whole one, and its front for those who would not end.
struct Views {
  ByteView whole;
  ByteView front;
  ByteView needle;
};

Views views_of(const SearchInput& input) {
  const ByteView whole = to_bytes(input.haystack);
  const std::size_t front = std::max<std::size_t>(whole.size() / kShortened, kHaystackSizeMin);
  return {
      .whole = whole, .front = whole.first(std::min(front, whole.size())), .needle = to_bytes(input.needle)};
}

/// Checks the answers and makes the cells, not yet timed.
Result<std::vector<AlgorithmCell>> checked_cells(AlgorithmGroup group, const Views& views) {
  const std::uint64_t in_front = FOLIO_TRY(agreed_count(searchers(), views.front, views.needle));
  std::vector<Searcher> unshortened;
  std::ranges::copy_if(searchers(), std::back_inserter(unshortened),
                       [&](const Searcher& searcher) { return !is_shortened(group, searcher); });
  const std::uint64_t in_whole = FOLIO_TRY(agreed_count(unshortened, views.whole, views.needle));
  std::vector<AlgorithmCell> cells;
  for (const Searcher& searcher : searchers()) {
    const bool shortened = is_shortened(group, searcher);
    cells.push_back({.searcher = &searcher,
                     .size = shortened ? views.front.size() : views.whole.size(),
                     .matches = shortened ? in_front : in_whole,
                     .cost = {}});
  }
  return cells;
}

void rate_cells(std::vector<AlgorithmCell>& cells, std::uint64_t whole, const std::vector<Measured>& measured,
                double limit) {
  double best = 0;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    cells[i].cost = measured[i];
    cells[i].bytes_per_second = rate(cells[i].size, measured[i].seconds);
    cells[i].limit_share = limit > 0 ? cells[i].bytes_per_second / limit : 0;
    if (cells[i].size == whole) best = std::max(best, cells[i].bytes_per_second);
  }
  for (AlgorithmCell& cell : cells) {
    if (cell.bytes_per_second > 0) cell.ratio_to_best = best / cell.bytes_per_second;
  }
}

Result<AlgorithmRow> measure_case(const AlgorithmCase& chosen, const AlgorithmOptions& options, double limit,
                                  double seconds) {
  const SearchInput input = chosen.make(options.size);
  const Views views = views_of(input);
  AlgorithmRow row{.group = chosen.group,
                   .name = chosen.name,
                   .size = views.whole.size(),
                   .needle_size = views.needle.size(),
                   .cells = FOLIO_TRY(checked_cells(chosen.group, views))};
  std::vector<Contender> contenders;
  for (const AlgorithmCell& cell : row.cells) {
    contenders.push_back({.run = [&cell, &views]() -> Result<void> {
      const std::uint64_t count = cell.searcher->count(views.whole.first(cell.size), views.needle);
      if (count == cell.matches) return {};
      return fail(Errc::BadData, {},
                  std::string(cell.searcher->name).append(" found another number of matches"));
    }});
  }
  const Rounds rounds{.least = 3,
                      .most = 25,
                      .enough = seconds,
                      .spread_enough = 0.02,
                      .order = Order::Random,
                      .stop = options.stop};
  rate_cells(row.cells, row.size, FOLIO_TRY(measure_in_turns(contenders, rounds)), limit);
  return row;
}

std::vector<AlgorithmCase> chosen_cases(const std::string& only) {
  std::vector<AlgorithmCase> cases = algorithm_cases();
  std::erase_if(cases, [&](const AlgorithmCase& one) {
    return !one.name.contains(only) && !group_name(one.group).contains(only);
  });
  return cases;
}

/// Of one core, since each searcher runs on one.
Result<double> memory_limit(std::uint64_t size) {
  const std::uint64_t bytes = std::clamp<std::uint64_t>(16 * size, 64ULL << 20, 256ULL << 20);
  const auto budget = std::chrono::milliseconds{size < (1ULL << 20) ? 20 : 300};
  return FOLIO_TRY(measure_read_bandwidth(1, bytes, budget)).best;
}

}  // namespace

const AlgorithmCell& AlgorithmRow::fastest() const {
  return *std::ranges::max_element(cells, {}, [this](const AlgorithmCell& cell) {
    return cell.size == size ? cell.bytes_per_second : -1;
  });
}

Result<std::uint64_t> agreed_count(std::span<const Searcher> contenders, ByteView haystack, ByteView needle) {
  const Searcher& first = contenders.front();
  const std::uint64_t expected = first.count(haystack, needle);
  for (const Searcher& searcher : contenders.subspan(1)) {
    const std::uint64_t count = searcher.count(haystack, needle);
    if (count == expected) continue;
    std::string detail(searcher.name);
    detail.append(" finds ").append(std::to_string(count)).append(" matches, ");
    detail += first.name;
    detail.append(" ").append(std::to_string(expected));
    return fail(Errc::BadData, {}, std::move(detail));
  }
  return expected;
}

Result<AlgorithmsEnd> run_algorithms(const AlgorithmOptions& options, AlgorithmListener& listener) {
  if (options.size < kHaystackSizeMin) {
    return fail(Errc::InvalidArgument, {}, "the haystack must have at least 4096 bytes");
  }
  const std::vector<AlgorithmCase> cases = chosen_cases(options.only);
  if (cases.empty())
    return fail(Errc::InvalidArgument, {},
                std::string("there is no case '").append(options.only).append("'"));
  const double limit = FOLIO_TRY(memory_limit(options.size));
  listener.begin(limit, cases.size());
  AlgorithmsEnd end{.cases = cases.size()};
  const auto start = Clock::now();
  for (const AlgorithmCase& chosen : cases) {
    const double left = options.budget - seconds_since(start);
    if (left <= 0) break;
    auto row = measure_case(chosen, options, limit, left / static_cast<double>(cases.size() - end.measured));
    if (!row && row.error().code == Errc::Cancelled) {
      end.interrupted = true;
      break;
    }
    ++end.measured;
    if (listener.show(FOLIO_TRY(std::move(row))) == Flow::Stop) break;
  }
  return end;
}

}  // namespace folio::bench
