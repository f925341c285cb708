// SPDX-License-Identifier: Apache-2.0
// What `folio bench compare` compares: one table of cases, one of the programs that folio is compared with.
//
// To compare a new subcommand with a program, add a row to compare_cases(). Ownership: plain values.
// Threads: any. Errors: none.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace folio::bench {

/// What is read.
enum class CompareInput : std::uint8_t {
  Log,           ///< One large log, or the files that the user named.
  SmallTree,     ///< Many small files.
  MiddlingTree,  ///< 200 files that are together as large as the log.
  Tiny,          ///< One line: the time to start.
};

/// States of the page cache in which a case of the log is run. Trees and the tiny file are read in that which
/// writing and reading them left.
enum class CompareStates : std::uint8_t { Both, Large };

/// What has to be the same. The order of lines is that of the program's threads and never counts.
enum class Answer : std::uint8_t {
  Lines,   ///< All lines.
  Counts,  ///< All lines but those that count nothing: some programs leave those out.
};

struct ToolCommand {
  std::string tool;                ///< "folio", or a name in compare_tools().
  std::vector<std::string> words;  ///< "{list}" stands for the file of 1,000 words. The input comes last.
};

struct CompareCase {
  std::string name;
  CompareInput input = CompareInput::Log;
  CompareStates states = CompareStates::Large;
  Answer answer = Answer::Counts;
  ToolCommand ours;
  std::vector<ToolCommand> peers;
  std::optional<double> goal = std::nullopt;  ///< Most for folio's time divided by the first peer's.
};

/// Planted into the log; rare.
inline constexpr std::string_view kRareText = "XYZZYneedle";

[[nodiscard]] std::vector<CompareCase> compare_cases();

struct CompareTool {
  std::string_view name;
  std::string_view purpose;
};

[[nodiscard]] std::span<const CompareTool> compare_tools();

}  // namespace folio::bench
