// SPDX-License-Identifier: Apache-2.0
#include "cli/bench/compare_text.h"

#include <fmt/format.h>

#include "cli/duration.h"
#include "cli/quantity.h"
#include "cli/text.h"

namespace folio::cli {

namespace {

constexpr std::size_t kNameWidth = 44;
constexpr std::uint64_t kSpeedSizeMin = 1 << 20;  // less is over before a speed means anything

std::string peer_line(const bench::PeerFacts& peer) {
  const std::string installed =
      peer.path ? (peer.version.empty() ? "installed; tells no version" : quoted_name(peer.version))
                : "not installed";
  const std::string use =
      peer.cases > 0 ? fmt::format("{} cases", peer.cases) : std::string{"no case in this run"};
  return fmt::format("  {:<9} {:<18} {:<44} {}\n", peer.tool.name, peer.tool.purpose, use, installed);
}

std::string peer_cell(const bench::CompareEntry& entry) {
  if (entry.state == bench::EntryState::Measured) {
    return fmt::format("  {} {:>8} {:>5.2f}", entry.tool, format_seconds(entry.cost.seconds), entry.ratio);
  }
  return fmt::format("  {} {:>8} {:>5}", entry.tool, bench::entry_state_name(entry.state), "-");
}

std::string goal_cell(const bench::CompareRow& row) {
  const std::optional<bool> met = row.goal_met();
  if (!met) return {};
  return fmt::format("  goal {:.2f}{}", *row.goal, *met ? "" : " MISSED");
}

/// What the programs that could not be measured have to say.
std::string remarks(const bench::CompareRow& row) {
  std::string text;
  for (const bench::CompareEntry& entry : row.entries) {
    if (entry.detail.empty()) continue;
    text +=
        fmt::format("  {}{}: {}\n", entry.state == bench::EntryState::TooSlow ? "" : "ERROR: ", entry.tool,
                    quoted_name(entry.detail));
  }
  return text;
}

std::string_view state_text(bench::PageState state) {
  switch (state) {
    case bench::PageState::Small:
      return "the log in folios of 4 KiB";
    case bench::PageState::Large:
      return "the log in folios of 2 MiB, where the file system has them";
    case bench::PageState::Found:
      break;
  }
  return "the files as they were found";
}

}  // namespace

std::string compare_text_peers(std::span<const bench::PeerFacts> peers) {
  std::string text = "programs to compare with:\n";
  for (const bench::PeerFacts& peer : peers) text += peer_line(peer);
  return text;
}

std::string compare_text_cases(std::span<const bench::CompareCase> cases) {
  std::string text = "\ncases (* in both states of the page cache):\n";
  for (const bench::CompareCase& one : cases) {
    std::string peers;
    for (const bench::ToolCommand& peer : one.peers) peers += ' ' + peer.tool;
    text += fmt::format("{} {:<46}{:<14}{:<20}{}\n", one.states == bench::CompareStates::Both ? '*' : ' ',
                        one.name, bench::input_name(one.input), peers,
                        one.goal ? fmt::format("goal {:.2f}", *one.goal) : "");
  }
  return text;
}

std::string compare_text_begin(std::span<const bench::PeerFacts> peers, double limit) {
  std::string text = compare_text_peers(peers);
  return text +
         fmt::format(
             "\nMedians of runs in turns; behind each program its time and folio's divided by it: less than\n"
             "1 is a win. A goal is for the first program. All cores together read {:.1f} GB/s from "
             "memory.\n",
             limit / 1e9);
}

std::string compare_text_state(const bench::PageCacheState& state) {
  std::string text = fmt::format("\nPage cache: {}", state_text(state.state));
  if (state.faults_per_mib)
    text += fmt::format(" ({:.1f} faults per MiB when mapped)", *state.faults_per_mib);
  return text + "\n";
}

std::string compare_text_row(const bench::CompareRow& row) {
  std::string text = fmt::format("{:<{}}", row.name, kNameWidth);
  const bench::CompareEntry& ours = row.ours();
  if (ours.state == bench::EntryState::Measured) {
    const double speed = bench::rate(row.bytes, ours.cost.seconds) / 1e9;
    text += fmt::format("{:>8}{:>11}", format_seconds(ours.cost.seconds),
                        row.bytes >= kSpeedSizeMin ? fmt::format("{:.2f} GB/s", speed) : "");
  } else {
    text += fmt::format("{:>8}{:>11}", bench::entry_state_name(ours.state), "");
  }
  for (std::size_t i = 1; i < row.entries.size(); ++i) text += peer_cell(row.entries[i]);
  return text + goal_cell(row) + "\n" + remarks(row);
}

std::string compare_text_end(const bench::CompareEnd& end) {
  std::string text = fmt::format("\n{} of {} rows measured; {} of {} goals missed; {} rows with errors\n",
                                 end.measured, end.rows, end.goals_missed, end.goals, end.errors);
  if (end.measured < end.rows && !end.interrupted) {
    text += "The budget was spent (--budget).\n";
  }
  return text;
}

}  // namespace folio::cli
