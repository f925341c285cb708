// SPDX-License-Identifier: Apache-2.0
#include "logs/partial/partial.h"

#include <algorithm>
#include <set>
#include <tuple>
#include <utility>

#include "core/fail.h"
#include "core/try.h"
#include "logs/aggregate/tables.h"

namespace folio::logs {

namespace {

constexpr std::size_t kFilesMax = 100;

auto place_of(const RejectCount& reject) {
  return std::tie(reject.file, reject.offset, reject.line_number);
}

}  // namespace

void add_rejects(std::vector<RejectCount>& into, const RejectCount& more) {
  const auto at =
      std::lower_bound(into.begin(), into.end(), more,
                       [](const RejectCount& a, const RejectCount& b) { return a.reason < b.reason; });
  if (at == into.end() || at->reason != more.reason) {
    into.insert(at, more);
    return;
  }
  const std::uint64_t lines = at->lines + more.lines;
  if (place_of(more) < place_of(*at)) *at = more;
  at->lines = lines;
}

Result<void> Partial::merge(Partial&& other) {
  if (settings != other.settings) {
    std::string detail = "these results were made with different settings and can't be merged: \"";
    const auto [first, second] = std::minmax(settings, other.settings);
    detail.append(first).append("\" and \"").append(second).append("\"");
    return fail(Errc::InvalidArgument, {}, std::move(detail));
  }
  covered = FOLIO_TRY(join(covered, other.covered));
  format = std::min(format, other.format);
  format_explanation = std::min(format_explanation, other.format_explanation);
  bytes_read += other.bytes_read;
  lines += other.lines;
  filtered += other.filtered;
  for (const RejectCount& reject : other.rejects) add_rejects(rejects, reject);
  aggregate.merge(std::move(other.aggregate));
  return {};
}

Report Partial::report(const ReportOptions& options) const {
  Report report = aggregate.report(options);
  report.format = format;
  report.format_explanation = format_explanation;
  std::set<std::string> files;
  for (const Covered& range : covered) files.insert(range.path);
  report.file_count = files.size();
  for (const std::string& file : files) {
    if (report.files.size() < kFilesMax) report.files.push_back(file);
  }
  report.bytes_read = bytes_read;
  report.lines = lines;
  report.filtered = filtered;
  report.rejects = rejects;
  for (const RejectCount& reject : rejects) report.rejected += reject.lines;
  std::sort(report.rejects.begin(), report.rejects.end(), [](const RejectCount& a, const RejectCount& b) {
    return std::tie(b.lines, a.reason) < std::tie(a.lines, b.reason);
  });
  return report;
}

}  // namespace folio::logs
