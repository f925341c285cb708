// SPDX-License-Identifier: Apache-2.0
#include "bench/compare_entry.h"

#include <algorithm>
#include <array>
#include <cstdio>

#include "bench/compare_answer.h"
#include "core/fail.h"
#include "core/try.h"

namespace folio::bench {

namespace {

constexpr int kTroubleMin = 2;  // exit status from which on a search or a count has failed

// A peer is given so many times as long as folio took, and at least so many seconds.
constexpr double kPatience = 100;
constexpr double kPatienceSecondsMin = 10;

// A run that takes this long is precise enough by itself, where folio is so many times as fast.
constexpr double kSlowSeconds = 5;
constexpr double kSlowRatio = 10;

os::ChildCommand child_of(const CompareEntry& entry, double seconds_max, const std::stop_token& stop) {
  return {.words = entry.command,
          .environment = {"LC_ALL=C.UTF-8", "GREP_COLORS=", "TERM=dumb"},
          .seconds_max = seconds_max,
          .stop = stop};
}

std::string first_line(const std::string& text) {
  return text.substr(0, text.find('\n'));
}

std::string fixed(double value) {
  std::array<char, 48> text{};
  const int size = std::snprintf(text.data(), text.size(), "%.1f", value);
  return {text.data(), static_cast<std::size_t>(std::max(size, 0))};
}

/// The sentence about a run that is no answer; nothing where it is one.
std::string trouble(const os::ChildRun& run) {
  std::string text;
  if (run.end == os::ChildEnd::Signalled) {
    text.append("ended by signal ").append(std::to_string(run.code));
  } else if (run.end == os::ChildEnd::Exited && run.code >= kTroubleMin) {
    text.append("exit status ").append(std::to_string(run.code));
  }
  if (!text.empty() && !run.complaint.empty()) text.append(": ").append(first_line(run.complaint));
  return text;
}

void set(CompareEntry& entry, EntryState state, std::string detail) {
  entry.state = state;
  entry.detail = std::move(detail);
}

std::string difference(const AnswerDigest& ours, const AnswerDigest& theirs) {
  const auto shown = [](const AnswerDigest& answer) {
    std::string text = std::to_string(answer.lines());
    text.append(answer.lines() == 1 ? " line" : " lines");
    if (answer.lines() > 0) text.append(" that begin with '").append(answer.front()).append("'");
    return text;
  };
  return std::string("the answers differ: folio has ")
      .append(shown(ours))
      .append(", it has ")
      .append(shown(theirs));
}

void keep_cost(CompareEntry& entry, const os::ChildRun& run) {
  entry.state = EntryState::Measured;
  entry.cost = {.seconds = run.seconds,
                .seconds_min = run.seconds,
                .seconds_max = run.seconds,
                .user_seconds = run.user_seconds,
                .system_seconds = run.system_seconds,
                .rounds = 1};
  entry.peak_memory = run.peak_memory;
}

/// Runs it once. The answer, or nothing where the entry says what went wrong.
Result<std::optional<AnswerDigest>> answer_of(CompareEntry& entry, Answer kind, double seconds_max,
                                              const std::stop_token& stop) {
  AnswerDigest answer(kind);
  const auto run =
      os::run_child(child_of(entry, seconds_max, stop), [&](ByteView bytes) { answer.add(bytes); });
  if (!run) {
    if (run.error().code == Errc::Cancelled) return std::unexpected(run.error());
    set(entry, EntryState::Failed, run.error().message());
    return std::optional<AnswerDigest>{};
  }
  answer.finish();
  if (run->end == os::ChildEnd::TimedOut) {
    set(entry, EntryState::TooSlow,
        std::string("took more than ").append(fixed(run->seconds)).append(" s: stopped"));
    return std::optional<AnswerDigest>{};
  }
  if (std::string what = trouble(*run); !what.empty()) {
    set(entry, EntryState::Failed, std::move(what));
    return std::optional<AnswerDigest>{};
  }
  keep_cost(entry, *run);
  return std::optional(answer);
}

/// What the rounds of one program cost beside time.
struct OwnCosts {
  std::vector<double> user;
  std::vector<double> system;
};

double median(std::vector<double>& values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

Contender contender_for(CompareEntry& entry, OwnCosts& costs, const std::stop_token& stop) {
  return {.run = [&entry, &costs, stop]() -> Result<void> {
    const os::ChildRun run = FOLIO_TRY(os::run_child(child_of(entry, 0, stop), [](ByteView) {}));
    if (std::string what = trouble(run); !what.empty()) return fail(Errc::Io, entry.tool, std::move(what));
    costs.user.push_back(run.user_seconds);
    costs.system.push_back(run.system_seconds);
    entry.peak_memory = std::max(entry.peak_memory, run.peak_memory);
    return {};
  }};
}

bool is_slow(const CompareEntry& entry, const CompareEntry& ours) {
  return entry.cost.seconds > kSlowSeconds && entry.cost.seconds > kSlowRatio * ours.cost.seconds;
}

void set_ratios(std::vector<CompareEntry>& entries) {
  for (CompareEntry& entry : entries) {
    if (entry.state != EntryState::Measured || entry.cost.seconds <= 0) continue;
    entry.ratio = entries.front().cost.seconds / entry.cost.seconds;
  }
}

}  // namespace

std::vector<CompareEntry> entries_of(const CompareCase& chosen, const CompareOptions& options) {
  std::vector<CompareEntry> entries;
  const auto add = [&](const ToolCommand& tool, const std::optional<std::string>& program) {
    CompareEntry entry{.tool = tool.tool, .command = {}, .detail = {}, .cost = {}};
    if (program) {
      entry.command.push_back(*program);
      for (const std::string& word : tool.words)
        entry.command.push_back(word == "{list}" ? options.list : word);
      const CompareFiles& files = options.inputs.at(chosen.input);
      entry.command.insert(entry.command.end(), files.paths.begin(), files.paths.end());
    }
    entries.push_back(std::move(entry));
  };
  add(chosen.ours, options.folio);
  for (const ToolCommand& peer : chosen.peers) add(peer, os::find_program(peer.tool));
  return entries;
}

Result<void> check_answers(std::vector<CompareEntry>& entries, Answer answer, const std::stop_token& stop) {
  CompareEntry& ours = entries.front();
  const auto expected = FOLIO_TRY(answer_of(ours, answer, 0, stop));
  const double patience = std::max(kPatienceSecondsMin, kPatience * ours.cost.seconds);
  for (CompareEntry& entry : std::span(entries).subspan(1)) {
    if (entry.command.empty()) continue;
    const auto theirs = FOLIO_TRY(answer_of(entry, answer, patience, stop));
    if (!theirs) continue;
    if (!expected) {
      set(entry, EntryState::Different, "folio has no answer to compare with");
    } else if (!(*theirs == *expected)) {
      set(entry, EntryState::Different, difference(*expected, *theirs));
    }
  }
  return {};
}

Result<void> measure_entries(std::vector<CompareEntry>& entries, const Turns& turns,
                             const std::stop_token& stop) {
  std::vector<CompareEntry*> chosen;
  for (CompareEntry& entry : entries) {
    if (entry.state == EntryState::Measured && !is_slow(entry, entries.front())) chosen.push_back(&entry);
  }
  std::vector<OwnCosts> costs(chosen.size());
  std::vector<Contender> contenders;
  for (std::size_t i = 0; i < chosen.size(); ++i)
    contenders.push_back(contender_for(*chosen[i], costs[i], stop));
  const Rounds rounds{.least = turns.least,
                      .most = turns.most,
                      .enough = turns.seconds,
                      .order = Order::Random,
                      .stop = stop};
  const auto measured = FOLIO_TRY(measure_in_turns(contenders, rounds));
  for (std::size_t i = 0; i < chosen.size(); ++i) {
    chosen[i]->cost = measured[i];
    chosen[i]->cost.user_seconds = median(costs[i].user);
    chosen[i]->cost.system_seconds = median(costs[i].system);
  }
  set_ratios(entries);
  return {};
}

}  // namespace folio::bench
