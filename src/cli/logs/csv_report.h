// SPDX-License-Identifier: Apache-2.0
// A report as CSV files: summary.csv, series.csv, rejects.csv, and one file for each panel. Quoted as in RFC
// 4180.
#pragma once

#include <string>
#include <vector>

#include "folio/error.h"
#include "logs/report.h"

namespace folio::cli {

struct CsvFile {
  std::string name;  ///< "paths.csv"; letters, digits, "-" and "_" only.
  std::string text;
};

[[nodiscard]] std::vector<CsvFile> csv_files(const logs::Report& report);

/// Writes them into a directory, which is made where it is missing. Each file is complete or not there.
[[nodiscard]] Result<void> write_csv(const std::string& directory, const logs::Report& report);

}  // namespace folio::cli
