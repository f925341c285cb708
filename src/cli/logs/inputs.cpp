// SPDX-License-Identifier: Apache-2.0
#include "cli/logs/inputs.h"

#include <filesystem>
#include <mutex>

#include "cli/scan_flags.h"
#include "folio/walk.h"
#include "os/interrupt.h"

namespace folio::cli {

namespace {

bool is_a_directory(const std::string& name) {
  std::error_code missing;
  return name != "-" && std::filesystem::is_directory(name, missing);
}

void add_directory(const std::string& root, LogInputs& inputs) {
  WalkOptions options;
  options.ignore = IgnoreOptions::none();
  options.sort = WalkSort::Path;
  options.threads = 1;
  const std::string roots[] = {root};
  const auto report = walk(
      roots, options,
      [&](const WalkEntry& entry) {
        inputs.names.emplace_back(entry.path);
        return WalkFlow::Continue;
      },
      [&](const Error& error) { inputs.status = graver(inputs.status, tell_error(error)); });
  if (!report) inputs.status = graver(inputs.status, tell_error(report.error()));
}

}  // namespace

LogInputs log_inputs(const std::vector<std::string>& operands) {
  LogInputs inputs;
  if (operands.empty()) inputs.names.emplace_back("-");
  for (const std::string& operand : operands) {
    if (is_a_directory(operand)) {
      add_directory(operand, inputs);
    } else {
      inputs.names.push_back(operand);
    }
  }
  return inputs;
}

}  // namespace folio::cli
