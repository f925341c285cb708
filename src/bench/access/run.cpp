// SPDX-License-Identifier: Apache-2.0
#include "bench/access/run.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "bench/access/arena.h"
#include "core/try.h"
#include "os/memory_group.h"
#include "os/process_stats.h"

namespace folio::bench {

namespace {

using Clock = std::chrono::steady_clock;

constexpr double kSpreadEnough = 0.02;
constexpr unsigned kRoundsLeast = 3;
constexpr unsigned kRoundsMost = 15;
// `auto` is compared with so many of the best, in more rounds of their own: the least of many medians is
// partly luck, and luck does not repeat itself.
constexpr std::size_t kFinalists = 3;
constexpr unsigned kFinalRoundsLeast = 5;
constexpr unsigned kFinalRoundsMost = 31;
constexpr double kFinalShare = 0.4;  // of a situation's time

/// One method in the situation, with what its rounds showed beside the time.
struct Entry {
  MethodSpec method;
  Access used = Access::Auto;
  std::uint64_t peak_memory = 0;
  std::optional<double> cached_before = {};  // the share farthest from what the state wants
  std::vector<std::uint64_t> evicted = {};
};

std::optional<std::uint64_t> median(std::vector<std::uint64_t> values) {
  if (values.empty()) return std::nullopt;
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

Measured per_repeat(Measured cost, unsigned repeats) {
  for (double* const value :
       {&cost.seconds, &cost.seconds_min, &cost.seconds_max, &cost.user_seconds, &cost.system_seconds}) {
    *value /= repeats;
  }
  for (std::uint64_t* const value :
       {&cost.minor_faults, &cost.major_faults, &cost.voluntary_switches, &cost.involuntary_switches}) {
    *value /= repeats;
  }
  return cost;
}

Contender contender_of(Arena& arena, Entry& entry) {
  return {.run = [&]() -> Result<void> {
            entry.used = FOLIO_TRY(arena.run(entry.method));
            return {};
          },
          .prepare = [&]() -> Result<void> {
            FOLIO_TRY(arena.prepare());
            entry.cached_before = arena.worse(entry.cached_before, arena.cached_before());
            os::reset_peak_memory();
            return {};
          },
          .after = [&]() -> Result<void> {
            entry.peak_memory = std::max(entry.peak_memory, os::peak_memory());
            if (const auto evicted = arena.evicted()) entry.evicted.push_back(*evicted);
            return {};
          }};
}

Result<std::vector<Measured>> take_turns(Arena& arena, std::vector<Entry>& entries, const Rounds& rounds) {
  std::vector<Contender> contenders;
  contenders.reserve(entries.size());
  for (Entry& entry : entries) contenders.push_back(contender_of(arena, entry));
  auto measured = FOLIO_TRY(measure_in_turns(contenders, rounds));
  for (Measured& cost : measured) cost = per_repeat(cost, arena.repeats());
  return measured;
}

bool reads_disk(const Situation& situation) {
  return situation.state == CacheState::Cold || situation.state == CacheState::Limited;
}

/// The limit that bounds the situation; nothing where a part of it comes from the cache.
std::optional<LimitKind> limit_kind(const Situation& situation) {
  switch (situation.shape) {
    case Shape::OnePass:
      return reads_disk(situation) ? LimitKind::DiskSequential : LimitKind::Memory;
    case Shape::Passes:
      return reads_disk(situation) ? std::nullopt : std::optional{LimitKind::Memory};
    case Shape::Random4K:
    case Shape::Touch64:
      return reads_disk(situation) ? std::optional{LimitKind::DiskRandom} : std::nullopt;
    case Shape::Random4KZipf:
    case Shape::SmallFiles:
      break;
  }
  return std::nullopt;
}

std::optional<Limit> limit_for(const std::vector<Limit>& limits, const Situation& situation) {
  const auto kind = limit_kind(situation);
  std::optional<Limit> best;
  for (const Limit& limit : limits) {
    if (limit.kind != kind) continue;
    if (kind == LimitKind::Memory && limit.threads != situation.threads) continue;
    if (!best || limit.bytes_per_second > best->bytes_per_second) best = limit;
  }
  return best;
}

/// Blocks at random places are counted, whatever their size: each is a read of the disk.
double share_of(const Limit& limit, const Cell& cell) {
  const auto operations = cell.operations_per_second();
  if (limit.kind == LimitKind::DiskRandom && operations && limit.operations_per_second.value_or(0) > 0) {
    return *operations / *limit.operations_per_second;
  }
  return limit.bytes_per_second > 0 ? cell.bytes_per_second() / limit.bytes_per_second : 0;
}

class Run {
 public:
  Run(const AccessOptions& options, AccessListener& listener) : options_(options), listener_(listener) {}

  Result<AccessRun> go() {
    const auto situations = situations_of(options_);
    for (std::size_t i = 0; i < situations.size(); ++i) {
      if (spent() > options_.budget) {
        run_.complete = false;
        break;
      }
      if (!may_enter(situations[i])) continue;
      if (listener_.begins(situations[i], i, situations.size()) == Flow::Stop) {
        run_.complete = false;
        break;
      }
      const double share = (options_.budget - spent()) / static_cast<double>(situations.size() - i);
      const auto done = measure(situations[i], share);
      if (done) continue;
      if (done.error().code == Errc::BadData) return std::unexpected(done.error());
      if (done.error().code != Errc::Cancelled) {
        note("a situation was left out: " + done.error().message());
        run_.complete = false;
        continue;
      }
      run_.interrupted = true;
      run_.complete = false;
      break;
    }
    run_.seconds = spent();
    return std::move(run_);
  }

 private:
  /// From the first situation with limited memory on the process stays in a group of its own: they come last.
  bool may_enter(const Situation& situation) {
    if (situation.state != CacheState::Limited || group_) return true;
    auto group = os::MemoryGroup::enter(options_.limited->limit);
    if (group) {
      group_.emplace(std::move(*group));
    } else {
      note("a file larger than the memory allowed was left out: " + group.error().message());
    }
    return group_.has_value();
  }

  [[nodiscard]] double spent() const { return std::chrono::duration<double>(Clock::now() - began_).count(); }

  [[nodiscard]] const TestFiles& files_of(const Situation& situation) const {
    if (situation.state == CacheState::Limited) return options_.limited->file;
    const auto& sets = situation.shape == Shape::SmallFiles ? options_.small_files : options_.files;
    return sets[situation.file];
  }

  /// The methods that work here, each of which has run once.
  Result<std::vector<Entry>> entries_for(Arena& arena, const Situation& situation) {
    std::vector<Entry> entries;
    for (const MethodSpec& method : methods_for(situation, options_.breadth)) {
      FOLIO_TRY(check_stop(options_.stop));
      const auto ran = arena.run(method);
      if (ran) {
        entries.push_back({.method = method});
      } else if (ran.error().code == Errc::BadData || ran.error().code == Errc::Cancelled) {
        return std::unexpected(ran.error());
      } else {
        note(label(method).append(" is left out: ").append(ran.error().message()));
      }
    }
    return entries;
  }

  void note(std::string text) {
    if (std::ranges::find(run_.notes, text) == run_.notes.end()) run_.notes.push_back(std::move(text));
  }

  Result<void> measure(const Situation& situation, double seconds) {
    const std::string bystander =
        situation.state == CacheState::Limited ? options_.limited->bystander : std::string{};
    Arena arena = FOLIO_TRY(Arena::open(files_of(situation), situation, bystander, options_.stop));
    auto entries = FOLIO_TRY(entries_for(arena, situation));
    const Rounds rounds{.least = kRoundsLeast,
                        .most = kRoundsMost,
                        .enough = seconds * (1 - kFinalShare),
                        .spread_enough = kSpreadEnough,
                        .order = Order::Random,
                        .stop = options_.stop};
    const auto costs = FOLIO_TRY(take_turns(arena, entries, rounds));
    for (std::size_t i = 0; i < entries.size(); ++i) add_cell(arena, situation, entries[i], costs[i]);
    if (is_sequential(situation.shape)) FOLIO_TRY(compare(arena, situation, entries, costs, seconds));
    return {};
  }

  void add_cell(const Arena& arena, const Situation& situation, const Entry& entry, const Measured& cost) {
    Cell cell{.situation = situation,
              .method = entry.method,
              .files = arena.file_count(),
              .bytes = arena.bytes(),
              .operations = arena.operations(),
              .cost = cost,
              .peak_memory = entry.peak_memory};
    cell.cached_before = entry.cached_before;
    cell.faults_per_mib = arena.faults_per_mib();
    if (entry.method.method == Method::Auto) cell.used = entry.used;
    cell.evicted = median(entry.evicted);
    cell.notes = arena.notes_for(entry.cached_before);
    if (const auto limit = limit_for(options_.limits, situation)) {
      cell.limit = limit->kind;
      cell.limit_share = share_of(*limit, cell);
    }
    listener_.measured(cell);
    run_.cells.push_back(std::move(cell));
  }

  /// `auto` against the best fixed methods, once more.
  Result<void> compare(Arena& arena, const Situation& situation, const std::vector<Entry>& entries,
                       const std::vector<Measured>& costs, double seconds) {
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < entries.size(); ++i) {
      if (entries[i].method.method != Method::Auto) order.push_back(i);
    }
    if (order.empty() || order.size() == entries.size()) return {};
    std::ranges::sort(order, {}, [&](std::size_t i) { return costs[i].seconds; });
    order.resize(std::min(order.size(), kFinalists));
    std::vector<Entry> finalists;
    for (const std::size_t i : order) finalists.push_back({.method = entries[i].method});
    finalists.push_back({.method = {Method::Auto}});
    const Rounds rounds{.least = kFinalRoundsLeast,
                        .most = kFinalRoundsMost,
                        .enough = seconds * kFinalShare,
                        .order = Order::Random,
                        .stop = options_.stop};
    const auto last = FOLIO_TRY(take_turns(arena, finalists, rounds));
    const auto best = static_cast<std::size_t>(
        std::ranges::min_element(last.begin(), last.end() - 1, {}, &Measured::seconds) - last.begin());
    AutoRow row{.situation = situation,
                .seconds = last.back().seconds,
                .used = finalists.back().used,
                .best = finalists[best].method,
                .best_seconds = last[best].seconds};
    row.evicted = median(finalists.back().evicted);
    row.best_evicted = median(finalists[best].evicted);
    listener_.compared(row);
    run_.autos.push_back(std::move(row));
    return {};
  }

  const AccessOptions& options_;
  AccessListener& listener_;
  std::optional<os::MemoryGroup> group_;
  Clock::time_point began_ = Clock::now();
  AccessRun run_;
};

}  // namespace

Result<AccessRun> measure_access(const AccessOptions& options, AccessListener& listener) {
  return Run(options, listener).go();
}

}  // namespace folio::bench
