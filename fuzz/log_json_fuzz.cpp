// SPDX-License-Identifier: Apache-2.0
// Structured lines: the parsers of JSON against the strict reader of the core, the others for crashes only.
// The first byte chooses the parser, the line follows.
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string_view>
#include <vector>

#include "core/json_object.h"
#include "logs/structured/structured.h"

namespace {

using folio::logs::LineParser;
using folio::logs::Reject;

std::unique_ptr<LineParser> parser_of(std::string_view name, std::string_view mapping) {
  constexpr std::int64_t kReference = 1'767'225'600'000'000'000;
  const auto keys = folio::logs::parse_mapping(mapping);
  auto parser = folio::logs::make_structured_parser(name, keys ? &*keys : nullptr, kReference);
  if (!parser) std::abort();
  return std::move(*parser);
}

constexpr std::size_t kJsonParsers = 4;

std::vector<std::unique_ptr<LineParser>> all_parsers() {
  std::vector<std::unique_ptr<LineParser>> parsers;
  parsers.push_back(parser_of("json", ""));
  parsers.push_back(parser_of("caddy", ""));
  parsers.push_back(parser_of("traefik", ""));
  parsers.push_back(
      parser_of("json", "status=a.b.c,method=a[1][0],host=a.b[2].c,time=t:epoch_us,latency=a.d:us"));
  for (const std::string_view name : {"logfmt", "syslog", "syslog5424"})
    parsers.push_back(parser_of(name, ""));
  return parsers;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const auto parsers = all_parsers();
  if (size < 1) return 0;
  // SAFETY: bytes are read as characters.
  const std::string_view line(reinterpret_cast<const char*>(data) + 1, size - 1);
  const std::size_t choice = data[0] % parsers.size();
  folio::logs::Record record;
  const folio::logs::Verdict verdict = parsers[choice]->parse(line, record);
  if (verdict.column > line.size()) std::abort();
  if (verdict.ok() && (record.present & ~parsers[choice]->fields()) != 0) std::abort();
  const bool is_json = choice < kJsonParsers && !line.empty();
  const bool is_accepted = verdict.reject != Reject::BadJson;
  if (is_json && is_accepted != folio::json_members(line).has_value()) std::abort();
  return 0;
}
