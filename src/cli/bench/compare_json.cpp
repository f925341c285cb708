// SPDX-License-Identifier: Apache-2.0
#include "cli/bench/compare_json.h"

#include <fmt/format.h>

#include "bench/machine.h"
#include "cli/bench/machine_line.h"
#include "cli/text.h"

namespace folio::cli {

namespace {

/// {"text":...} or {"bytes":...}, as what other programs say need not be UTF-8.
std::string json_bytes(std::string_view bytes) {
  std::string out;
  append_json_bytes(out, bytes);
  return out;
}

template <class Range, class Render>
std::string array(const Range& range, Render render) {
  std::string out = "[";
  for (const auto& item : range) {
    if (out.size() > 1) out += ',';
    out += render(item);
  }
  return out + "]";
}

std::string peer_line(const bench::PeerFacts& peer) {
  return fmt::format(
      "{{\"type\":\"tool\",\"name\":\"{}\",\"purpose\":\"{}\",\"installed\":{},\"version\":{},\"cases\":{}}}"
      "\n",
      peer.tool.name, peer.tool.purpose, peer.path.has_value(),
      peer.version.empty() ? "null" : json_bytes(peer.version), peer.cases);
}

std::string costs(const bench::CompareEntry& entry) {
  if (entry.state != bench::EntryState::Measured) return {};
  const bench::Measured& cost = entry.cost;
  return fmt::format(
      R"(,"seconds":{:.9f},"seconds_min":{:.9f},"seconds_max":{:.9f},"spread":{:.4f},"rounds":{},)"
      R"("user_seconds":{:.6f},"system_seconds":{:.6f},"peak_memory":{},"ratio":{:.4f})",
      cost.seconds, cost.seconds_min, cost.seconds_max, cost.spread, cost.rounds, cost.user_seconds,
      cost.system_seconds, entry.peak_memory, entry.ratio);
}

std::string entry_object(const bench::CompareEntry& entry) {
  return fmt::format(R"({{"tool":"{}","state":"{}","detail":{},"command":{}{}}})", entry.tool,
                     bench::entry_state_name(entry.state),
                     entry.detail.empty() ? "null" : json_bytes(entry.detail),
                     array(entry.command, json_bytes), costs(entry));
}

}  // namespace

std::string compare_json_begin(std::span<const bench::PeerFacts> peers, const std::filesystem::path& folder,
                               double limit) {
  std::string place = R"(,"file_system":)";
  const auto found = bench::describe_place(folder);
  append_json_string(place, found ? found->file_system : "");
  std::string text = machine_line("folio.bench.compare/1", place);
  text += fmt::format("{{\"type\":\"limit\",\"name\":\"memory\",\"bytes_per_second\":{:.0f}}}\n", limit);
  for (const bench::PeerFacts& peer : peers) text += peer_line(peer);
  return text;
}

std::string compare_json_state(const bench::PageCacheState& state) {
  return fmt::format("{{\"type\":\"state\",\"state\":\"{}\",\"faults_per_mib\":{}}}\n",
                     bench::page_state_name(state.state),
                     state.faults_per_mib ? fmt::format("{:.3f}", *state.faults_per_mib) : "null");
}

std::string compare_json_row(const bench::CompareRow& row) {
  std::string name;
  append_json_string(name, row.name);
  const std::optional<bool> met = row.goal_met();
  return fmt::format(
      "{{\"type\":\"row\",\"case\":{},\"state\":\"{}\",\"input\":\"{}\",\"bytes\":{},\"files\":{},\"goal\":{}"
      ","
      "\"goal_met\":{},\"entries\":{}}}\n",
      name, bench::page_state_name(row.state), bench::input_name(row.input), row.bytes, row.files,
      row.goal ? fmt::format("{:.2f}", *row.goal) : "null", met ? (*met ? "true" : "false") : "null",
      array(row.entries, entry_object));
}

std::string compare_json_end(const bench::CompareEnd& end) {
  return fmt::format(
      "{{\"type\":\"summary\",\"rows\":{},\"measured\":{},\"errors\":{},\"goals\":{},\"goals_missed\":{},"
      "\"complete\":{},\"interrupted\":{}}}\n",
      end.rows, end.measured, end.errors, end.goals, end.goals_missed, end.measured == end.rows,
      end.interrupted);
}

}  // namespace folio::cli
