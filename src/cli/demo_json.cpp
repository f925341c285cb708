// SPDX-License-Identifier: Apache-2.0
#include "cli/demo_json.h"

#include <fmt/format.h>

#include "cli/demo_reasons.h"
#include "cli/text.h"

namespace folio::cli {

namespace {

using bench::Measured;

std::string json_bytes(std::string_view bytes) {
  std::string out;
  append_json_bytes(out, bytes);
  return out;
}

std::string share(std::optional<double> value) {
  return value ? fmt::format("{:.4f}", *value) : "null";
}

std::string cost(const Measured& measured) {
  return fmt::format(
      R"({{"seconds":{:.9f},"seconds_min":{:.9f},"seconds_max":{:.9f},"rounds":{},"minor_faults":{},"major_faults":{}}})",
      measured.seconds, measured.seconds_min, measured.seconds_max, measured.rounds, measured.minor_faults,
      measured.major_faults);
}

std::string coldness(const bench::Coldness& cold) {
  return fmt::format(R"({{"cached":{},"cold":{},"by":"{}"}})", share(cold.cached), cold.is_cold(),
                     cold.by == bench::ColdBy::Eviction ? "eviction" : "drop-caches");
}

std::string search(const demo::SearchCost& result, std::uint64_t size) {
  return fmt::format(R"("threads":{},"access":"{}","lines":{},"bytes_per_second":{:.0f},"cost":{})",
                     result.threads, access_name(result.access), result.lines,
                     bench::rate(size, result.cost.seconds), cost(result.cost));
}

template <class Row, class Render>
std::string array(const std::vector<Row>& rows, Render render) {
  std::string out = "[";
  for (const Row& row : rows) out += (out.size() > 1 ? ",{" : "{") + render(row) + "}";
  return out + "]";
}

std::string access_row(const demo::AccessRow& row) {
  return fmt::format(
      R"("situation":"{}","bytes":{},"touches":{},"mmap":{},"read":{},"coldness":{},"winner":"{}","why":{})",
      situation_name(row.situation), row.bytes, row.touches, cost(row.mapping), cost(row.reading),
      row.coldness ? coldness(*row.coldness) : "null", winner_name(row.winner()), json_string(reason(row)));
}

std::string moment(std::string_view name, const demo::MemoryMoment& taken) {
  return fmt::format(
      R"({{"when":"{}","virtual":{},"resident":{},"anonymous":{},"file_backed":{},"minor_faults":{},"major_faults":{}}})",
      name, taken.use.address_space, taken.use.resident, taken.use.anonymous, taken.use.file_backed,
      taken.faults.minor, taken.faults.major);
}

}  // namespace

void DemoJson::say(std::string_view type, const std::string& members) {
  if (output_.write(fmt::format("{{\"schema\":\"folio.demo/1\",\"type\":\"{}\",{}}}\n", type, members)) ==
      Flow::Stop) {
    flow_ = Flow::Stop;
  }
}

Flow DemoJson::begin(demo::Step) {
  return flow_;
}

void DemoJson::welcome(const demo::Setting& setting) {
  size_ = setting.size;
  say("setting", fmt::format(R"("folder":{},"size":{},"cores":{},"memory_available":{})",
                             json_bytes(setting.folder.string()), setting.size, setting.cores,
                             setting.memory_available));
}

void DemoJson::show(const demo::Creation& creation) {
  const Generated& made = creation.made;
  say("creation", fmt::format(R"("path":{},"size":{},"lines":{},"needle_lines":{},"seconds":{:.9f},)"
                              R"("bytes_per_second":{:.0f},"file_system":"{}","cached":{})",
                              json_bytes(creation.path), made.size, made.lines, made.needle_lines,
                              made.seconds, bench::rate(made.size, made.seconds),
                              file_system_kind_name(creation.file_system), share(creation.cached)));
}

void DemoJson::show_one_core(const demo::SearchCost& result) {
  say("one-core", search(result, size_) +
                      fmt::format(R"(,"faults_per_mib":{:.3f})", bench::faults_per_mib(result.cost, size_)));
}

void DemoJson::show_all_cores(const std::vector<demo::SearchCost>& searches) {
  const auto row = [&](const demo::SearchCost& result) { return search(result, size_); };
  say("all-cores", fmt::format(R"("searches":{},"speed_up":{:.4f})", array(searches, row),
                               searches.front().cost.seconds / searches.back().cost.seconds));
}

void DemoJson::show(const std::vector<demo::AccessRow>& rows) {
  say("mmap-against-read", fmt::format(R"("rows":{})", array(rows, access_row)));
}

void DemoJson::show(const demo::MemoryTour& memory) {
  say("memory",
      fmt::format(R"("mapping_size":{},"pages":{},"cached":{},"moments":[{},{},{},{},{}])",
                  memory.mapping_size, memory.pages, share(memory.cached), moment("before", memory.before),
                  moment("mapped", memory.mapped), moment("half-touched", memory.half_touched),
                  moment("all-touched", memory.all_touched), moment("unmapped", memory.unmapped)));
}

void DemoJson::show(const demo::Matching& matching) {
  say("matching",
      fmt::format(R"("written_lines":{},"fast_lines":{},"boyer_moore_lines":{},"agree":{},)"
                  R"("fast":{},"boyer_moore":{},"first_number":{},"first_offset":{},"first_line":{})",
                  matching.written_lines, matching.fast_lines, matching.boyer_moore_lines, matching.agrees(),
                  cost(matching.fast), cost(matching.boyer_moore), matching.first_number,
                  matching.first_offset, json_bytes(matching.first_line)));
}

void DemoJson::show(const std::vector<demo::CoresRow>& rows) {
  const double one = rows.front().search.cost.seconds;
  const auto render = [&](const demo::CoresRow& row) {
    const double speed = bench::rate(size_, row.search.cost.seconds);
    return search(row.search, size_) +
           fmt::format(R"(,"speed_up":{:.4f},"memory_bytes_per_second":{:.0f},"share_of_limit":{:.4f})",
                       one / row.search.cost.seconds, row.limit, row.limit > 0 ? speed / row.limit : 0.0);
  };
  say("cores", fmt::format(R"("rows":{})", array(rows, render)));
}

void DemoJson::show(const demo::CacheEffect& effect) {
  say("cache", fmt::format(R"("bytes":{},"before_first":{},"cached_before_second":{},"first":{},"second":{},)"
                           R"("first_access":"{}","second_access":"{}")",
                           effect.bytes, coldness(effect.before_first), share(effect.before_second),
                           cost(effect.first), cost(effect.second), access_name(effect.first_access),
                           access_name(effect.second_access)));
}

void DemoJson::show(const demo::Proof& proof) {
  const std::string problem =
      proof.problem ? fmt::format(R"({{"code":"{}","message":{}}})", errc_name(proof.problem->code),
                                  json_string(proof.problem->detail))
                    : "null";
  say("proof",
      fmt::format(R"("size":{},"size_after":{},"problem":{},"covered":[{},{}],"lines":{},"lines_really":{},)"
                  R"("faults_survived":{},"holds":{})",
                  proof.size, proof.size_after, problem, proof.covered.begin, proof.covered.end, proof.lines,
                  proof.lines_really, proof.faults_survived, proof.holds()));
}

void DemoJson::finish(const demo::TourEnd& end) {
  say("end", fmt::format(R"("counts_agree":{},"proof_holds":{},"kept":{})", end.counts_agree, end.proof_holds,
                         end.kept ? json_bytes(end.kept->string()) : "null"));
}

}  // namespace folio::cli
