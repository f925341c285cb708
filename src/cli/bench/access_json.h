// SPDX-License-Identifier: Apache-2.0
// The access benchmark as JSON lines (docs/schema/bench-access.md); none of them ends with a line end.
#pragma once

#include <span>
#include <string>

#include "bench/access/findings.h"
#include "bench/access/report.h"
#include "bench/machine.h"
#include "cli/words.h"

namespace folio::cli {

[[nodiscard]] std::string machine_json(const bench::Machine& machine, const bench::Place& place,
                                       Words command);
[[nodiscard]] std::string json_line(const bench::Limit& limit);
[[nodiscard]] std::string json_line(const bench::Cell& cell);
[[nodiscard]] std::string json_line(const bench::AutoRow& row);
[[nodiscard]] std::string json_line(const bench::ClassicRow& row);
[[nodiscard]] std::string json_line(const bench::Finding& finding);
[[nodiscard]] std::string json_line(const bench::Summary& summary);

}  // namespace folio::cli
