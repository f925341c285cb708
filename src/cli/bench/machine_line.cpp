// SPDX-License-Identifier: Apache-2.0
#include "cli/bench/machine_line.h"

#include <fmt/format.h>

#include "bench/machine.h"
#include "cli/text.h"

namespace folio::cli {

namespace {

std::string json_string(std::string_view text) {
  std::string out;
  append_json_string(out, text);
  return out;
}

}  // namespace

std::string machine_line(std::string_view schema, std::string_view more) {
  const bench::Machine machine = bench::describe_machine();
  const std::string memory = machine.memory ? std::to_string(*machine.memory) : "null";
  std::string line =
      fmt::format(R"({{"type":"machine","schema":"{}","folio":"{}","time":"{}","kernel":{},"cpu":{},)"
                  R"("cores":{},"memory":{},"thp":{})",
                  schema, FOLIO_VERSION, machine.time, json_string(machine.kernel), json_string(machine.cpu),
                  machine.cores, memory, json_string(machine.thp));
  line.append(more);
  return line.append("}\n");
}

}  // namespace folio::cli
