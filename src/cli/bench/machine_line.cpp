// SPDX-License-Identifier: Apache-2.0
#include "cli/bench/machine_line.h"

#include <fmt/format.h>

#include "cli/text.h"

namespace folio::cli {

std::string machine_members(std::string_view schema, const bench::Machine& machine) {
  const std::string memory = machine.memory ? std::to_string(*machine.memory) : "null";
  return fmt::format(R"("type":"machine","schema":"{}","folio":"{}","time":"{}","kernel":{},"cpu":{},)"
                     R"("cores":{},"memory":{},"thp":{})",
                     schema, FOLIO_VERSION, machine.time, json_string(machine.kernel),
                     json_string(machine.cpu), machine.cores, memory, json_string(machine.thp));
}

std::string machine_line(std::string_view schema, std::string_view more) {
  return fmt::format("{{{}{}}}\n", machine_members(schema, bench::describe_machine()), more);
}

}  // namespace folio::cli
