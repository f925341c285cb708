// SPDX-License-Identifier: Apache-2.0
#include "bench/compare.h"

#include <algorithm>
#include <array>
#include <chrono>

#include "bench/compare_entry.h"
#include "bench/page_cache.h"
#include "core/fail.h"
#include "core/try.h"
#include "folio/file.h"
#include "os/process_stats.h"

namespace folio::bench {

namespace {

using Clock = std::chrono::steady_clock;

// Starting a program is over so soon that many rounds cost nothing.
constexpr unsigned kStartRounds = 10;
constexpr unsigned kLeastRounds = 3;

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

/// A case in a state of the page cache.
struct PlannedRow {
  const CompareCase* chosen;
  PageState state;
};

bool is_run_in(const CompareCase& one, PageState state, const CompareOptions& options) {
  if (one.input != CompareInput::Log || options.log_ownership == Ownership::Users) {
    return state == PageState::Found;
  }
  return state == PageState::Large || (state == PageState::Small && one.states == CompareStates::Both);
}

/// State by state, so that the log changes its state once.
std::vector<PlannedRow> planned_rows(const CompareOptions& options) {
  std::vector<PlannedRow> rows;
  for (const PageState state : {PageState::Small, PageState::Large, PageState::Found}) {
    for (const CompareCase& one : options.cases) {
      if (is_run_in(one, state, options)) rows.push_back({&one, state});
    }
  }
  return rows;
}

/// Brings the log into a state and says how far that went.
Result<PageCacheState> reach(PageState state, const CompareFiles& log) {
  const File file = FOLIO_TRY(File::open(log.paths.front()));
  if (state == PageState::Small) FOLIO_TRY(make_warm_small(file));
  if (state == PageState::Large) FOLIO_TRY(make_warm_large(file));
  return PageCacheState{.state = state, .faults_per_mib = FOLIO_TRY(mapped_faults_per_mib(file))};
}

Turns turns_for(const CompareCase& chosen, const CompareOptions& options, double seconds) {
  if (chosen.input == CompareInput::Tiny) {
    return {.least = options.rounds, .most = kStartRounds * options.rounds, .seconds = seconds};
  }
  return {.least = std::min(kLeastRounds, options.rounds), .most = options.rounds, .seconds = seconds};
}

Result<CompareRow> measure_row(const PlannedRow& planned, const CompareOptions& options, double seconds) {
  const CompareCase& chosen = *planned.chosen;
  const CompareFiles& files = options.inputs.at(chosen.input);
  CompareRow row{.name = chosen.name,
                 .state = planned.state,
                 .input = chosen.input,
                 .bytes = files.bytes,
                 .files = files.files,
                 .entries = entries_of(chosen, options),
                 .goal = chosen.goal};
  os::reset_peak_memory();  // programs begin with this process's peak
  FOLIO_TRY(check_answers(row.entries, chosen.answer, options.stop));
  if (row.ours().state != EntryState::Measured) return row;
  FOLIO_TRY(measure_entries(row.entries, turns_for(chosen, options, seconds), options.stop));
  return row;
}

void count_in(CompareEnd& end, const CompareRow& row) {
  ++end.measured;
  end.errors += row.has_error() ? 1U : 0U;
  const std::optional<bool> met = row.goal_met();
  end.goals += met ? 1U : 0U;
  end.goals_missed += met && !*met ? 1U : 0U;
}

/// Measures one row after the other until the budget is spent.
class Run {
 public:
  Run(const CompareOptions& options, CompareListener& listener)
      : options_(options), listener_(listener), rows_(planned_rows(options)) {
    end_.rows = rows_.size();
  }

  Result<void> measure_all() {
    for (const PlannedRow& planned : rows_) {
      if (seconds_since(start_) >= options_.budget) return {};
      FOLIO_TRY(check_stop(options_.stop));
      FOLIO_TRY(enter(planned));
      const double left = options_.budget - seconds_since(start_);
      const auto rows_left = static_cast<double>(rows_.size() - end_.measured);
      const CompareRow row = FOLIO_TRY(measure_row(planned, options_, left / rows_left));
      count_in(end_, row);
      if (listener_.show(row) == Flow::Stop) return {};
    }
    return {};
  }

  [[nodiscard]] CompareEnd& end() { return end_; }

 private:
  Result<void> enter(const PlannedRow& planned) {
    if (planned.chosen->input != CompareInput::Log) return {};
    if (progress_ == Progress::Begun && state_ == planned.state) return {};
    listener_.show(FOLIO_TRY(reach(planned.state, options_.inputs.at(CompareInput::Log))));
    state_ = planned.state;
    progress_ = Progress::Begun;
    return {};
  }

  const CompareOptions& options_;
  CompareListener& listener_;
  std::vector<PlannedRow> rows_;
  enum class Progress : std::uint8_t { New, Begun } progress_ = Progress::New;
  PageState state_ = PageState::Found;  // of the log, once begun
  Clock::time_point start_ = Clock::now();
  CompareEnd end_;
};

}  // namespace

std::string_view page_state_name(PageState state) {
  constexpr std::array<std::string_view, 3> kNames{"warm-4k", "warm-2m", "as-found"};
  return kNames[static_cast<std::size_t>(state)];
}

std::string_view entry_state_name(EntryState state) {
  constexpr std::array<std::string_view, 5> kNames{"measured", "missing", "different", "failed", "too-slow"};
  return kNames[static_cast<std::size_t>(state)];
}

std::string_view input_name(CompareInput input) {
  constexpr std::array<std::string_view, 4> kNames{"log", "small-tree", "middling-tree", "tiny"};
  return kNames[static_cast<std::size_t>(input)];
}

std::optional<bool> CompareRow::goal_met() const {
  if (!goal || entries.size() < 2 || entries[1].state != EntryState::Measured || has_error())
    return std::nullopt;
  return entries[1].ratio <= *goal;
}

bool CompareRow::has_error() const {
  return std::ranges::any_of(entries, [](const CompareEntry& entry) {
    return entry.state == EntryState::Different || entry.state == EntryState::Failed;
  });
}

Result<CompareEnd> run_compare(const CompareOptions& options, CompareListener& listener) {
  Run run(options, listener);
  const auto result = run.measure_all();
  if (!result && result.error().code != Errc::Cancelled) return std::unexpected(result.error());
  run.end().interrupted = !result;
  return run.end();
}

}  // namespace folio::bench
