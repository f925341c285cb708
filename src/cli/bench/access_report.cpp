// SPDX-License-Identifier: Apache-2.0
#include "cli/bench/access_report.h"
#include "cli/write_file.h"
#include "core/fail.h"

#include <fmt/format.h>

#include <cerrno>
#include <filesystem>
#include <utility>

#include "cli/bench/access_json.h"
#include "cli/bench/access_page.h"
#include "cli/bench/access_text.h"
#include "cli/scan_flags.h"
#include "cli/text.h"
#include "core/try.h"

namespace folio::cli {

namespace {

Result<void> refuse_input(const std::string& target, std::span<const std::string> names) {
  for (const std::string& name : names) {
    std::error_code ignored;
    if (!std::filesystem::equivalent(target, name, ignored)) continue;
    return fail(Errc::InvalidArgument, target, "is a file to measure, which is never written");
  }
  return {};
}

}  // namespace

Result<std::unique_ptr<AccessReport>> AccessReport::open(const ReportFiles& files,
                                                         std::span<const std::string> names) {
  auto report = std::unique_ptr<AccessReport>(new AccessReport());
  report->files_ = files;
  report->names_.assign(names.begin(), names.end());
  for (const std::string& target : {files.json, files.html}) {
    if (!target.empty()) FOLIO_TRY(refuse_input(target, names));
  }
  if (!files.html.empty()) report->page_.emplace(FOLIO_TRY(os::NewFile::create(files.html)));
  if (files.json.empty()) return report;
  report->json_.emplace(files.json, std::ios::trunc);
  if (!report->json_->good()) {
    return std::unexpected(system_error(errno, files.json, "can't be written"));
  }
  return report;
}

void AccessReport::add(std::string line) {
  if (json_) *json_ << line << '\n' << std::flush;
  lines_.push_back(std::move(line));
}

void AccessReport::machine(const bench::Machine& machine, const bench::Place& place, Words words) {
  output_.write_result(machine_text(machine, place));
  add(machine_json(machine, place, words));
}

void AccessReport::limits(std::span<const bench::Limit> limits) {
  output_.write_result(limits_table(limits) + "\n");
  for (const bench::Limit& limit : limits) add(json_line(limit));
}

Flow AccessReport::begins(const bench::Situation& situation, std::size_t index, std::size_t count) {
  const Flow flow = show_cells();
  title_ = fmt::format("[{}/{}] {}", index + 1, count, situation_text(situation));
  if (names_.size() > 1) title_ += fmt::format(": {}", quoted_name(names_[situation.file]));
  title_ += '\n';
  return flow;
}

void AccessReport::measured(const bench::Cell& cell) {
  cells_.push_back(cell);
  add(json_line(cell));
}

void AccessReport::compared(const bench::AutoRow& row) {
  show_cells();
  output_.write_result(
      fmt::format("  auto takes {:.2f} times as long as {}\n", row.ratio(), bench::label(row.best)));
  add(json_line(row));
}

Flow AccessReport::show_cells() {
  const Flow flow = cells_.empty() ? Flow::Continue : output_.write_result(title_ + cells_table(cells_));
  cells_.clear();
  return flow;
}

ExitStatus AccessReport::finish(const bench::AccessRun& run) {
  show_cells();
  const auto findings = bench::findings_of(run.cells);
  const auto classic = bench::classic_rows(run.cells);
  const auto summary = bench::summary_of(run);
  for (const auto& row : classic) add(json_line(row));
  for (const auto& finding : findings) add(json_line(finding));
  add(json_line(summary));
  output_.write_result(fmt::format("\n{}\n{}\n{}{}", auto_table(run.autos, summary), classic_table(classic),
                                   findings_text(findings), summary_text(summary)));
  if (json_ && !json_->good()) return tell_error(system_error(EIO, files_.json, "could not be written"));
  if (page_) {
    if (const auto written = complete(*page_, access_page(lines_)); !written)
      return tell_error(written.error());
  }
  if (run.interrupted) complain("bench access: interrupted; this is what was measured until then");
  return output_.finish(run.interrupted ? ExitStatus::Interrupted : ExitStatus::Success);
}

}  // namespace folio::cli
