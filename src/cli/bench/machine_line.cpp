// SPDX-License-Identifier: Apache-2.0
#include "cli/bench/machine_line.h"

#include <fmt/format.h>

#include "bench/compare_machine.h"
#include "cli/text.h"

namespace folio::cli {

std::string machine_line(std::string_view schema, std::string_view more) {
  const bench::CompareMachine machine = bench::describe_compare_machine();
  std::string line = fmt::format(R"({{"type":"machine","schema":"{}","folio":"{}","time":"{}","kernel":)",
                                 schema, FOLIO_VERSION, machine.time);
  append_json_string(line, machine.kernel);
  line += R"(,"cpu":)";
  append_json_string(line, machine.cpu);
  fmt::format_to(std::back_inserter(line), R"(,"cores":{},"memory":{})", machine.cores, machine.memory);
  line.append(more);
  return line + "}\n";
}

}  // namespace folio::cli
