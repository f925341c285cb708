// SPDX-License-Identifier: Apache-2.0
// What the user of `folio logs` asked for.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "cli/scan_flags.h"

namespace folio::cli {

struct LogsFlags {
  ScanFlags scan;
  std::vector<std::string> inputs;
  std::string format = "auto";  ///< A name, or a format string.
  std::string mapping;          ///< Of JSON's keys; empty: the usual ones.
  std::string where;
  std::string since;
  std::string until;
  std::string bucket;
  std::uint64_t top = 10;  ///< Rows of a table at most.
  std::string html;        ///< Empty: none.
  std::string csv;         ///< Directory.
  std::string rejects;     ///< File.
  std::string output;      ///< Of a partial result.
  bool formats = false;    ///< A plain switch, as the parser sets it.
};

/// A status means that the command is done.
[[nodiscard]] std::optional<ExitStatus> parse_logs_flags(Words words, LogsFlags& flags);
[[nodiscard]] std::optional<ExitStatus> parse_logs_scan_flags(Words words, LogsFlags& flags);
[[nodiscard]] std::optional<ExitStatus> parse_logs_merge_flags(Words words, LogsFlags& flags);
[[nodiscard]] std::optional<ExitStatus> parse_logs_report_flags(Words words, LogsFlags& flags);

}  // namespace folio::cli
