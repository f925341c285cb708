// SPDX-License-Identifier: Apache-2.0
// `folio bench compare`: folio against the installed programs, on the same files, in turns.
//
// Ownership: plain values; the listener is called, not kept; files are the caller's. Threads: one measurement
// at a time. Errors: what goes wrong with one program is a part of its row; an error ends everything.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "bench/compare_cases.h"
#include "bench/rounds.h"
#include "folio/error.h"
#include "folio/scan.h"

namespace folio::bench {

/// An input of cases: paths to hand over, and their bytes.
struct CompareFiles {
  std::vector<std::string> paths;
  std::uint64_t bytes = 0;
  std::uint64_t files = 1;
};

/// Whose page cache is brought into a state.
enum class Ownership : std::uint8_t {
  Ours,   ///< Made for this run.
  Users,  ///< Named by the user: measured in the state in which it is found.
};

struct CompareOptions {
  std::map<CompareInput, CompareFiles> inputs;
  std::string list;  ///< The file of words.
  Ownership log_ownership = Ownership::Ours;
  std::string folio;  ///< Path of the program that is measured as folio.
  std::vector<CompareCase> cases;
  unsigned rounds = 5;
  double budget = 600;  ///< Seconds; no case is begun after them.
  std::stop_token stop = {};
};

enum class PageState : std::uint8_t {
  Small,  ///< Folios of 4 KiB.
  Large,  ///< Folios of 2 MiB, where the file system has them.
  Found,  ///< As it was.
};

[[nodiscard]] std::string_view page_state_name(PageState state);

/// The page cache of the log, measured.
struct PageCacheState {
  PageState state = PageState::Found;
  std::optional<double> faults_per_mib;  ///< Of a mapping: 16 for folios of 4 KiB, 0.5 for those of 2 MiB.
};

enum class EntryState : std::uint8_t { Measured, Missing, Different, Failed, TooSlow };

[[nodiscard]] std::string_view entry_state_name(EntryState state);

/// One program in one case.
struct CompareEntry {
  std::string tool;
  std::vector<std::string> command;  ///< Empty where it is missing.
  EntryState state = EntryState::Missing;
  std::string detail;  ///< A sentence, where it is neither measured nor missing.
  Measured cost;       ///< User and system time are the program's own.
  std::uint64_t peak_memory = 0;
  double ratio = 0;  ///< Folio's time divided by this one's; 0 where not measured.
};

struct CompareRow {
  std::string name;
  PageState state = PageState::Found;
  CompareInput input = CompareInput::Log;
  std::uint64_t bytes = 0;
  std::uint64_t files = 1;
  std::vector<CompareEntry> entries;  ///< Folio first.
  std::optional<double> goal;         ///< For the ratio to the first peer.

  [[nodiscard]] const CompareEntry& ours() const { return entries.front(); }
  /// Nothing where there is no goal, or nothing to compare with it.
  [[nodiscard]] std::optional<bool> goal_met() const;
  [[nodiscard]] bool has_error() const;
};

class CompareListener {
 public:
  virtual ~CompareListener() = default;
  virtual void show(const PageCacheState& state) = 0;
  /// Flow::Stop ends the measuring: nobody listens any more.
  [[nodiscard]] virtual Flow show(const CompareRow& row) = 0;
};

struct CompareEnd {
  std::size_t rows = 0;      ///< Planned.
  std::size_t measured = 0;  ///< Fewer where the budget was spent or an interrupt came.
  std::size_t errors = 0;    ///< Rows with an answer that differs, or a program that failed.
  std::size_t goals = 0;
  std::size_t goals_missed = 0;
  bool interrupted = false;
};

[[nodiscard]] std::string_view input_name(CompareInput input);

/// An interrupt ends it after the rows so far, without an error; the program under way is killed.
[[nodiscard]] Result<CompareEnd> run_compare(const CompareOptions& options, CompareListener& listener);

}  // namespace folio::bench
