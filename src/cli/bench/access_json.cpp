// SPDX-License-Identifier: Apache-2.0
#include "cli/bench/access_json.h"

#include <fmt/format.h>

#include <optional>
#include <string_view>
#include <vector>

#include "bench/page_cache.h"
#include "cli/bench/machine_line.h"
#include "cli/text.h"

namespace folio::cli {

namespace {

std::string number(std::optional<double> value) {
  return value ? fmt::format("{:.4f}", *value) : "null";
}

std::string number(std::optional<std::uint64_t> value) {
  return value ? std::to_string(*value) : "null";
}

std::string texts(const std::vector<std::string>& values) {
  std::string out = "[";
  for (const std::string& value : values) {
    if (out.size() > 1) out += ',';
    append_json_string(out, value);
  }
  return out + "]";
}

std::string situation(const bench::Situation& at) {
  return fmt::format(R"("shape":"{}","work":"{}","state":"{}","size":{},"threads":{},"file":{})",
                     bench::shape_name(at.shape), bench::work_name(at.work), bench::state_name(at.state),
                     at.size, at.threads, at.file);
}

std::string cost(const bench::Measured& cost) {
  return fmt::format(
      R"("seconds":{:.9f},"seconds_min":{:.9f},"seconds_max":{:.9f},"rounds":{},"spread":{:.4f},)"
      R"("user_seconds":{:.9f},"system_seconds":{:.9f},"minor_faults":{},"major_faults":{},)"
      R"("voluntary_switches":{},"involuntary_switches":{})",
      cost.seconds, cost.seconds_min, cost.seconds_max, cost.rounds, cost.spread, cost.user_seconds,
      cost.system_seconds, cost.minor_faults, cost.major_faults, cost.voluntary_switches,
      cost.involuntary_switches);
}

std::string boolean(std::optional<bool> value) {
  return value ? (*value ? "true" : "false") : "null";
}

std::string place_json(const bench::Place& place) {
  std::string out = R"({"path":)";
  append_json_bytes(out, place.path.string());
  return out + fmt::format(R"(,"file_system":{},"kind":"{}","device":{},"rotational":{},"readahead":{},)"
                           R"("large_folios":{}}})",
                           json_string(place.file_system), file_system_kind_name(place.kind),
                           json_string(place.device), boolean(place.rotational), number(place.readahead),
                           boolean(place.large_folios));
}

std::string mitigations_json(const std::vector<os::Mitigation>& mitigations) {
  std::string out = "[";
  for (const os::Mitigation& mitigation : mitigations) {
    out += fmt::format(R"({}{{"name":{},"state":{}}})", out.size() > 1 ? "," : "",
                       json_string(mitigation.name), json_string(mitigation.state));
  }
  return out + "]";
}

}  // namespace

std::string machine_json(const bench::Machine& machine, const bench::Place& place, Words command) {
  std::string out =
      fmt::format(R"({{{},"memory_available":{},"memory_limit":{},"page_size":{},)",
                  machine_members("folio.bench.access/1", machine), number(machine.memory_available),
                  number(machine.memory_limit), machine.page_size);
  out += fmt::format(R"("mitigations":{},"io_uring":{},"files":[{}],"cold_by":"{}","command":[)",
                     mitigations_json(machine.mitigations), machine.io_uring, place_json(place),
                     bench::may_drop_caches() ? "drop-caches" : "fadvise");
  for (std::size_t i = 0; i < command.size(); ++i) {
    if (i > 0) out += ',';
    append_json_bytes(out, command[i]);
  }
  return out + "]}";
}

std::string json_line(const bench::Limit& limit) {
  return fmt::format(
      R"({{"type":"limit","name":"{}","threads":{},"bytes_per_second":{:.0f},"operations_per_second":{},"by":{}}})",
      bench::limit_name(limit.kind), limit.threads, limit.bytes_per_second,
      number(limit.operations_per_second), json_string(limit.by));
}

std::string json_line(const bench::Cell& cell) {
  std::string out = fmt::format(
      R"({{"type":"cell",{},"method":"{}","label":{},"buffer":{},"depth":{},"files":{},"bytes":{},"operations":{},{})",
      situation(cell.situation), bench::method_name(cell.method.method),
      json_string(bench::label(cell.method)), cell.method.block, cell.method.depth, cell.files, cell.bytes,
      number(cell.operations), cost(cell.cost));
  fmt::format_to(
      std::back_inserter(out),
      R"(,"bytes_per_second":{:.0f},"operations_per_second":{},"peak_memory":{},"limit":{},"limit_share":{})",
      cell.bytes_per_second(), number(cell.operations_per_second()), cell.peak_memory,
      cell.limit ? json_string(bench::limit_name(*cell.limit)) : "null", number(cell.limit_share));
  fmt::format_to(std::back_inserter(out),
                 R"(,"cached_before":{},"faults_per_mib":{},"used":{},"evicted":{},"notes":{}}})",
                 number(cell.cached_before), number(cell.faults_per_mib),
                 cell.used ? json_string(access_name(*cell.used)) : "null", number(cell.evicted),
                 texts(cell.notes));
  return out;
}

std::string json_line(const bench::AutoRow& row) {
  return fmt::format(
      R"({{"type":"auto",{},"seconds":{:.9f},"used":"{}","best":{},"best_seconds":{:.9f},"ratio":{:.4f},)"
      R"("evicted":{},"best_evicted":{}}})",
      situation(row.situation), row.seconds, access_name(row.used), json_string(bench::label(row.best)),
      row.best_seconds, row.ratio(), number(row.evicted), number(row.best_evicted));
}

std::string json_line(const bench::ClassicRow& row) {
  const bench::Situation& at = row.cell.situation;
  return fmt::format(
      R"({{"type":"classic","name":{},"textbook":{:.0f},"bytes_per_second":{:.0f},"label":{},"state":"{}",)"
      R"("size":{},"threads":{}}})",
      json_string(row.name), row.textbook, row.cell.bytes_per_second(),
      json_string(bench::label(row.cell.method)), bench::state_name(at.state), at.size, at.threads);
}

std::string json_line(const bench::Finding& finding) {
  return fmt::format(
      R"({{"type":"finding","verdict":"{}","shape":"{}","state":"{}","threads":{},"text":{},"ratio":{:.4f}}})",
      bench::verdict_name(finding.verdict), bench::shape_name(finding.situation.shape),
      bench::state_name(finding.situation.state), finding.situation.threads, json_string(finding.text),
      finding.ratio);
}

std::string json_line(const bench::Summary& summary) {
  return fmt::format(
      R"({{"type":"summary","cells":{},"seconds":{:.1f},"complete":{},"interrupted":{},"auto_cells":{},)"
      R"("auto_worst":{:.4f},"auto_median":{:.4f},"notes":{}}})",
      summary.cells, summary.seconds, summary.complete, summary.interrupted, summary.auto_cells,
      summary.auto_worst, summary.auto_median, texts(summary.notes));
}

}  // namespace folio::cli
