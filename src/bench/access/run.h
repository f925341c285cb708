// SPDX-License-Identifier: Apache-2.0
// The access benchmark: every method in every situation, and what follows from it.
//
// Ownership: options and listener must outlive the call; files are read and evicted from the page cache,
// never written. Threads: one run at a time in a process, since it counts what the whole process does.
// Errors: a file that can't be read ends the run. A method that this machine does not have is a note.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "bench/access/report.h"
#include "folio/error.h"
#include "folio/scan.h"

namespace folio::bench {

/// Files of the same size: one, or many small ones.
struct TestFiles {
  std::vector<std::string> paths;
  std::uint64_t size = 0;  ///< Of each.
};

/// A file larger than the memory that the process may use, and another one that should stay cached meanwhile.
struct LimitedFiles {
  TestFiles file;
  std::string bystander;
  std::uint64_t limit = 0;  ///< Bytes of memory allowed.
};

struct AccessOptions {
  std::vector<TestFiles> files;             ///< One path each.
  std::vector<TestFiles> small_files = {};  ///< Many paths each.
  std::optional<LimitedFiles> limited = {};
  std::vector<unsigned> threads = {1};
  Breadth breadth = Breadth::Full;
  std::function<bool(const Situation&)> wanted = {};  ///< Leaves out the others; empty: all.
  double budget = 600;  ///< Seconds; what does not fit is left out, and the summary says so.
  std::vector<Limit> limits = {};
  std::stop_token stop = {};
};

/// Is told of everything as soon as it is known.
class AccessListener {
 public:
  /// Flow::Stop ends the run with what there is.
  [[nodiscard]] virtual Flow begins(const Situation& situation, std::size_t index, std::size_t count) = 0;
  virtual void measured(const Cell& cell) = 0;
  virtual void compared(const AutoRow& row) = 0;

 protected:
  ~AccessListener() = default;
};

struct AccessRun {
  std::vector<Cell> cells;
  std::vector<AutoRow> autos;
  std::vector<std::string> notes;
  bool complete = true;
  bool interrupted = false;
  double seconds = 0;
};

/// The situations that a run would go through, in that order.
[[nodiscard]] std::vector<Situation> situations_of(const AccessOptions& options);

[[nodiscard]] Result<AccessRun> measure_access(const AccessOptions& options, AccessListener& listener);

}  // namespace folio::bench
