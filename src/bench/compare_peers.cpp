// SPDX-License-Identifier: Apache-2.0
#include "bench/compare_peers.h"

#include <algorithm>

#include "core/try.h"
#include "os/child_process.h"

namespace folio::bench {

namespace {

constexpr double kVersionSecondsMax = 5;

Result<std::string> version_of(const std::string& program, const std::stop_token& stop) {
  std::string text;
  const os::ChildCommand command{.words = {program, "--version"},
                                 .environment = {"LC_ALL=C.UTF-8"},
                                 .seconds_max = kVersionSecondsMax,
                                 .stop = stop};
  const auto run = os::run_child(command, [&](ByteView bytes) { text.append(to_text(bytes)); });
  if (!run) {
    if (run.error().code == Errc::Cancelled) return std::unexpected(run.error());
    return std::string{};
  }
  return text.substr(0, text.find('\n'));
}

std::size_t cases_with(std::string_view tool, std::span<const CompareCase> cases) {
  return static_cast<std::size_t>(std::ranges::count_if(cases, [&](const CompareCase& one) {
    return std::ranges::any_of(one.peers, [&](const ToolCommand& peer) { return peer.tool == tool; });
  }));
}

}  // namespace

Result<std::vector<PeerFacts>> find_peers(std::span<const CompareCase> cases, const std::stop_token& stop) {
  std::vector<PeerFacts> peers;
  for (const CompareTool& tool : compare_tools()) {
    PeerFacts facts{.tool = tool,
                    .path = os::find_program(tool.name),
                    .version = {},
                    .cases = cases_with(tool.name, cases)};
    if (facts.path) facts.version = FOLIO_TRY(version_of(*facts.path, stop));
    peers.push_back(std::move(facts));
  }
  return peers;
}

}  // namespace folio::bench
