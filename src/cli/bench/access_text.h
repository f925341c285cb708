// SPDX-License-Identifier: Apache-2.0
// The access benchmark on the terminal.
#pragma once

#include <span>
#include <string>

#include "bench/access/findings.h"
#include "bench/access/report.h"
#include "bench/machine.h"

namespace folio::cli {

[[nodiscard]] std::string machine_text(const bench::Machine& machine, const bench::Place& place);
[[nodiscard]] std::string summary_text(const bench::Summary& summary);

/// "one pass (newlines) over 4.0 MiB, warm in 4 KiB folios, 2 threads".
[[nodiscard]] std::string situation_text(const bench::Situation& situation);

/// The cells of one situation as a table, the fastest first.
[[nodiscard]] std::string cells_table(std::span<const bench::Cell> cells);
[[nodiscard]] std::string limits_table(std::span<const bench::Limit> limits);
[[nodiscard]] std::string classic_table(std::span<const bench::ClassicRow> rows);
[[nodiscard]] std::string auto_table(std::span<const bench::AutoRow> rows, const bench::Summary& summary);
[[nodiscard]] std::string findings_text(std::span<const bench::Finding> findings);

}  // namespace folio::cli
