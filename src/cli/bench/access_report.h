// SPDX-License-Identifier: Apache-2.0
// Where the access benchmark's findings go: the terminal, a JSON file, an HTML page.
#pragma once

#include <fstream>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "bench/access/run.h"
#include "bench/machine.h"
#include "cli/output.h"
#include "cli/words.h"
#include "os/new_file.h"

namespace folio::cli {

/// Names of the files to write; empty: none.
struct ReportFiles {
  std::string json;
  std::string html;
};

class AccessReport final : public bench::AccessListener {
 public:
  /// `names` are the files that were named to be measured, and are never written. Fails where a report can't
  /// be written.
  [[nodiscard]] static Result<std::unique_ptr<AccessReport>> open(const ReportFiles& files,
                                                                  std::span<const std::string> names);

  void machine(const bench::Machine& machine, const bench::Place& place, Words words);
  void limits(std::span<const bench::Limit> limits);
  [[nodiscard]] Flow begins(const bench::Situation& situation, std::size_t index, std::size_t count) override;
  void measured(const bench::Cell& cell) override;
  void compared(const bench::AutoRow& row) override;
  /// What follows from all of it.
  [[nodiscard]] ExitStatus finish(const bench::AccessRun& run);

 private:
  AccessReport() = default;
  void add(std::string line);
  Flow show_cells();

  ReportFiles files_;
  Output output_;
  std::vector<std::string> lines_;
  std::vector<std::string> names_;
  std::optional<std::ofstream> json_;
  std::optional<os::NewFile> page_;
  std::string title_;
  std::vector<bench::Cell> cells_;
};

}  // namespace folio::cli
